"""Evidence in a file: what is new comes to the story, what the newsroom has already stays as it is."""

from collections.abc import Iterator

from stories.document import EvidenceEntry, StoryDocument
from stories.importing.report import Code, Entry
from stories.models import Story


def only_new(document: StoryDocument, story: Story, *, ids_are_its_own: bool) -> StoryDocument:
    """The document with evidence for those citations of the story that have none yet.

    Evidence goes by the ids of sentences: those of another story's document, or of one without ids, name others here.
    """
    if not document.evidence:
        return document
    known = set(story.evidence.values_list("passage", "number"))
    new = [entry for entry in document.evidence if ids_are_its_own and _key(entry) not in known]
    return document.model_copy(update={"evidence": new})


def left_out(document: StoryDocument, story: Story) -> Iterator[Entry]:
    """A remark for what the file says of evidence and the story does not."""
    if not document.evidence:
        return
    rows = story.evidence.values_list("passage", "number", "quote", "locator")
    known = {(passage, number): (quote, locator) for passage, number, quote, locator in rows}
    lost = [entry for entry in document.evidence if known.get(_key(entry)) != (entry.quote, entry.locator)]
    if lost:
        names = ", ".join(f"{entry.passage} [{entry.number}]" for entry in lost[:8])
        more = f" and {len(lost) - 8} more" if len(lost) > 8 else ""
        sentence = (
            f"Evidence of the file was left out, since the story has its own there or other sentences: {names}{more}. "
            "Add it on the story's page of evidence if it is missed."
        )
        yield Entry(1, Code.COUNT_MISMATCH, sentence)


def _key(entry: EvidenceEntry) -> tuple[str, int]:
    return entry.passage, entry.number

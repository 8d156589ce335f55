"""The ids of a draft's sentences: kept while a sentence is edited or moved, and when it comes back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from stories.document import (
    SectionEntry,
    SentenceEntry,
    StoryDocument,
    TimelineEntry,
    complete,
)
from stories.draft.reading import Rows, hold, read_draft, read_rows
from stories.models import Section, Story
from timelines.models import TimelineEvent


def completed(
    story: Story, document: StoryDocument, *, previous: StoryDocument | None = None, rows: Rows | None = None
) -> tuple[StoryDocument, dict[str, int]]:
    """The document with its derived values, and the highest number that each passage has given to a sentence by now.

    Sentences that it does not name are continued from the draft. `rows` are the draft's, where they were read already.
    """
    named = any(passage.sentences for passage in document.passages())
    last = {row.passage_id: row.last_sentence_number for row in _passage_rows(story, rows)}
    lost = {passage.id for passage in document.passages()} - last.keys()
    last |= given_sentence_numbers(story, lost)
    if previous is None and not named:
        previous = _with_published_sentences(story, read_draft(story))
    document = complete(document, previous=previous, last_numbers=last)
    return document, _highest(last, [sentence.id for sentence in document.sentences()])


def _passage_rows(story: Story, rows: Rows | None) -> list[Section | TimelineEvent]:
    if rows is not None:
        return [*rows.sections, *rows.events]
    return [*story.sections.all(), *TimelineEvent.objects.filter(story=story)]


def _with_published_sentences(story: Story, draft: StoryDocument) -> StoryDocument:
    """The draft with the sentences of the newest Version that it has lost: one that comes back keeps its id."""
    newest = story.versions.published().order_by("-number").values_list("document", flat=True).first() or {}
    standing = {sentence.id for sentence in draft.sentences()}
    lost: dict[str, list[SentenceEntry]] = {}
    for passage in (*newest.get("sections", []), *newest.get("timeline", [])):
        for sentence in passage["sentences"]:
            if sentence["id"] not in standing:
                lost.setdefault(passage["id"], []).append(SentenceEntry.model_validate(sentence))

    def whole(kind: type[SectionEntry] | type[TimelineEntry], entries: Sequence[Any], letter: str) -> list[Any]:
        known = {entry.id: entry for entry in entries}
        added = {key: known.get(key) or kind(id=key) for key in lost if key.startswith(letter)}
        extended = {
            key: entry.model_copy(update={"sentences": [*entry.sentences, *lost[key]]}) for key, entry in added.items()
        }
        return list({**known, **extended}.values())

    sections, timeline = whole(SectionEntry, draft.sections, "s"), whole(TimelineEntry, draft.timeline, "t")
    return draft.model_copy(update={"sections": sections, "timeline": timeline})


def given_sentence_numbers(story: Story, passages: Iterable[str]) -> dict[str, int]:
    """The highest sentence number that each of these passages has given, as far as anything still knows it.

    For passages without a row: one that was deleted and comes back must not give its old ids to new sentences, which
    readers, snapshots and the evidence of citations know as others.
    """
    wanted, highest = set(passages), dict[str, int]()
    if not wanted or story.pk is None:
        return highest
    for kept in (story.versions, story.snapshots):
        for document in kept.values_list("document", flat=True).iterator():
            for passage in (*document.get("sections", []), *document.get("timeline", [])):
                highest = _highest(highest, [sentence["id"] for sentence in passage["sentences"]])
    highest = _highest(highest, story.evidence.values_list("passage", flat=True))
    return {passage: number for passage, number in highest.items() if passage in wanted}


def split_sentence_id(sentence_id: str) -> tuple[str, int]:
    """`s3.12` is sentence 12 first read in passage `s3`."""
    key, _, number = sentence_id.partition(".")
    return key, int(number)


def _highest(known: dict[str, int], sentence_ids: Iterable[str]) -> dict[str, int]:
    """By passage the highest number, of those known and those of the sentences."""
    highest = dict(known)
    for key, number in map(split_sentence_id, sentence_ids):
        highest[key] = max(highest.get(key, 0), number)
    return highest


def keep_sentences(row: Section | TimelineEvent, entry: SectionEntry | TimelineEntry, highest: dict[str, int]) -> None:
    row.sentences = [sentence.model_dump() for sentence in entry.sentences]
    row.last_sentence_number = max(row.last_sentence_number, highest.get(entry.id, 0))


@transaction.atomic
def reread_sentences(story: Story) -> StoryDocument:
    """Bring the stored sentences in line with the texts after rows were saved; call it in the save's transaction.

    Returns the draft as it is stored then.
    """
    return reread_held(hold(story))


def reread_held(story: Story) -> StoryDocument:
    """`reread_sentences` of a story that is held, as it is stored."""
    rows = read_rows(story)
    draft = read_draft(story, rows)
    document, highest = completed(story, draft, previous=_with_published_sentences(story, draft), rows=rows)
    entries = {passage.id: passage for passage in document.passages()}
    _reread(Section, rows.sections, entries, highest)
    _reread(TimelineEvent, rows.events, entries, highest)
    return read_draft(story, rows)


def _reread(
    model: Any, rows: Sequence[Any], entries: dict[str, SectionEntry | TimelineEntry], highest: dict[str, int]
) -> None:
    changed = []
    for row in rows:
        before = (row.sentences, row.last_sentence_number)
        keep_sentences(row, entries[row.passage_id], highest)
        if before != (row.sentences, row.last_sentence_number):
            changed.append(row)
    model.objects.bulk_update(changed, ["sentences", "last_sentence_number"], batch_size=200)


@transaction.atomic
def read_for_version(story: Story, document: StoryDocument) -> StoryDocument:
    """A document that is no draft, with its sentences under the ids that the draft and readers know.

    Numbers given to sentences that neither has are never given again. The story is held.
    """
    document, highest = completed(story, document)
    rows: list[Any] = [*story.sections.all(), *TimelineEvent.objects.filter(story=story)]
    for row in rows:
        if highest.get(row.passage_id, 0) > row.last_sentence_number:
            row.last_sentence_number = highest[row.passage_id]
            row.save(update_fields=["last_sentence_number"])
    return document

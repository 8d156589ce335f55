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
) -> StoryDocument:
    """The document with its derived values; sentences that it does not name are continued from the draft. `rows` are
    the draft's, where they were read already."""
    named = any(passage.sentences for passage in document.passages())
    last = {row.passage_id: row.last_sentence_number for row in _passage_rows(story, rows)}
    lost = {passage.id for passage in document.passages()} - last.keys()
    for passage_id, number in published_sentence_numbers(story, lost).items():
        last[passage_id] = max(last.get(passage_id, 0), number)
    if previous is None and not named:
        previous = _with_published_sentences(story, read_draft(story))
    return complete(document, previous=previous, last_numbers=last)


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


def published_sentence_numbers(story: Story, passages: Iterable[str]) -> dict[str, int]:
    """The highest sentence number that any Version gave in each of these passages.

    For passages without a row: one that was deleted and comes back must not give its old ids to new sentences.
    """
    wanted, highest = set(passages), dict[str, int]()
    if not wanted or story.pk is None:
        return highest
    for document in story.versions.values_list("document", flat=True).iterator():
        for passage in (*document.get("sections", []), *document.get("timeline", [])):
            for sentence in passage["sentences"]:
                key, number = split_sentence_id(sentence["id"])
                if key in wanted:
                    highest[key] = max(highest.get(key, 0), number)
    return highest


def split_sentence_id(sentence_id: str) -> tuple[str, int]:
    """`s3.12` is sentence 12 first read in passage `s3`."""
    key, _, number = sentence_id.partition(".")
    return key, int(number)


def highest_numbers(document: StoryDocument) -> dict[str, int]:
    highest: dict[str, int] = {}
    for sentence in document.sentences():
        key, number = split_sentence_id(sentence.id)
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
    document = completed(story, draft, previous=_with_published_sentences(story, draft), rows=rows)
    highest = highest_numbers(document)
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
    document = completed(story, document)
    highest = highest_numbers(document)
    rows: list[Any] = [*story.sections.all(), *TimelineEvent.objects.filter(story=story)]
    for row in rows:
        if highest.get(row.passage_id, 0) > row.last_sentence_number:
            row.last_sentence_number = highest[row.passage_id]
            row.save(update_fields=["last_sentence_number"])
    return document

"""What cites in drafts, and how a Version stands to its readers: what lists of uses are made of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from stories.citations import passages
from stories.citations.passages import Passage
from stories.models import GalleryItem, Section, Story
from timelines.models import TimelineEvent


@dataclass(frozen=True)
class VersionMark:
    """A Version's number, and whether it is live, past or scheduled; `is_hidden` where a tombstone stands in its
    place."""

    number: int
    state: str
    is_hidden: bool = False


def mark(
    number: int,
    live_from: datetime,
    live_until: datetime | None,
    taken_back_at: datetime | None,
    redacted_at: datetime | None,
    *,
    at: datetime,
) -> VersionMark:
    state = "scheduled" if live_from > at else "live" if live_until is None or live_until > at else "past"
    return VersionMark(number, state, taken_back_at is not None or redacted_at is not None)


def draft_passages(stories: Collection[int]) -> Iterator[tuple[int, Passage]]:
    """Each passage of these stories' saved drafts that cites something, with its story: of a story in the order of its
    page. Four queries, without the bodies of sections; none for no stories."""
    if not stories:
        return
    found = [*_standfirsts(stories), *_captions(stories), *_sections(stories), *_events(stories)]
    yield from ((story, passage) for story, passage in found if passage.cites)


def _standfirsts(stories: Collection[int]) -> Iterator[tuple[int, Passage]]:
    citing = Story.objects.filter(pk__in=stories, standfirst__contains="[")
    return ((pk, passages.standfirst(text)) for pk, text in citing.values_list("pk", "standfirst"))


def _captions(stories: Collection[int]) -> Iterator[tuple[int, Passage]]:
    items = GalleryItem.objects.filter(story__in=stories).order_by("story", "position", "pk")
    place: dict[int, int] = {}
    for story, own, shared in items.values_list("story", "caption", "image__caption"):
        place[story] = place.get(story, 0) + 1
        yield story, passages.caption(place[story], shared if own is None else own)


def _sections(stories: Collection[int]) -> Iterator[tuple[int, Passage]]:
    rows = Section.objects.filter(story__in=stories).order_by("story", "position", "pk")
    for story, key, heading, read in rows.values_list("story", "key", "heading", "sentences"):
        for passage in passages.sentences(passages.section_name(heading, f"s{key}"), read):
            yield story, passage


def _events(stories: Collection[int]) -> Iterator[tuple[int, Passage]]:
    rows = TimelineEvent.objects.filter(story__in=stories).defer("text")
    for event in rows.in_time_order():
        for passage in passages.sentences(passages.event_name(event.date, event.label), event.sentences):
            yield event.story_id, passage

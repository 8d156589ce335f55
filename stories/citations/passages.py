"""Every place of a story that can cite a source: standfirst, captions, sentences of sections and events. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from stories.citations.markers import find_markers
from timelines.dates import EventDate

STANDFIRST, PICTURE = "standfirst", "picture-"


class Passage(NamedTuple):
    """A text that cites, or could. `id` is a sentence's, `picture-2` or `standfirst`; `place` says where it stands."""

    id: str
    place: str
    text: str
    cites: tuple[int, ...]

    @property
    def anchor(self) -> str:
        """The id on the story's form of the row in which it stands."""
        return "id_standfirst" if self.id == STANDFIRST else self.id.partition(".")[0]

    @property
    def page_anchor(self) -> str:
        """The id on a reader's page; "" for what has none there."""
        return self.id if "." in self.id else ""


def passages_of(document: Mapping[str, Any]) -> Iterator[Passage]:
    """The passages of a StoryDocument, given by its field names as a Version stores it, in the order of the page."""
    yield standfirst(document.get("standfirst", ""))
    for count, picture in enumerate(document.get("gallery", ()), 1):
        yield caption(count, picture["caption"])
    for section in document.get("sections", ()):
        yield from sentences(section_name(section["heading"], section["id"]), section["sentences"])
    for event in document.get("timeline", ()):
        yield from sentences(event_name(event["date"], event["label"]), event["sentences"])


def standfirst(text: str) -> Passage:
    return Passage(STANDFIRST, "Standfirst", text, _cited(text))


def caption(number: int, text: str) -> Passage:
    """The caption of the picture at this place of the gallery, counted from 1."""
    return Passage(f"{PICTURE}{number}", f"Caption of picture {number}", text, _cited(text))


def sentences(place: str, read: list[dict[str, Any]]) -> Iterator[Passage]:
    """The sentences of a section or an event, as they are stored with it."""
    return (Passage(one["id"], place, one["text"], tuple(one["cites"])) for one in read)


def section_name(heading: str, passage_id: str) -> str:
    return f"Section “{heading}”" if heading.strip() else f"Section {passage_id}"


def event_name(date: str, label: str) -> str:
    """An event by its date (EDTF) or its wording."""
    when = event_date(date, label)
    return f"Event of {when}" if when else "Event without date"


def event_date(date: str, label: str) -> str:
    return label or (EventDate.from_edtf(date).display() if date else "")


def _cited(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for marker in find_markers(text) for number in marker.numbers))

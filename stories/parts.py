"""A story's document taken apart into what an editor changes, compares, holds back and merges, and put together again.

Pure. A part is a field of the head, a section, an event, a source, a picture, a resource, or the order of one of the
lists. Two parts are equal when they say the same; what is derived, such as sentences and bounds, does not count.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from stories.document import (
    GalleryEntry,
    ResourceEntry,
    SectionEntry,
    SourceEntry,
    StoryDocument,
    TimelineEntry,
)
from timelines.dates import EventDate

Entry = SectionEntry | TimelineEntry | SourceEntry | GalleryEntry | ResourceEntry
HEAD = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "byline": "Byline",
    "language": "Language",
    "topic": "Topic",
    "parent": "Parent",
}
LISTS = {
    "section": "sections",
    "source": "sources",
    "event": "timeline",
    "picture": "gallery",
    "resource": "resources",
}
ARRANGED = {"section": "sections", "picture": "pictures", "resource": "resources", "event": "events of one date"}


class Part(NamedTuple):
    """The name of a part. `kind` is head, order, or a key of LISTS; `id` is as the document has it (`s2`, `6`)."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def read(cls, text: str) -> "Part":
        """The part that was written as `str(part)`."""
        kind, _, name = text.partition(":")
        return cls(kind, name)


@dataclass(frozen=True)
class Parts:
    """A document taken apart: the value of each part, and the order of each list."""

    values: Mapping[Part, Any]
    orders: Mapping[str, list[Part]]

    def says(self, part: Part) -> Hashable:
        """What the part says, to be compared; None where the document has no such part."""
        value = self.values.get(part)
        return said_by(value) if isinstance(value, Entry) else value


def take_apart(document: StoryDocument) -> Parts:
    values: dict[Part, Any] = {Part("head", name): value for name, value in _head(document)}
    orders: dict[str, list[Part]] = {}
    for kind, field in LISTS.items():
        named = list(_named(kind, getattr(document, field)))
        values.update(named)
        orders[kind] = [part for part, _ in named]
    return Parts(values, orders)


def _head(document: StoryDocument) -> Iterator[tuple[str, Hashable]]:
    """Of topic and parent, which ones they are: how those are called is not this story's to say."""
    for name in HEAD:
        value = getattr(document, name)
        if name == "topic":
            value = value and value.slug
        if name == "parent":
            value = value and value.uid
        yield name, (_plain(value) if isinstance(value, str) else value) or None


def _named(kind: str, entries: Sequence[Any]) -> Iterator[tuple[Part, Any]]:
    seen: dict[str, int] = {}
    for entry in entries:
        name = _name(entry)
        seen[name] = seen.get(name, 0) + 1
        yield Part(kind, name if seen[name] == 1 else f"{name}#{seen[name]}"), entry


def _name(entry: Any) -> str:
    if isinstance(entry, SourceEntry):
        return str(entry.number)
    if isinstance(entry, GalleryEntry):
        return entry.sha256 or "awaiting"
    return str(entry.url if isinstance(entry, ResourceEntry) else entry.id)


def said_by(entry: Entry) -> Hashable:
    """What an entry says of itself, without what is derived."""
    if isinstance(entry, SectionEntry):
        return _plain(entry.heading), _plain(entry.body)
    if isinstance(entry, TimelineEntry):
        return entry.date, _plain(entry.label), _plain(entry.text)
    values = (tuple(value) if isinstance(value, list) else value for _, value in entry)
    return tuple(_plain(value) if isinstance(value, str) else value for value in values)


def _plain(text: str) -> str:
    """The text as it comes back from a form: browsers end lines in their own way, and forms strip."""
    return text.replace("\r\n", "\n").strip()


def said_in(document: Mapping[str, Any]) -> dict[Part, Hashable]:
    """What each part of a stored document says, read from its JSON: for many documents, which are only compared."""
    said: dict[Part, Hashable] = {}
    for name in HEAD:
        value = document[name]
        said[Part("head", name)] = value.get("slug", value.get("uid")) if isinstance(value, dict) else value or None
    for kind, field in LISTS.items():
        for entry in document[field]:
            name = entry.get("id") or entry.get("number") or entry.get("sha256") or entry.get("url") or "awaiting"
            said[Part(kind, str(name))] = _frozen({key: entry[key] for key in entry if key not in DERIVED})
    return said


DERIVED = {"sentences", "earliest", "latest"}


def _frozen(value: Any) -> Hashable:
    if isinstance(value, dict):
        return tuple((key, _frozen(one)) for key, one in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def put_together(
    heads: StoryDocument, values: Mapping[Part, Any], orders: Mapping[str, Iterable[Part]], head: Mapping[str, Any]
) -> StoryDocument:
    """A document of the parts that have a value, in these orders; uid and address are those of `heads`, the fields of
    the head as `head` gives them (entries, not names). Raises ValueError where two parts hold one sentence."""
    lists = {
        field: [values[part] for part in orders[kind] if values.get(part) is not None] for kind, field in LISTS.items()
    }
    lists["sources"] = _agreeing(sorted(lists["sources"], key=lambda entry: entry.number), heads.sources)
    return StoryDocument.model_validate({**dict(heads), **head, **lists})


def _agreeing(sources: list[SourceEntry], known: Sequence[SourceEntry]) -> list[SourceEntry]:
    """The sources with outlets of the kinds that are known: those of two documents may be of two times."""
    kinds = {entry.outlet: entry.outlet_kind for entry in [*sources[::-1], *known]}
    return [entry.model_copy(update={"outlet_kind": kinds[entry.outlet]}) for entry in sources]


def weave(first: Sequence[Part], second: Sequence[Part], present: Mapping[Part, Any]) -> list[Part]:
    """Both lists as one, of the parts that are present: in the order of the first, each that only the second has
    behind its neighbour there."""
    woven = [part for part in first if present.get(part) is not None]
    before: Part | None = None
    for part in second:
        if present.get(part) is None:
            continue
        if part not in woven:
            woven.insert(woven.index(before) + 1 if before in woven else 0, part)
        before = part
    return woven


def is_rearranged(before: Sequence[Part], after: Sequence[Part]) -> bool:
    """Whether what both lists have stands in another order."""
    kept = set(before) & set(after)
    return [part for part in before if part in kept] != [part for part in after if part in kept]


def name_of(part: Part, *documents: StoryDocument | Parts) -> str:
    """What an editor calls the part, by the first document that has it: Section “Talks”, Event of Feb 24 2022."""
    if part.kind == "head":
        return HEAD[part.id]
    if part.kind == "order":
        return f"Order of the {ARRANGED[part.id]}"
    apart = (one if isinstance(one, Parts) else take_apart(one) for one in documents)
    value = next((parts.values[part] for parts in apart if part in parts.values), None)
    return _called(part, value)


def _called(part: Part, value: Any) -> str:
    if isinstance(value, SectionEntry):
        return f"Section “{value.heading}”" if value.heading else f"Section {value.id} without heading"
    if isinstance(value, TimelineEntry):
        when = value.label or (EventDate.from_edtf(value.date).display() if value.date else "")
        return f"Event of {when}" if when else f"Event {value.id} without date"
    if isinstance(value, GalleryEntry):
        return f"Picture “{_short(value.caption or value.alt_text)}”" if value.caption or value.alt_text else "Picture"
    if isinstance(value, ResourceEntry):
        return f"Resource “{_short(value.title or value.url)}”"
    return f"{part.kind.capitalize()} {part.id}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"

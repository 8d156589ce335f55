"""What one document says otherwise than another, part by part and word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from stories.citations.sentences import html_blocks
from stories.document import GalleryEntry, ResourceEntry, SectionEntry, SourceEntry, StoryDocument, TimelineEntry
from stories.parts import ARRANGED, HEAD, Part, Parts, is_rearranged, name_of, take_apart
from timelines.dates import EventDate

MOST_WORDS = 3000
_WORD = re.compile(r"\s+|[\w\u2011'’-]+|.", re.DOTALL)


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """A part that differs; `before` and `after` are what it says in plain words, "" where it is not there."""

    part: Part
    kind: Kind
    name: str
    before: str
    after: str

    @property
    def words(self) -> list["Words"]:
        return compare_words(self.before, self.after)


class Words(NamedTuple):
    """A run of words: `how` is "" where both have it, else `ins` or `del`."""

    how: str
    text: str


def changes(before: StoryDocument, after: StoryDocument) -> list[Change]:
    """What `after` says otherwise, in the order of the page: head, sections, sources, timeline, gallery, resources."""
    old, new = take_apart(before), take_apart(after)
    found = [
        Change(part, _kind(old, new, part), name_of(part, new, old), in_words(before, part), in_words(after, part))
        for part in _all(old, new)
        if old.says(part) != new.says(part)
    ]
    return [*found, *_moves(old, new)]


def _all(old: Parts, new: Parts) -> Iterator[Part]:
    """The parts of both: those that are gone stand behind the others of their list."""
    yield from (Part("head", name) for name in HEAD)
    for kind in new.orders:
        yield from new.orders[kind]
        yield from (part for part in old.orders[kind] if part not in new.values)


def _kind(old: Parts, new: Parts, part: Part) -> Kind:
    if old.values.get(part) is None:
        return Kind.ADDED
    return Kind.REMOVED if new.values.get(part) is None else Kind.CHANGED


def _moves(old: Parts, new: Parts) -> list[Change]:
    return [
        Change(part, Kind.MOVED, name_of(part), "", "")
        for part in (Part("order", kind) for kind in ARRANGED)
        if part.id != "event" and is_rearranged(old.orders[part.id], new.orders[part.id])
    ]


def in_words(document: StoryDocument, part: Part) -> str:
    """What the part says, as plain text; "" where the document has no such part. Paragraphs are lines."""
    if part.kind == "order":
        return "\n".join(name_of(one, document) for one in take_apart(document).orders[part.id])
    if part.kind == "head":
        value: Any = getattr(document, part.id)
        named = {"topic": "name", "parent": "headline"}.get(part.id)
        return str(getattr(value, named) if named and value else value or "")
    return _text(take_apart(document).values.get(part))


def _text(value: Any) -> str:
    if isinstance(value, SectionEntry):
        return "\n".join(filter(None, [value.heading, *(block.text.strip() for block in html_blocks(value.body))]))
    if isinstance(value, TimelineEntry):
        when = value.label or (EventDate.from_edtf(value.date).display() if value.date else "")
        return "\n".join(filter(None, [when, value.text]))
    if isinstance(value, SourceEntry):
        published = value.published.isoformat() if value.published else ""
        said = [value.title, value.outlet, published, ", ".join(value.authors)]
        return "\n".join(filter(None, [*said, value.url, value.archive_url, value.language])) or "details unknown"
    if isinstance(value, GalleryEntry):
        alt_text = "decorative" if value.decorative else value.alt_text and f"Alt text: {value.alt_text}"
        return "\n".join(filter(None, [value.caption, alt_text, value.credit_line])) or "no caption"
    if isinstance(value, ResourceEntry):
        return "\n".join(filter(None, [value.title, value.publisher, value.url]))
    return ""


def compare_words(before: str, after: str) -> list[Words]:
    """Both texts as one, word by word; of very long ones only whole paragraphs are told apart."""
    if before == after:
        return [Words("", after)] if after else []
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > 2 * MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Words] = []
    for how, start, end, into, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(Words("", "".join(new[into:until])))
            continue
        found += [Words("del", "".join(old[start:end]))] if end > start else []
        found += [Words("ins", "".join(new[into:until]))] if until > into else []
    return found

"""Bringing two drafts that grew from one together, and keeping parts of a draft from going out. Pure.

What only one of the two changed is taken as that one has it. What both changed, each in its own way, is a conflict: it
is never decided here.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from pydantic import ValidationError

from stories.citations.markers import cited_in, find_markers
from stories.comparing import Words, compare_words, in_words
from stories.document import (
    EvidenceEntry,
    GalleryEntry,
    SectionEntry,
    SourceEntry,
    StoryDocument,
    TimelineEntry,
    complete,
)
from stories.parts import ARRANGED, HEAD, LISTS, Part, Parts, is_rearranged, name_of, put_together, take_apart, weave

_TAGS = re.compile(r"(<[^>]*>)")
Sides = Mapping[Part, "Choice"]


class Choice(StrEnum):
    """Which of two is taken; BOTH is for a source number that each gave to another report."""

    THEIRS = "theirs"
    YOURS = "yours"
    BOTH = "both"


@dataclass(frozen=True)
class Conflict:
    """A part that both changed; what each says in plain words, "" where it is not there."""

    part: Part
    name: str
    base: str
    theirs: str
    yours: str
    why: str = ""
    both: bool = False

    @property
    def theirs_words(self) -> list[Words]:
        return compare_words(self.base, self.theirs)

    @property
    def yours_words(self) -> list[Words]:
        return compare_words(self.base, self.yours)


@dataclass(frozen=True)
class Merged:
    """`document` has all that needs no choice, and of the conflicts what was chosen, else theirs; `conflicts` are those
    without a choice, `taken` the parts that came from yours alone."""

    document: StoryDocument
    conflicts: list[Conflict]
    taken: list[Part]


def merge(
    base: StoryDocument,
    theirs: StoryDocument,
    yours: StoryDocument,
    choices: Mapping[Part, Choice] | None = None,
    *,
    next_number: int = 0,
    base_is_known: bool = True,
) -> Merged:
    """Bring `yours` and `theirs` together, which both began as `base`.

    `next_number` is the source number that yours gets where both sources are kept (Choice.BOTH). Where the base is not
    known, what only yours has may be what theirs removed, so that is asked too. Raises ValueError where both together
    are no document.
    """
    choices = choices or {}
    yours = _with_own_numbers(_without_repeats(base, theirs, yours), choices, next_number)
    old, their, your = take_apart(base), take_apart(theirs), take_apart(yours)
    replaced = {*_replaced(old, their, your), *_replaced(old, your, their)}
    sides = dict(_sides(old, their, your, replaced, base_is_known=base_is_known))
    taken = [part for part, side in sides.items() if side == Choice.YOURS and _said(part, your) != _said(part, their)]
    chosen = {part: side or choices.get(part) for part, side in sides.items()}
    settled = {part: side or Choice.THEIRS for part, side in chosen.items()}
    document = _chosen(base, theirs, yours, their, your, settled)
    open_parts = [part for part, side in chosen.items() if side is None]
    conflicts = [_conflict(part, base, theirs, yours, part in replaced) for part in open_parts]
    standing = {str(source.number) for source in document.sources}
    taken = [part for part in taken if part.kind != "source" or part in your.values or part.id not in standing]
    return Merged(document, conflicts, taken)


def _sides(
    old: Parts, their: Parts, your: Parts, replaced: Collection[Part], *, base_is_known: bool
) -> Iterator[tuple[Part, Choice | None]]:
    """Whose form of each part is taken, None where somebody has to choose."""
    for part in dict.fromkeys([*old.values, *their.values, *your.values]):
        only_yours = part.kind != "head" and their.values.get(part) is None
        may_be_removed = only_yours and not base_is_known
        yield part, None if may_be_removed else _side(part, old, their, your, part in replaced)
    for kind in ARRANGED:
        yield Part("order", kind), _side(Part("order", kind), old, their, your, False)


def _said(part: Part, parts: Parts) -> Any:
    return parts.orders[part.id] if part.kind == "order" else parts.says(part)


def _side(part: Part, old: Parts, their: Parts, your: Parts, is_replaced: bool) -> Choice | None:
    """Whose form of the part is taken; None where both changed it."""
    if part.kind == "order" and part.id == "event":
        return Choice.YOURS if _moved_events(old, your) else Choice.THEIRS
    if part.kind == "order":
        moved = [is_rearranged(old.orders[part.id], side.orders[part.id]) for side in (their, your)]
        if all(moved) and is_rearranged(their.orders[part.id], your.orders[part.id]):
            return None
        return Choice.YOURS if moved[1] else Choice.THEIRS
    if is_replaced:
        return None
    if your.says(part) in (old.says(part), their.says(part)):
        return Choice.THEIRS
    return Choice.YOURS if their.says(part) == old.says(part) else None


def _moved_events(old: Parts, your: Parts) -> bool:
    """Whether events that kept their dates stand in another order: a new date moves an event by itself."""
    dated = [
        part
        for part in old.orders["event"]
        if part in your.values
        and (old.values[part].date, old.values[part].label) == (your.values[part].date, your.values[part].label)
    ]
    return is_rearranged(dated, your.orders["event"])


def _without_repeats(base: StoryDocument, theirs: StoryDocument, yours: StoryDocument) -> StoryDocument:
    """Yours without the new parts that theirs has just so as well: the same form, sent again, adds them once."""
    old, their, your = take_apart(base), take_apart(theirs), take_apart(yours)
    told = {(part.kind, _but_its_name(their, part)) for part in their.values if part not in old.values}
    repeated = {
        part
        for part in your.values
        if part.kind in ("section", "event", "source")
        and part not in old.values
        and part not in their.values
        and (part.kind, _but_its_name(your, part)) in told
    }
    if not repeated:
        return yours
    lists = {
        LISTS[kind]: [your.values[part] for part in your.orders[kind] if part not in repeated] for kind in your.orders
    }
    return yours.model_copy(update=lists)


def _but_its_name(parts: Parts, part: Part) -> Any:
    entry = parts.values[part]
    return repr(entry.details()) if isinstance(entry, SourceEntry) else parts.says(part)


def _chosen(
    base: StoryDocument, theirs: StoryDocument, yours: StoryDocument, their: Parts, your: Parts, sides: Sides
) -> StoryDocument:
    read = {
        part: (your if side == Choice.YOURS else their).values.get(part)
        for part, side in sides.items()
        if part.kind != "order"
    }
    read.update(_still_cited(read, their, your))
    values = {part: _unread(entry) for part, entry in read.items()}
    values.update(dict(_reports_of_one_address(values, theirs, sides)))
    orders = {}
    for kind in their.orders:
        first, second = their.orders[kind], your.orders[kind]
        if sides.get(Part("order", kind)) == Choice.YOURS:
            first, second = second, first
        orders[kind] = weave(first, second, values)
    head = {name: getattr(yours if sides[Part("head", name)] == Choice.YOURS else theirs, name) for name in HEAD}
    document = put_together(theirs, values, orders, head)
    return document if yours.slug == base.slug else document.model_copy(update={"slug": yours.slug})


def _still_cited(values: Mapping[Part, Any], their: Parts, your: Parts) -> dict[Part, SourceEntry]:
    """Sources that one of the two removed while the other cites them: they stay."""
    cited = {str(number) for part, entry in values.items() for number in _cites(part, entry)}
    gone = [part for part, entry in values.items() if part.kind == "source" and entry is None and part.id in cited]
    return {part: entry for part in gone if (entry := their.values.get(part) or your.values.get(part))}


def _cites(part: Part, entry: Any) -> set[int]:
    """The numbers that a part cites: sections and events in their sentences, pictures in their captions, standfirst."""
    if isinstance(entry, SectionEntry | TimelineEntry):
        return {number for sentence in entry.sentences for number in sentence.cites}
    if isinstance(entry, GalleryEntry):
        return cited_in(entry.caption)
    return cited_in(entry or "") if part == Part("head", "standfirst") else set()


def _reports_of_one_address(
    values: Mapping[Part, Any], theirs: StoryDocument, sides: Sides
) -> Iterator[tuple[Part, SourceEntry]]:
    """Sources at one address say one thing: what yours mended, else what theirs says; blanks filled from the others."""
    at = {entry.number: entry.url for entry in theirs.sources}
    alike: dict[str, list[tuple[int, Part, SourceEntry]]] = {}
    for part, entry in values.items():
        if isinstance(entry, SourceEntry) and entry.url:
            known = at.get(entry.number) == entry.url
            rank = 0 if known and sides[part] == Choice.YOURS else 1 if known else 2
            alike.setdefault(entry.url, []).append((rank, part, entry))
    for found in alike.values():
        ranked = [entry for _, _, entry in sorted(found, key=lambda one: one[0])]
        said = {
            name: next((v for one in ranked if (v := getattr(one, name))), getattr(ranked[0], name))
            for name in SourceEntry.model_fields
            if name != "number"
        }
        yield from ((part, entry.model_copy(update=said)) for _, part, entry in found if len(found) > 1)


def _unread(entry: Any) -> Any:
    """Without its sentences: those of two drafts may go by one id, so they are read anew when the draft is written."""
    return entry.model_copy(update={"sentences": []}) if isinstance(entry, SectionEntry | TimelineEntry) else entry


def _conflict(part: Part, base: StoryDocument, theirs: StoryDocument, yours: StoryDocument, replaced: bool) -> Conflict:
    said = [in_words(document, part) for document in (base, theirs, yours)]
    why = "One of you put another report under this number while the other cited it." if replaced else ""
    both = part.kind == "source" and not said[0]
    if both:
        why = "Each of you gave this number to another report."
    return Conflict(part, name_of(part, theirs, yours, base), said[0], said[1], said[2], why, both)


def _replaced(old: Parts, one: Parts, other: Parts) -> Iterator[Part]:
    """Sources under whose number `one` put another report, while `other` changed or added a passage that cites it."""
    cited = {
        number
        for part, entry in other.values.items()
        if other.says(part) != old.says(part)
        for number in _cites(part, entry)
    }
    for part, entry in one.values.items():
        before = old.values.get(part)
        if not (isinstance(entry, SourceEntry) and isinstance(before, SourceEntry)):
            continue
        if entry.number in cited and is_another_report(before, entry) and other.says(part) != one.says(part):
            yield part


class Report(Protocol):
    """What tells one report from another: a source of a document, or an Article."""

    @property
    def url(self) -> str: ...

    @property
    def title(self) -> str: ...


def is_another_report(before: Report, after: Report) -> bool:
    """Whether another Article stands under the number; filling in what was unknown, or mending a slip, is none."""
    address, title = (before.url, after.url), (before.title, after.title)
    differs = [all(pair) and pair[0] != pair[1] for pair in (address, title)]
    known = [all(pair) for pair in (address, title)]
    return any(differs) and all(differs[place] for place in range(2) if known[place])


def _with_own_numbers(yours: StoryDocument, choices: Mapping[Part, Choice], number: int) -> StoryDocument:
    """Yours with new numbers for the sources that are to be kept beside theirs, in its markers too."""
    kept = [part for part, choice in choices.items() if choice == Choice.BOTH and part.kind == "source"]
    renumbered = {int(part.id): number + count for count, part in enumerate(kept) if part.id.isdecimal()}
    if not renumbered:
        return yours
    told = {
        "sources": [
            entry.model_copy(update={"number": renumbered.get(entry.number, entry.number)}) for entry in yours.sources
        ],
        "sections": [
            entry.model_copy(update={"body": _renumbered_html(entry.body, renumbered)}) for entry in yours.sections
        ],
        "timeline": [entry.model_copy(update={"text": renumber(entry.text, renumbered)}) for entry in yours.timeline],
        "gallery": [
            entry.model_copy(update={"caption": renumber(entry.caption, renumbered)}) for entry in yours.gallery
        ],
        "standfirst": renumber(yours.standfirst, renumbered),
    }
    return complete(yours.model_copy(update=told), previous=yours)


def _renumbered_html(html: str, numbers: Mapping[int, int]) -> str:
    return "".join(piece if piece.startswith("<") else renumber(piece, numbers) for piece in _TAGS.split(html))


def renumber(text: str, numbers: Mapping[int, int]) -> str:
    """The text with its markers citing the new numbers; other markers stay as they are written."""
    for marker in reversed(find_markers(text)):
        if numbers.keys() & set(marker.numbers):
            cited = ", ".join(str(numbers.get(number, number)) for number in marker.numbers)
            text = f"{text[: marker.start]}[{cited}]{text[marker.end :]}"
    return text


class Inseparable(ValueError):
    """A sentence moved from one part to another, so that one of the two cannot go out without the other."""


def hold_back(draft: StoryDocument, live: StoryDocument, held: Collection[Part]) -> StoryDocument:
    """The draft with these parts as the live document has them: what is new in them stays behind.

    Raises Inseparable.
    """
    new, old = take_apart(draft), take_apart(live)
    values = {part: (old if part in held else new).values.get(part) for part in {**new.values, **old.values}}
    orders = {}
    for kind in new.orders:
        first, second = new.orders[kind], old.orders[kind]
        if Part("order", kind) in held:
            first, second = second, first
        orders[kind] = weave(first, second, values)
    head = {name: getattr(live if Part("head", name) in held else draft, name) for name in HEAD}
    try:
        outgoing = complete(put_together(draft, values, orders, head))
        return outgoing.model_copy(update={"evidence": _evidence_of(outgoing, draft, live, held)})
    except ValidationError as error:
        raise Inseparable from error


def _evidence_of(
    outgoing: StoryDocument, draft: StoryDocument, live: StoryDocument, held: Collection[Part]
) -> list[EvidenceEntry]:
    """What goes out of the evidence: of what is held back, that which readers have."""
    cited = {(sentence.id, number) for sentence in outgoing.sentences() for number in sentence.cites}
    told = [entry for entry in draft.evidence if _part_of(entry) not in held]
    told += [entry for entry in live.evidence if _part_of(entry) in held]
    return sorted((entry for entry in told if (entry.passage, entry.number) in cited), key=EvidenceEntry.in_order)


def _part_of(entry: EvidenceEntry) -> Part:
    passage = entry.passage.partition(".")[0]
    return Part("section" if passage.startswith("s") else "event", passage)

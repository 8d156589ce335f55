"""What readers find otherwise in one Version than in another: sentence by sentence, word by word within them. Pure.

It works on documents as Versions store them. Sentences, events and sections are told by their ids, sources by their
numbers, pictures by their files, resources by their addresses: all of them keep these from Version to Version.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from stories.citations.markers import without_markers
from stories.comparing import Words, compare_words
from timelines.dates import printed

Json = Mapping[str, Any]
WOVEN = 0.4  # of the longer text's letters, which both must have to be told word by word


class How(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RESOURCED = "re-sourced"


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """`words` are without markers; `cites` and `no_longer` are the sources that it has now and had, where that differs.

    One that moved and changed is changed, and `is_moved`.
    """

    id: str
    how: How
    words: list[Words]
    cites: list[int]
    no_longer: list[int]
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class PartChange:
    """A section or an event: `name` is its heading or its date, as words. `sentences` are all that it has and had."""

    id: str
    how: How
    name: list[Words]
    sentences: list[SentenceChange]
    is_moved: bool = False

    @property
    def differing(self) -> list[SentenceChange]:
        return [sentence for sentence in self.sentences if sentence.how is not How.SAME]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A source, a picture or a resource, by what it is known by."""

    key: str
    how: How
    words: list[Words]


class FieldChange(NamedTuple):
    name: str
    words: list[Words]


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """All sections and events stand in it, the same ones too; of the rest only what differs."""

    head: list[FieldChange]
    sections: list[PartChange]
    events: list[PartChange]
    sources: list[RowChange]
    pictures: list[RowChange]
    resources: list[RowChange]
    quotes: list[RowChange]

    @property
    def differing_sections(self) -> list[PartChange]:
        return [part for part in self.sections if part.how is not How.SAME]

    @property
    def differing_events(self) -> list[PartChange]:
        return [part for part in self.events if part.how is not How.SAME]

    @property
    def is_empty(self) -> bool:
        rows = self.head or self.sources or self.pictures or self.resources or self.quotes
        return not (rows or self.differing_sections or self.differing_events)


def version_changes(before: Json, after: Json) -> VersionChanges:
    """What `after` says otherwise than `before`, in the order of the page."""
    return VersionChanges(
        head=_head(before, after),
        sections=_parts(before["sections"], after["sections"], lambda entry: entry["heading"]),
        events=_parts(before["timeline"], after["timeline"], _when, keep_order=True),
        sources=_rows(before["sources"], after["sources"], "number", _source_words),
        pictures=_rows(_shown(before), _shown(after), "sha256", _picture_words),
        resources=_rows(before["resources"], after["resources"], "url", _resource_words),
        quotes=_rows(_quotes(before), _quotes(after), "place", _quote_words),
    )


def _head(before: Json, after: Json) -> list[FieldChange]:
    fields: dict[str, Callable[[Json], str]] = {
        "Headline": lambda document: document["headline"],
        "Standfirst": lambda document: document["standfirst"],
        "Byline": lambda document: document["byline"],
        "Topic": lambda document: document["topic"]["name"] if document["topic"] else "",
    }
    told = ((name, read(before), read(after)) for name, read in fields.items())
    return [FieldChange(name, _compared(old, new)) for name, old, new in told if old != new]


def _parts(
    before: Sequence[Json], after: Sequence[Json], name: Callable[[Json], str], *, keep_order: bool = False
) -> list[PartChange]:
    old, new = {part["id"]: part for part in before}, {part["id"]: part for part in after}
    old_sentences, new_sentences = _by_id(before), _by_id(after)
    moved = set() if keep_order else _moved(list(old), list(new))
    found = []
    for id in _together(list(old), list(new)):
        was, now = old.get(id), new.get(id)
        ids = _together(_ids(was), _ids(now))
        shifted = _moved(_ids(was), _ids(now))
        sentences = [
            _sentence(old_sentences.get(one), new_sentences.get(one), one in shifted)
            for one in ids
            if one in _ids(now) or one not in new_sentences  # else it stands elsewhere by now
        ]
        names = _compared(name(was) if was else "", name(now) if now else "")
        found.append(PartChange(id, _how(was, now, names, sentences, id in moved), names, sentences, id in moved))
    return found


def _how(
    was: Json | None, now: Json | None, names: list[Words], sentences: Iterable[SentenceChange], is_moved: bool
) -> How:
    if was is None or now is None:
        return How.ADDED if was is None else How.REMOVED
    if any(words.how for words in names) or any(sentence.how is not How.SAME for sentence in sentences):
        return How.CHANGED
    return How.MOVED if is_moved else How.SAME


def _sentence(was: tuple[str, Json] | None, now: tuple[str, Json] | None, is_shifted: bool) -> SentenceChange:
    """`was` and `now` are the id of the part in which it stands, and the sentence."""
    (old_part, old), (new_part, new) = was or ("", {}), now or ("", {})
    words = _compared(without_markers(old.get("text", "")), without_markers(new.get("text", "")))
    cites = [number for number in new.get("cites", ()) if number not in old.get("cites", ())] if was else []
    no_longer = [number for number in old.get("cites", ()) if number not in new.get("cites", ())] if now else []
    is_moved = bool(was and now) and (is_shifted or old_part != new_part)
    if was is None or now is None:
        how = How.ADDED if was is None else How.REMOVED
    elif any(run.how for run in words):
        how = How.CHANGED
    else:
        how = How.RESOURCED if cites or no_longer else How.MOVED if is_moved else How.SAME
    return SentenceChange((new or old)["id"], how, words, cites, no_longer, is_moved)


def _rows(before: Sequence[Json], after: Sequence[Json], key: str, describe: Callable[[Json], str]) -> list[RowChange]:
    old, new = {row[key]: row for row in before}, {row[key]: row for row in after}
    found = []
    for one in _together(list(old), list(new)):
        was, now = (describe(rows[one]) if one in rows else "" for rows in (old, new))
        how = How.ADDED if one not in old else How.REMOVED if one not in new else How.CHANGED
        if was != now or how is not How.CHANGED:
            found.append(RowChange(str(one), how, _compared(was, now)))
    return found


def _source_words(source: Json) -> str:
    told = [source["title"], source["outlet"], ", ".join(source["authors"]), source["published"] or "", source["url"]]
    return " · ".join(filter(None, [*told, source["archive_url"]])) or _("details unknown")


def _picture_words(picture: Json) -> str:
    alt_text = "" if picture["decorative"] else picture["alt_text"]
    return " · ".join(filter(None, [picture["caption"], alt_text, picture["credit_line"]])) or _("no caption")


def _resource_words(resource: Json) -> str:
    return " · ".join(filter(None, [resource["title"], resource["publisher"], resource["url"]]))


def _quotes(document: Json) -> list[Json]:
    evidence = document.get("evidence", ())
    return [{**entry, "place": f"{entry['passage']} [{entry['number']}]"} for entry in evidence]


def _quote_words(entry: Json) -> str:
    return f"[{entry['number']}] " + " · ".join(filter(None, [entry["quote"], entry["locator"]]))


def _shown(document: Json) -> list[Json]:
    return [picture for picture in document["gallery"] if picture["sha256"]]


def _when(event: Json) -> str:
    return event["label"] or printed(event["date"])


def _by_id(parts: Iterable[Json]) -> dict[str, tuple[str, Json]]:
    """Each sentence by its id, with the id of the part in which it stands."""
    return {sentence["id"]: (part["id"], sentence) for part in parts for sentence in part["sentences"]}


def _ids(part: Json | None) -> list[str]:
    return [sentence["id"] for sentence in part["sentences"]] if part else []


def _together(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """The new ones in their order; what is gone stands behind what it stood behind."""
    kept, behind = set(new), {None: []}  # type: ignore[var-annotated]
    last = None
    for one in old:
        if one in kept:
            last = one
        else:
            behind.setdefault(last, []).append(one)
    return [*behind[None], *chain.from_iterable([one, *behind.get(one, ())] for one in new)]


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest of those in both that stand elsewhere among them: all but a longest rising sequence."""
    place = {one: number for number, one in enumerate(old)}
    common = [one for one in new if one in place]
    ends: list[int] = []  # of the shortest rising sequences of each length, by their last place
    lengths = []
    for one in common:
        at = bisect_left(ends, place[one])
        ends[at : at + 1] = [place[one]]
        lengths.append(at)
    stay, wanted = set(), len(ends) - 1
    for one, length in zip(reversed(common), reversed(lengths), strict=True):
        if length == wanted:
            stay.add(one)
            wanted -= 1
    return set(common) - stay


def _compared(old: str, new: str) -> list[Words]:
    """Word by word; of texts that have little in common one after the other, since nobody can read them woven."""
    words = compare_words(old, new)
    common = sum(len(run.text.replace(" ", "")) for run in words if not run.how)
    if not old or not new or common >= WOVEN * max(len(old.replace(" ", "")), len(new.replace(" ", ""))):
        return words
    return [Words("del", old), Words("ins", new)]

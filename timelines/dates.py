"""When an event happened: EventDate reads what editors write, keeps it as EDTF, prints, bounds and sorts it."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, total_ordering
from typing import Any, NamedTuple

from timelines import grammar
from timelines.periods import Moment, Precision, UnreadableDate
from timelines.printing import TimePart, parts_of
from timelines.spans import Span, read_edtf
from timelines.wording import ENGLISH, Words, current_words

__all__ = [
    "DatedLine",
    "EventDate",
    "Precision",
    "TimePart",
    "UnreadableDate",
    "WordedDate",
    "match_date_prefix",
    "place_in_time",
    "printed",
    "read_wording",
    "split_wording",
]

PREFIX = 200
SEPARATOR = re.compile(r"\s*[-‐-―]\s+|\s+[-‐-―]\s*|\s*—\s*|:\s+|\s*\|\s*|\s*\t\s*")
SortKey = tuple[int, bool, int, bool, int, bool, str]


@total_ordering
@dataclass(frozen=True)
class EventDate:
    """When an event happened, to the precision that is known. `edtf` is ISO 8601-2.

    Raises UnreadableDate for EDTF that Newsdesk has no use for. What is read, how it is printed and the order are in
    docs/decisions/own-date-grammar.md.
    """

    edtf: str
    span: Span = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        span = read_edtf(self.edtf)
        object.__setattr__(self, "span", span)
        object.__setattr__(self, "edtf", span.edtf)

    @classmethod
    def parse(cls, text: str) -> "EventDate":
        """The date that an English wording says, no more and no less. Raises UnreadableDate."""
        date, label = read_wording(text)
        if label:
            sentence = f"“{label}” says more than a date can. Write “{date}”, or keep the wording as a label."
            raise UnreadableDate(sentence, "vague")
        return date

    @classmethod
    def from_edtf(cls, edtf: str) -> "EventDate":
        """The date that an EDTF string says; equal strings share one value. Raises UnreadableDate."""
        return _from_edtf(edtf)

    @property
    def earliest(self) -> dt.date | None:
        """The first day on which it can have happened or begun; None where that is open."""
        return self.span.start.first if self.span.start else None

    @property
    def latest(self) -> dt.date | None:
        """The last day on which it can have happened or ended; None where that is open."""
        return self.span.end.last if self.span.end else None

    @property
    def precision(self) -> Precision:
        only = self.span.start or self.span.end
        return Precision.RANGE if self.span.is_range or only is None else only.precision

    @cached_property
    def sort_key(self) -> SortKey:
        """By first day; of those, the longer before the shorter, then by the clock. “Before …” closes its last day."""
        anchor = self.earliest or self.latest or dt.date.max
        latest = -self.latest.toordinal() if self.latest else -dt.date.max.toordinal() - 1
        start = self.span.start
        timed = isinstance(start, Moment)
        second = start.second if isinstance(start, Moment) else 0
        return anchor.toordinal(), start is None, latest, timed, second, "~" in self.edtf, self.edtf

    def __lt__(self, other: object) -> bool:
        return self.sort_key < other.sort_key if isinstance(other, EventDate) else NotImplemented

    def __str__(self) -> str:
        return self.display()

    def display(self) -> str:
        """In the newsroom's English: “Feb 24 2022”, “July 2024”, “Nov 28 – Dec 3 2025”, “c. 1990”."""
        return "".join(part.text for part in self.parts())

    def parts(self, words: Words = ENGLISH) -> list[TimePart]:
        """The date in pieces, each with its `<time datetime>` value; None for “since”, dashes and vague dates."""
        return parts_of(self.span.start, self.span.end, words)


@lru_cache(maxsize=8192)
def _from_edtf(edtf: str) -> EventDate:
    return EventDate(edtf)


def printed(edtf: str, words: Words | None = None) -> str:
    """The date in the language that a page is in, "" for none; long lists ask for its words once and give them."""
    return _printed(edtf, words or current_words()) if edtf else ""


@lru_cache(maxsize=8192)
def _printed(edtf: str, words: Words) -> str:
    return "".join(part.text for part in EventDate.from_edtf(edtf).parts(words))


def read_wording(text: str) -> tuple[EventDate, str]:
    """The date that contains what a wording says, and the wording as label where EDTF cannot carry it, else "".

    “Early 2026” is (2026, "Early 2026"), “Feb 24 2022” is (2022-02-24, ""). Raises UnreadableDate.
    """
    span, vague = grammar.read(text)
    return EventDate.from_edtf(span.edtf), text.strip() if vague else ""


def place_in_time(edtf: str, label: str = "") -> tuple[Any, ...]:
    """Where an event stands in its timeline: a sort key of its date and label, without a readable date the last.

    A label that says which part of the date is meant places it there: “Late October 2026” (2026-10) after Oct 14.
    """
    if not edtf:
        return (True,)
    date = EventDate.from_edtf(edtf)
    first, *rest = date.sort_key
    return (False, first + (_days_in(date, label) if label else 0), *rest)


def _days_in(date: EventDate, label: str) -> int:
    """The days between the beginning of a date and that of the part of it which its label names."""
    worded, start = split_wording(label), date.span.start
    if worded.edtf != date.edtf or not worded.label or start is None:
        return 0
    return int(grammar.how_far(label) * ((start.last - start.first).days + 1))


class WordedDate(NamedTuple):
    """What is kept of a typed date: EDTF ("" if unreadable), a label shown in its place, and why it is unreadable."""

    edtf: str = ""
    label: str = ""
    error: str = ""

    @property
    def wording(self) -> str:
        """What an editor sees and may type again."""
        return self.label or (EventDate.from_edtf(self.edtf).display() if self.edtf else "")


def split_wording(text: str) -> WordedDate:
    """What to store for a date as typed: never refuses, so that a draft with an unreadable date can be saved."""
    if not text.strip():
        return WordedDate()
    try:
        date, label = read_wording(text)
    except UnreadableDate as error:
        return WordedDate(label=text.strip(), error=str(error))
    return WordedDate(date.edtf, label)


class DatedLine(NamedTuple):
    """A line `<date> – <text>` taken apart; both are as written."""

    wording: str
    rest: str


def match_date_prefix(line: str) -> DatedLine | None:
    """The date that a line begins with, and its text, divided by a dash, a colon, a bar or a tab. None for no date.

    The wording may be unreadable (“Feb 30 2024 – …”): read_wording then raises, and the line still counts as an event.
    Of several dashes the one after the longest date divides, so that a range stays whole.
    """
    head = line.lstrip()[:PREFIX].rstrip()
    cuts = [(len(head), len(head)), *(match.span() for match in reversed(list(SEPARATOR.finditer(head))))]
    likeness, stop, start = max(
        ((_likeness(head[:stop]), stop, start) for stop, start in cuts), key=lambda cut: cut[:2]
    )
    return DatedLine(head[:stop], line.lstrip()[start:].strip()) if likeness else None


def _likeness(wording: str) -> int:
    """2 for a date, or a range the wrong way round, which names its year last; 1 for what may be meant as a date."""
    if not grammar.looks_like_a_date(wording):
        return 0
    return 2 if re.search(r"[0-9]{4}$", wording) or not split_wording(wording).error else 1

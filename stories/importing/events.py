"""The timeline of a pasted text: `<date> – <text>`, one event a line. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from stories.importing.event_lines import event_lines_of, without_numbering
from stories.importing.lines import Line
from stories.importing.report import Code, Report
from timelines.dates import place_in_time


@dataclass(frozen=True)
class PastedEvent:
    """One event; an unreadable date is "" with its wording as label."""

    line: int
    text: str
    date: str = ""
    label: str = ""
    wording: str = ""

    @property
    def place_in_time(self) -> tuple[Any, ...]:
        return place_in_time(self.date, self.label)


def read_events(lines: list[Line], label_line: int, report: Report) -> list[PastedEvent]:
    """The events in time order, those of one day as the text has them; each one that stood elsewhere is reported."""
    events = _in_text_order(lines, report)
    dated = [event for event in events if event.date]
    if _newest_first(dated):
        report.add(
            label_line, Code.OUT_OF_ORDER, "The timeline is written newest first; it was turned round, oldest first."
        )
        dated.reverse()
    for event in _out_of_order(dated):
        report.add(
            event.line,
            Code.OUT_OF_ORDER,
            f"The event of {event.wording} stands after later ones; it was moved to its place in time.",
        )
    return sorted(dated, key=lambda event: event.place_in_time) + [event for event in events if not event.date]


def _in_text_order(lines: list[Line], report: Report) -> list[PastedEvent]:
    bare, last = without_numbering(lines)
    if last:
        report.leave_out(lines[0].number, f"1. – {last}.", "the numbering of the events")
    events = []
    for told in event_lines_of(bare):
        if told.problem and not told.date.edtf:
            report.add(told.line, Code.UNREADABLE_DATE, told.problem)
        events.append(PastedEvent(told.line, told.text, told.date.edtf, told.date.label, told.written))
    return events


def _newest_first(events: Sequence[PastedEvent]) -> bool:
    keys = [event.place_in_time for event in events]
    rises = sum(a < b for a, b in pairwise(keys))
    falls = sum(a > b for a, b in pairwise(keys))
    return len(events) > 2 and falls > 2 * rises


def _out_of_order(events: Sequence[PastedEvent]) -> list[PastedEvent]:
    """The fewest events whose removal leaves the others in time order: all but a longest rising subsequence."""
    tails: list[int] = []
    keys: list[tuple[Any, ...]] = []
    before: list[int | None] = []
    for index, event in enumerate(events):
        place = bisect_right(keys, event.place_in_time)
        before.append(tails[place - 1] if place else None)
        tails[place : place + 1] = [index]
        keys[place : place + 1] = [event.place_in_time]
    kept: set[int] = set()
    index_or_none = tails[-1] if tails else None
    while index_or_none is not None:
        kept.add(index_or_none)
        index_or_none = before[index_or_none]
    return [event for index, event in enumerate(events) if index not in kept]

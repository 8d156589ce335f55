"""The timeline of a pasted text: `<date> – <text>`, one event a line. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from stories.importing.lines import Line
from stories.importing.report import Code, Refused, Report
from timelines.dates import UnreadableDate, match_date_prefix, place_in_time, read_wording

SEPARATED = re.compile(r"(?P<wording>.{1,60}?)(?:\s+[–—-]\s+|\s*:\s+|\s*[–—]\s*)(?P<text>\S.*)", re.DOTALL)
NUMBERING = re.compile(r"([1-9][0-9]{0,4})[.)]\s+")
MOST_LINES = 10_000


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
    if len(lines) > MOST_LINES:
        raise Refused(f"The timeline has {len(lines)} lines; at most {MOST_LINES} are read.", lines[MOST_LINES].number)
    events = _in_text_order(_without_numbering(lines, report), report)
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


def _without_numbering(lines: list[Line], report: Report) -> list[Line]:
    """“2. July 2024 – …” in a list that counts 1, 2, 3, … names no day."""
    matches = [NUMBERING.match(line.plain) for line in lines]
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) < 2 or numbers != list(range(1, len(lines) + 1)):
        return lines
    report.leave_out(lines[0].number, f"1. – {numbers[-1]}.", "the numbering of the events")
    return [replace(line, text=line.plain[match.end() :]) for line, match in zip(lines, matches, strict=True) if match]


def _in_text_order(lines: list[Line], report: Report) -> list[PastedEvent]:
    events: list[PastedEvent] = []
    awaiting: Line | None = None
    for line in lines:
        matched = match_date_prefix(line.plain)
        if awaiting is not None:
            if matched is None:
                events.append(_event(awaiting.number, awaiting.plain, line.plain, report))
                awaiting = None
                continue
            events.append(_event(awaiting.number, awaiting.plain, "", report))
            awaiting = None
        if matched is not None and not matched.rest:
            awaiting = line
        elif matched is not None:
            events.append(_event(line.number, matched.wording, matched.rest, report))
        else:
            events.append(_undated(line, report))
    if awaiting is not None:
        events.append(_event(awaiting.number, awaiting.plain, "", report))
    return events


def _event(line: int, wording: str, text: str, report: Report) -> PastedEvent:
    try:
        date, label = read_wording(wording)
    except UnreadableDate as error:
        report.add(line, Code.UNREADABLE_DATE, str(error))
        return PastedEvent(line, text, "", wording, wording)
    return PastedEvent(line, text, date.edtf, label, wording)


def _undated(line: Line, report: Report) -> PastedEvent:
    """What stands before the first dash is taken as the date that nobody can read; with none, the event has none."""
    match = SEPARATED.fullmatch(line.plain)
    wording = match["wording"].strip() if match and re.search(r"[0-9]", match["wording"]) else ""
    text = match["text"] if match and wording else line.plain
    what = f"The date “{wording}” cannot be read." if wording else f"No date stands before “{text[:60]}”."
    report.add(
        line.number, Code.UNREADABLE_DATE, f"{what} The event was kept without a date; write one like “Feb 24 2022”."
    )
    return PastedEvent(line.number, text, "", wording, wording)


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

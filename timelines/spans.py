"""Spans of time: one period, a range, or one that is open at an end; read from EDTF."""

import datetime as dt
import re
from dataclasses import dataclass

from timelines.periods import Moment, Period, Precision, UnreadableDate
from timelines.printing import in_english

PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
DECADE = re.compile(r"([0-9]{3})X(~?)")
MOMENT = re.compile(r"([0-9-]{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:Z|([+-])([0-9]{2}):([0-9]{2}))")


@dataclass(frozen=True)
class Span:
    """From the beginning of `start` to the end of `end`; None is open. One period stands at both.

    Raises UnreadableDate unless the end begins after the start is over, and for what other readers of EDTF may refuse:
    ranges of times or quarters, and of decades where an end is open or approximate.
    """

    start: Period | Moment | None
    end: Period | Moment | None

    def __post_init__(self) -> None:
        start, end = self.start, self.end
        if start is None and end is None:
            raise UnreadableDate("A date needs a beginning or an end.")
        if start == end:
            return
        self._check_ends()
        if start is None and isinstance(end, Period):
            end.neighbour(1)  # what it is before has to exist
        if start and end and start.last >= end.first:
            _refuse_order(start, end)

    def _check_ends(self) -> None:
        plain = None not in (self.start, self.end) and not any(stop.approximate for stop in self.stops)
        for precision in (stop.precision for stop in self.stops):
            if precision in {Precision.TIME, Precision.QUARTER} or (precision is Precision.DECADE and not plain):
                sentence = f"Such a range cannot begin or end with a {precision}. Write days, months or years."
                raise UnreadableDate(sentence, "range")

    @property
    def is_range(self) -> bool:
        return self.start != self.end

    @property
    def stops(self) -> list[Period | Moment]:
        """The ends that are not open."""
        return [stop for stop in (self.start, self.end) if stop]

    @property
    def edtf(self) -> str:
        ends = [stop.edtf if stop else ".." for stop in (self.start, self.end)]
        return "/".join(ends) if self.is_range else ends[0]


def _refuse_order(start: Period | Moment, end: Period | Moment) -> None:
    one, other = (in_english(stop, short=True) for stop in (start, end))
    if end.last >= start.first:
        raise UnreadableDate(f"“{one}” and “{other}” overlap, so they are no range. Write one of them.", "overlap")
    hint = "Check the order."
    if isinstance(start, Period) and start.first.month > end.first.month and start.year == end.first.year:
        earlier = f"{in_english(start, short=True, year=False)} {start.year - 1}"
        hint = f"If it runs over the new year, write both years: “{earlier} – {other}”."
    raise UnreadableDate(f"The range ends ({other}) before it begins ({one}). {hint}", "reversed")


def read_edtf(edtf: str) -> Span:
    """The span that an EDTF string says. Raises UnreadableDate for EDTF that Newsdesk has no use for, or no EDTF."""
    try:
        if edtf.count("/") == 1:
            start, end = edtf.split("/")
            return Span(*(None if stop == ".." else _read_period(stop) for stop in (start, end)))
        only = _read_moment(edtf) or _read_period(edtf)
        return Span(only, only)
    except UnreadableDate as error:
        raise UnreadableDate(f"“{edtf[:40]}” is not an EDTF date that Newsdesk uses. {error}", "edtf") from None


def _read_period(edtf: str) -> Period:
    if match := DECADE.fullmatch(edtf):
        return Period.decade(int(match[1]) * 10, approximate=bool(match[2]))
    if match := PERIOD.fullmatch(edtf):
        year, part, day = (None if group is None else int(group) for group in match.groups()[:3])
        return Period.of(year or 0, part, day, approximate=bool(match[4]))
    raise UnreadableDate("Write it like “2022-02-24”, “2024-07”, “2019” or “2025-12-06/2025-12-07”.")


def _read_moment(edtf: str) -> Moment | None:
    if not (match := MOMENT.fullmatch(edtf)):
        return None
    hour, minute, second = (int(group) for group in match.groups()[1:4])
    east = int(f"{match[5]}1") * (int(match[6]) * 60 + int(match[7])) if match[5] else 0
    if hour > 23 or minute > 59 or second > 59 or (match[7] and int(match[7]) > 59):
        raise UnreadableDate("There is no such time of day.", "time")
    return Moment(_read_period(match[1]), dt.time(hour, minute, second), east)

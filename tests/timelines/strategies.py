"""Dates for property tests: every kind of date that can be made."""

import datetime as dt

from hypothesis import strategies as st

from timelines.dates import EventDate, UnreadableDate
from timelines.periods import Moment, Period, Precision
from timelines.spans import Span

years = st.one_of(st.integers(1850, 2100), st.integers(1, 9999))
exact_days = st.one_of(st.dates(dt.date(1850, 1, 1), dt.date(2100, 1, 1)), st.dates()).map(
    lambda day: Period.of(day.year, day.month, day.day)
)
days = st.builds(lambda day, c: Period.of(day.year, day.part, day.day, approximate=c), exact_days, st.booleans())
months = st.builds(lambda year, part, c: Period.of(year, part, approximate=c), years, st.integers(1, 12), st.booleans())
seasons = st.builds(Period.of, st.integers(1, 9998), st.integers(21, 24))
quarters = st.builds(Period.of, years, st.integers(33, 36))
whole_years = st.builds(lambda year, c: Period.of(year, approximate=c), years, st.booleans())
decades = st.builds(lambda ten, c: Period.decade(ten * 10, approximate=c), st.integers(1, 999), st.booleans())
periods = st.one_of(days, months, seasons, quarters, whole_years, decades)
offsets = st.one_of(st.just(0), st.integers(-12 * 60, 14 * 60))
moments = st.builds(Moment, exact_days, st.times().map(lambda time: time.replace(microsecond=0)), offsets)


def _possible(start: Period | None, end: Period | None) -> Span | None:
    try:
        return Span(start, end)
    except UnreadableDate:
        return None


@st.composite
def close_pairs(draw: st.DrawFn) -> Span | None:
    """Ranges as they are written: two periods not far from one another, mostly of one precision."""
    start = draw(periods)
    later = dt.date.fromordinal(min(start.last.toordinal() + draw(st.integers(1, 4000)), dt.date.max.toordinal()))
    ends = {
        Precision.DAY: Period.of(later.year, later.month, later.day),
        Precision.MONTH: Period.of(later.year, later.month),
        Precision.SEASON: Period.of(min(later.year, 9998), 21 + later.month // 4),
        Precision.YEAR: Period.of(later.year),
    }
    precision = draw(st.one_of(st.just(start.precision), st.sampled_from(list(ends))))
    return _possible(start, ends.get(precision, Period.of(later.year)))


ranges = st.one_of(close_pairs(), st.builds(_possible, periods, periods))
half_open = st.one_of(st.builds(_possible, st.none(), periods), st.builds(_possible, periods, st.none()))
single = st.one_of(periods, moments).map(lambda only: Span(only, only))
spans = st.one_of(single, ranges, half_open).filter(lambda span: span is not None)
event_dates = spans.map(lambda span: EventDate(span.edtf))

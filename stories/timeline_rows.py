"""The timeline as a page shows it: events under months and years, all of them or those that cite a source. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any

from django.utils.safestring import SafeString

from timelines.dates import EventDate, Precision, UnreadableDate

Json = Mapping[str, Any]
_OF_A_MONTH = {Precision.TIME, Precision.DAY, Precision.MONTH}


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event on the spine. `shape` is its precision, "vague" for a wording: a day and a month look different."""

    id: str
    shape: str
    date: str
    label: str
    html: SafeString
    cites: frozenset[int]


@dataclass(frozen=True, slots=True)
class Month:
    """Events of one month of a year, in a row; `number` is 0 where their dates name none. Of several groups of a month
    only the first has an `id`."""

    number: int
    id: str
    events: list[EventRow]


@dataclass(frozen=True, slots=True)
class Year:
    """The events under one anchor of the spine; `number` is 0 for those without a date."""

    number: int
    id: str
    months: list[Month]

    @property
    def events(self) -> list[EventRow]:
        return [event for month in self.months for event in month.events]

    @property
    def names_months(self) -> bool:
        return any(month.number for month in self.months)


def years_of(timeline: Iterable[Json], html: Callable[[str], SafeString]) -> list[Year]:
    """The years of a document's timeline, each event with the HTML of its text by its id.

    Years rise: “late 1990s”, which stands after 1995, begins in no year of its own and stays under that of 1995.
    """
    dates = ((entry, _date(entry)) for entry in timeline)
    rows = [(_begins(entry, date), _event(entry, date, html)) for entry, date in dates]
    rising = accumulate((year for (year, _), _ in rows), max)
    dated = [(year, month if own == year else 0, row) for year, ((own, month), row) in zip(rising, rows, strict=True)]
    return [
        Year(year, f"year-{year or 'undated'}", list(_months(year, group)))
        for year, group in groupby(dated, key=itemgetter(0))
    ]


def _months(year: int, dated: Iterable[tuple[int, int, EventRow]]) -> Iterator[Month]:
    named: set[int] = {0}
    for number, group in groupby(dated, key=itemgetter(1)):
        id = "" if number in named else f"month-{year}-{number:02}"
        named.add(number)
        yield Month(number, id, [row for _, _, row in group])


def _begins(entry: Json, date: EventDate | None) -> tuple[int, int]:
    """The year in which an event stands and, where its date says so, the month; 0 for what it does not say."""
    first = entry["earliest"] or entry["latest"]
    if not first:
        return 0, 0
    start = date.span.start if date else None
    return int(first[:4]), int(first[5:7]) if start and start.precision in _OF_A_MONTH else 0


def _event(entry: Json, date: EventDate | None, html: Callable[[str], SafeString]) -> EventRow:
    cites = frozenset(number for sentence in entry["sentences"] for number in sentence["cites"])
    return EventRow(entry["id"], _shape(date), entry["date"], entry["label"], html(entry["id"]), cites)


def _date(entry: Json) -> EventDate | None:
    try:
        return EventDate.from_edtf(entry["date"])
    except UnreadableDate:
        return None


def _shape(date: EventDate | None) -> str:
    if date is None:
        return "vague"
    if date.precision != Precision.RANGE:
        return str(date.precision)
    return "range" if date.earliest and date.latest else "range since" if date.earliest else "range before"


def with_events(years: Iterable[Year], change: Callable[[EventRow], EventRow]) -> list[Year]:
    """The years with each event as `change` makes it."""
    return [
        replace(
            year, months=[replace(month, events=[change(event) for event in month.events]) for month in year.months]
        )
        for year in years
    ]


def citing(years: Iterable[Year], number: int) -> list[Year]:
    """Of the years those with events that cite a source, and of their events those."""
    months = (
        (year, [replace(m, events=kept) for m in year.months if (kept := [e for e in m.events if number in e.cites])])
        for year in years
    )
    return [replace(year, months=kept) for year, kept in months if kept]


def newest_first(years: Iterable[Year]) -> list[Year]:
    return [
        replace(year, months=[replace(month, events=month.events[::-1]) for month in reversed(year.months)])
        for year in reversed(list(years))
    ]


def cited_by_events(years: Iterable[Year]) -> Counter[int]:
    """How many events cite each source, by its number."""
    return Counter(number for year in years for event in year.events for number in event.cites)

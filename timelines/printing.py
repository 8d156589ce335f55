"""Dates as they are printed: in the words of a page's language, or in the newsroom's English. Pure but for these words.

What is typed is read in English only, and a label that an editor typed is printed as it is.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from timelines.periods import FIRST_QUARTER, FIRST_SEASON, Moment, Period, Precision
from timelines.wording import ENGLISH, Forms, Words

DASH = "–"


class TimePart(NamedTuple):
    """A piece of a printed date; `datetime` is its value for `<time datetime>`, None where HTML has no form for it."""

    text: str
    datetime: str | None = None


def parts_of(start: Period | Moment | None, end: Period | Moment | None, words: Words) -> list[TimePart]:
    """From the beginning of `start` to the end of `end`, None being open; equal ones are one date."""
    if start is None:
        assert isinstance(end, Period)
        return _around(words.before, _one(end.neighbour(1), words, words.behind_before))
    if end is None:
        return _around(words.since, _one(start, words, words.behind_since))
    return list(_two(start, end, words)) if start != end else _one(start, words, words.alone)


def in_english(stop: Period | Moment, *, short: bool = False, year: bool = True) -> str:
    """For editors, without “c.”; `short` as the months of ranges are."""
    return _text(stop, ENGLISH, ENGLISH.alone, short=short, year=year)


def print_day(day: dt.date, words: Words) -> str:
    """“Feb 18 2026”."""
    return words.alone.day % {"month": words.months[day.month - 1], "day": day.day, "year": _year(day.year, words)}


def print_long_day(day: dt.date, words: Words) -> str:
    """“18 February 2026”, as in a citation."""
    return words.long_day % {"month": words.behind_since.months[day.month - 1], "day": day.day, "year": day.year}


def print_month(day: dt.date, words: Words) -> str:
    """“February 2026”, for the month of the day."""
    return words.alone.month % {"month": words.alone.months[day.month - 1], "year": _year(day.year, words)}


def print_moment(moment: dt.datetime, words: Words) -> str:
    """“Feb 18 2026, 14:05 UTC”, in the moment's own zone."""
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return words.moment % {"day": print_day(moment, words), "time": clock, "zone": moment.tzname()}


def _around(pattern: str, parts: list[TimePart]) -> list[TimePart]:
    """The pattern with the parts in the place of its date."""
    before, _, after = pattern.partition("%(date)s")
    return [*([TimePart(before)] if before else []), *parts, *([TimePart(after)] if after else [])]


def _one(stop: Period | Moment, words: Words, forms: Forms, *, short: bool = False) -> list[TimePart]:
    printed = [TimePart(_text(stop, words, forms, short=short), stop.time_value)]
    return _around(words.circa, printed) if stop.approximate else printed


def _two(start: Period | Moment, end: Period | Moment, words: Words) -> Iterator[TimePart]:
    """What both ends share is said once: “Dec 6–7 2025”, “Nov 28 – Dec 3 2025”, “Jan–Mar 2025”, “2021–2022”."""
    forms = words.alone
    alike = start.precision is end.precision and not (start.approximate or end.approximate)
    if not alike or not isinstance(start, Period) or not isinstance(end, Period):
        yield from [*_one(start, words, forms, short=True), TimePart(f" {DASH} ")]
        yield from _one(end, words, forms, short=True)
        return
    if start.day and (start.year, start.part) == (end.year, end.part):
        head, tail = _days(start, end, words)
        dash = DASH
    else:
        head = _text(start, words, forms, short=True, year=start.year != end.year)
        tail = _text(end, words, forms, short=True)
        is_figure = start.precision in {Precision.YEAR, Precision.DECADE} and tail[0].isdigit()
        dash = f" {DASH} " if " " in head and not is_figure else DASH
    yield from (TimePart(head, start.time_value), TimePart(dash), TimePart(tail, end.time_value))


def _days(start: Period, end: Period, words: Words) -> tuple[str, str]:
    """Days of one month, before and behind the dash."""
    head, _, tail = words.days.partition(DASH)
    shared = {"month": words.months[start.part - 1], "year": _year(start.year, words)}
    return head % (shared | {"first": start.day}), tail % (shared | {"last": end.day})


def _text(stop: Period | Moment, words: Words, forms: Forms, *, short: bool = False, year: bool = True) -> str:
    if isinstance(stop, Moment):
        clock = stop.clock.isoformat("seconds" if stop.clock.second else "minutes")
        told = {"day": _text(stop.day, words, forms), "time": clock, "zone": f"UTC{stop.zone}"}
        return words.moment % told
    pattern, named = _pattern(stop, words, forms, short, year)
    return pattern % {**named, "year": _year(stop.year, words)}


def _pattern(stop: Period, words: Words, forms: Forms, short: bool, year: bool) -> tuple[str, dict[str, str | int]]:
    match stop.precision:
        case Precision.DAY:
            return forms.day if year else words.day_of_year, {"month": words.months[stop.part - 1], "day": stop.day}
        case Precision.MONTH:
            months = words.short_months if short else forms.months
            return forms.month if year else "%(month)s", {"month": months[stop.part - 1]}
        case Precision.SEASON:
            return forms.season if year else "%(season)s", {"season": forms.seasons[stop.part - FIRST_SEASON]}
        case Precision.QUARTER:
            return forms.quarter, {"number": stop.part - FIRST_QUARTER + 1}
        case Precision.DECADE:
            return forms.decade, {}
    return forms.year, {}


def _year(year: int, words: Words) -> str:
    return words.early_year % {"year": year} if year < 1000 else str(year)

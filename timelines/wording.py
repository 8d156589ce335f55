"""The words and patterns of dates in a language: from its catalogue, or, for editors, the newsroom's English.

In a pattern the names in brackets are put in; their order is the language's own. What the ends of a range have in
common is said once, so its pattern is divided at its dash.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation

Translate = Callable[[str, str], str]
"""A context and an English wording: as `django.utils.translation.pgettext`."""


@dataclass(frozen=True, eq=False)  # compared as the one that it is: they are keys of what is printed already
class Forms:
    """Periods, of which some languages decline the names within a phrase."""

    months: tuple[str, ...]
    seasons: tuple[str, ...]
    day: str
    month: str
    season: str
    quarter: str
    year: str
    decade: str


@dataclass(frozen=True, eq=False)
class Words:
    """`months` are those of a day, `short_months` those of a range; `alone` are dates without “since” or “before”."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    alone: Forms
    behind_since: Forms
    behind_before: Forms
    day_of_year: str
    days: str
    early_year: str
    long_day: str
    moment: str
    since: str
    before: str
    circa: str


def _words(pgettext: Translate) -> Words:
    return Words(
        months=_months_of_days(pgettext),
        short_months=_short_months(pgettext),
        alone=_alone(pgettext),
        behind_since=_behind_since(pgettext),
        behind_before=_behind_before(pgettext),
        day_of_year=pgettext("day without its year", "%(month)s %(day)s"),
        days=pgettext("days of one month", "%(month)s %(first)s–%(last)s %(year)s"),
        early_year=pgettext("year before 1000", "AD %(year)s"),
        long_day=pgettext("day in a citation", "%(day)s %(month)s %(year)s"),
        moment=pgettext("moment", "%(day)s, %(time)s %(zone)s"),
        since=pgettext("date", "since %(date)s"),
        before=pgettext("date", "before %(date)s"),
        circa=pgettext("date", "c. %(date)s"),
    )


def _alone(pgettext: Translate) -> Forms:
    return Forms(
        months=_months(pgettext),
        seasons=(
            pgettext("season", "Spring"),
            pgettext("season", "Summer"),
            pgettext("season", "Autumn"),
            pgettext("season", "Winter"),
        ),
        day=pgettext("day", "%(month)s %(day)s %(year)s"),
        month=pgettext("month", "%(month)s %(year)s"),
        season=pgettext("season", "%(season)s %(year)s"),
        quarter=pgettext("quarter", "Q%(number)s %(year)s"),
        year=pgettext("year", "%(year)s"),
        decade=pgettext("decade", "%(year)ss"),
    )


def _behind_since(pgettext: Translate) -> Forms:
    return Forms(
        months=_months_within_a_phrase(pgettext),
        seasons=(
            pgettext("season after since", "Spring"),
            pgettext("season after since", "Summer"),
            pgettext("season after since", "Autumn"),
            pgettext("season after since", "Winter"),
        ),
        day=pgettext("day after since", "%(month)s %(day)s %(year)s"),
        month=pgettext("month after since", "%(month)s %(year)s"),
        season=pgettext("season after since", "%(season)s %(year)s"),
        quarter=pgettext("quarter after since", "Q%(number)s %(year)s"),
        year=pgettext("year after since", "%(year)s"),
        decade=pgettext("decade after since", "%(year)ss"),
    )


def _behind_before(pgettext: Translate) -> Forms:
    return Forms(
        months=_months_within_a_phrase(pgettext),
        seasons=(
            pgettext("season after before", "Spring"),
            pgettext("season after before", "Summer"),
            pgettext("season after before", "Autumn"),
            pgettext("season after before", "Winter"),
        ),
        day=pgettext("day after before", "%(month)s %(day)s %(year)s"),
        month=pgettext("month after before", "%(month)s %(year)s"),
        season=pgettext("season after before", "%(season)s %(year)s"),
        quarter=pgettext("quarter after before", "Q%(number)s %(year)s"),
        year=pgettext("year after before", "%(year)s"),
        decade=pgettext("decade after before", "%(year)ss"),
    )


def _months_of_days(pgettext: Translate) -> tuple[str, ...]:
    return (
        pgettext("month of a day", "Jan"),
        pgettext("month of a day", "Feb"),
        pgettext("month of a day", "Mar"),
        pgettext("month of a day", "Apr"),
        pgettext("month of a day", "May"),
        pgettext("month of a day", "Jun"),
        pgettext("month of a day", "Jul"),
        pgettext("month of a day", "Aug"),
        pgettext("month of a day", "Sep"),
        pgettext("month of a day", "Oct"),
        pgettext("month of a day", "Nov"),
        pgettext("month of a day", "Dec"),
    )


def _short_months(pgettext: Translate) -> tuple[str, ...]:
    return (
        pgettext("month of a range", "Jan"),
        pgettext("month of a range", "Feb"),
        pgettext("month of a range", "Mar"),
        pgettext("month of a range", "Apr"),
        pgettext("month of a range", "May"),
        pgettext("month of a range", "Jun"),
        pgettext("month of a range", "Jul"),
        pgettext("month of a range", "Aug"),
        pgettext("month of a range", "Sep"),
        pgettext("month of a range", "Oct"),
        pgettext("month of a range", "Nov"),
        pgettext("month of a range", "Dec"),
    )


def _months(pgettext: Translate) -> tuple[str, ...]:
    return (
        pgettext("month", "January"),
        pgettext("month", "February"),
        pgettext("month", "March"),
        pgettext("month", "April"),
        pgettext("month", "May"),
        pgettext("month", "June"),
        pgettext("month", "July"),
        pgettext("month", "August"),
        pgettext("month", "September"),
        pgettext("month", "October"),
        pgettext("month", "November"),
        pgettext("month", "December"),
    )


def _months_within_a_phrase(pgettext: Translate) -> tuple[str, ...]:
    return (
        pgettext("month within a phrase", "January"),
        pgettext("month within a phrase", "February"),
        pgettext("month within a phrase", "March"),
        pgettext("month within a phrase", "April"),
        pgettext("month within a phrase", "May"),
        pgettext("month within a phrase", "June"),
        pgettext("month within a phrase", "July"),
        pgettext("month within a phrase", "August"),
        pgettext("month within a phrase", "September"),
        pgettext("month within a phrase", "October"),
        pgettext("month within a phrase", "November"),
        pgettext("month within a phrase", "December"),
    )


ENGLISH = _words(lambda context, english: english)


@lru_cache(maxsize=16)
def words_of(language: str) -> Words:
    """Those of the language, made once in a process: pages print hundreds of dates."""
    if language.startswith("en"):
        return ENGLISH
    with translation.override(language):
        return _words(translation.pgettext)


def current_words() -> Words:
    """Those of the language that the page is in."""
    return words_of(translation.get_language() or "en")

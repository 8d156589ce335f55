"""Search, and what is offered while a reader types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.models import Version
from stories.reading import live_topics
from stories.search.excerpts import Excerpt, excerpts_of, marked
from stories.search.finding import AGES, PAGE_LENGTH, Count, Narrowing, Search, suggested
from stories.search.query import Query, Term, beginning, read_query

SUGGESTIONS = 8
LAST_PAGE = 50  # a reader who is not served by a thousand hits asks for something else
OFFERED_WORDS = 6
KEPT_FOR = 60  # seconds, by the reader's browser


@dataclass(frozen=True)
class Result:
    """A story that was found: its headline marked, and the passages that say what was asked for."""

    version: Version
    headline: Excerpt
    excerpts: list[Excerpt]


@dataclass(frozen=True)
class Choice:
    """A way to narrow the hits, or to leave that again: where it leads, and how many hits are there."""

    name: str
    address: str
    hits: int
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """What a search page was asked for; `misread` where a part of its address says nothing."""

    typed: str
    query: Query
    narrowing: Narrowing
    page: int
    misread: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    at, asked = timezone.now(), read_asked(request.GET)
    context: dict[str, Any] = {"asked": asked, "topics": live_topics(at), "given": request.GET}
    if asked.query:
        context |= found_for(asked, request.GET, at)
    return render(request, "stories/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Headlines in which what is typed so far stands: `{"stories": [{"headline", "address", "language"}]}`."""
    query, found = beginning(_typed(request.GET)), []
    if query:
        keys = suggested(query, timezone.now(), SUGGESTIONS)
        versions = Version.objects.select_related("story").defer("document").in_bulk(keys)
        found = [versions[key] for key in keys]
    told = [
        {"headline": one.headline, "address": one.story.get_absolute_url(), "language": one.language} for one in found
    ]
    return JsonResponse({"stories": told}, headers={"Cache-Control": f"max-age={KEPT_FOR}"})


def _typed(given: Mapping[str, str]) -> str:
    return given.get("q", "").replace("\0", " ").strip("\r\n")


def read_asked(given: Mapping[str, str]) -> Asked:
    age, days = given.get("age", ""), [_day(given.get(name, "")) for name in ("since", "until")]
    page = given.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 0
    unread = any(given.get(name) and day is None for name, day in zip(("since", "until"), days, strict=True))
    misread = (bool(age) and age not in AGES) or unread or not 1 <= number <= LAST_PAGE
    since, until = days[0], days[1] and days[1] + timedelta(days=1)
    topic, outlet = _filter(given, "topic"), _filter(given, "outlet")
    narrowing = Narrowing(topic, outlet, age if age in AGES else None, since, until)
    return Asked(_typed(given), read_query(_typed(given)), narrowing, min(max(number, 1), LAST_PAGE), misread)


def _filter(given: Mapping[str, str], name: str) -> str | None:
    return given.get(name, "").replace("\0", "")[:300] or None


def _day(typed: str) -> datetime | None:
    """Its first moment, in the site's time zone; None for what is no day that the databases can reckon with."""
    try:
        day = parse_date(typed)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time())) if day and 1900 <= day.year <= 2999 else None


def found_for(asked: Asked, given: QueryDict, at: datetime) -> dict[str, Any]:
    search = Search(asked.query, asked.narrowing, at)
    count = search.count()
    pages = min(-(-count // PAGE_LENGTH), LAST_PAGE)
    return {
        "count": count,
        "results": results(search, (asked.page - 1) * PAGE_LENGTH) if count else [],
        "choices": choices(search, given),
        "alone": alone(search, given) if not count else [],
        "previous": _address(given, page=asked.page - 1) if 1 < asked.page <= pages + 1 else "",
        "next": _address(given, page=asked.page + 1) if asked.page < pages else "",
        "pages": pages,
    }


def results(search: Search, start: int) -> list[Result]:
    keys = [hit.pk for hit in search.hits(start)]
    versions = Version.objects.select_related("story", "topic").in_bulk(keys)
    forms = search.query.forms()
    return [
        Result(
            versions[key],
            marked(versions[key].headline, forms, versions[key].language),
            excerpts_of(versions[key].document, forms),
        )
        for key in keys
    ]


def choices(search: Search, given: QueryDict) -> dict[str, list[Choice]]:
    names = {
        "day": _("The last 24 hours"),
        "week": _("The last 7 days"),
        "month": _("The last 30 days"),
        "year": _("The last year"),
    }
    ages = [Count(age, names[age], hits) for age, hits in search.ages().items()]
    offered = {"topic": search.topics(), "outlet": search.outlets(), "age": ages}
    chosen = {"topic": search.narrowing.topic, "outlet": search.narrowing.outlet, "age": search.narrowing.age}
    return {kind: _choices(kind, counts, chosen[kind], given) for kind, counts in offered.items()}


def _choices(kind: str, counts: list[Count], chosen: str | None, given: QueryDict) -> list[Choice]:
    """Each leads to its hits, the chosen one back to all; one that was chosen stays in sight without any hit."""
    if chosen is not None and chosen not in [count.value for count in counts]:
        counts = [*counts, Count(chosen, chosen, 0)]
    return [_choice(kind, count, given, is_chosen=count.value == chosen) for count in counts]


def _choice(kind: str, count: Count, given: QueryDict, *, is_chosen: bool) -> Choice:
    return Choice(count.name, _address(given, **{kind: "" if is_chosen else count.value}), count.hits, is_chosen)


def alone(search: Search, given: QueryDict) -> list[Choice]:
    """Where several words were not found together: each, with the hits that it has alone."""
    typed = list(dict.fromkeys(search.query.wanted))
    if len(typed) < 2:
        return []
    counted = [(term, Search(Query((term,)), search.narrowing, search.at).count()) for term in typed[:OFFERED_WORDS]]
    return [Choice(_written(term), _address(given, q=_written(term)), hits, False) for term, hits in counted if hits]


def _written(term: Term) -> str:
    words = term.choices[0]
    return f'"{" ".join(words)}"' if len(words) > 1 else words[0]


def _address(given: QueryDict, **changes: Any) -> str:
    """The search with other values, those that are empty left out; from its first page on, where no page is named."""
    values = given.copy()
    values.pop("page", None)
    for name, value in changes.items():
        values[name] = str(value)
    for name in [name for name, value in values.items() if not value]:
        del values[name]
    return f"?{values.urlencode()}"

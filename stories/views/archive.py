"""The archive by date: the years and months that have stories, a month's days, the front page of a day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, Min, OuterRef, Window
from django.db.models.functions import RowNumber, TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.iso_moment import end_of_second
from stories.models import Version
from stories.models.addresses import address_of
from stories.reading import headlines_then, live_topics
from stories.views.front_page import front_page_context
from timelines.printing import print_long_day, print_month
from timelines.wording import current_words

OF_A_DAY = 5  # new stories that a month's page names of a day


class NewStory(NamedTuple):
    """A story as it was when it was first published."""

    slug: str
    number: int
    headline: str
    language: str

    def get_absolute_url(self) -> str:
        return f"{address_of('versions', self.slug)}{self.number}/"


class Day(NamedTuple):
    """A day of a month's page, with the stories that were new."""

    day: date
    address: str
    stories: list[NewStory]


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All years and months from the first publication on, the newest first."""
    now = timezone.now()
    years: dict[int, list[tuple[date, str]]] = {}
    for month in months(first_day(now), timezone.localdate(now)):
        years.setdefault(month.year, []).append((month, address_of_month(month)))
    return render(request, "stories/archive.html", {"years": years.items(), "topics": live_topics(now)})


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    now = timezone.now()
    known = list(months(first_day(now), timezone.localdate(now)))  # the newest first
    shown = known.index(day) if (day := date_or_404(year, month, 1)) in known else None
    if shown is None:
        raise Http404("Nothing was published in that month, or it has not come yet.")
    context = {
        "month": day,
        "name": print_month(day, current_words()),
        "days": days_of(day, now),
        "before": address_of_month(known[shown + 1]) if shown + 1 < len(known) else "",
        "after": address_of_month(known[shown - 1]) if shown else "",
        "topics": live_topics(now),
    }
    return render(request, "stories/archive_month.html", context)


@require_safe
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The front page as it stood when the day ended, in the site's time zone; of today as it stands."""
    now = timezone.now()
    shown, first = date_or_404(year, month, day), first_day(now)
    if first is None or not first <= shown <= timezone.localdate(now):
        raise Http404("Nothing had been published by that day, or it has not come yet.")
    if shown == timezone.localdate(now):
        return redirect("front_page")
    at = end_of(shown)
    until = end_of_second(at, now)
    context = front_page_context(headlines_then(until, now), until, now) | {
        "at": at,
        "day": print_long_day(shown, current_words()),
        "days": {
            "before": address_of_day(shown - timedelta(days=1), first, now),
            "after": address_of_day(shown + timedelta(days=1), first, now),
        },
        "month": address_of_month(shown),
    }
    return render(request, "stories/front_page.html", context)


def date_or_404(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404("There is no such day.") from error


def first_day(now: datetime) -> date | None:
    """The day of the first publication; None before it."""
    first = Version.objects.published(now).aggregate(first=Min("live_from"))["first"]
    return timezone.localdate(first) if first else None


def end_of(day: date) -> datetime:
    """The last second of the day, as addresses name it."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return midnight.astimezone(UTC) - timedelta(seconds=1)  # by the clock of the zone, an hour may come twice


def months(first: date | None, last: date) -> Iterator[date]:
    """The first days of the months from the last back to the first."""
    month = last.replace(day=1)
    while first is not None and month >= first.replace(day=1):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def days_of(month: date, now: datetime) -> list[Day]:
    """Those of the month on which stories were new, the newest first. One query."""
    new: dict[date, list[NewStory]] = {}
    for day, *story in _new_stories(month, now):
        new.setdefault(day, []).append(NewStory(*story))
    return [Day(day, _address_of(day), new[day]) for day in sorted(new, reverse=True)]


def _new_stories(month: date, now: datetime) -> Any:
    """Day, slug, number, headline and language of the first Versions of a month, of each day the fullest few: those of
    stories that can be read now, for a withdrawn one's words stand under its notice alone."""
    after = (month + timedelta(days=31)).replace(day=1)
    since, until = (timezone.make_aware(datetime.combine(day, time())) for day in (month, after))
    stands_now = Exists(Version.objects.live(now).filter(story=OuterRef("story")))
    readable = Version.objects.published(now).filter(redacted_at=None, taken_back_at=None)
    earlier = readable.filter(story=OuterRef("story"), number__lt=OuterRef("number"))
    readable = readable.filter(stands_now, ~Exists(earlier))
    rank = Window(RowNumber(), partition_by="day", order_by=[F("article_count").desc(), F("pk").asc()])
    within = readable.filter(live_from__gte=since, live_from__lt=until).annotate(day=TruncDate("live_from"))
    rows = within.annotate(rank=rank).filter(rank__lte=OF_A_DAY).order_by("day", "rank")
    return rows.values_list("day", "story__slug", "number", "headline", "language")


def address_of_month(day: date) -> str:
    return reverse("archive_month", args=[day.year, day.month])


def address_of_day(day: date, first: date, now: datetime) -> str:
    """Its address; "" for a day that has no front page."""
    known = first <= day <= timezone.localdate(now)
    return _address_of(day) if known else ""


def _address_of(day: date) -> str:
    return reverse("archive_day", args=[day.year, day.month, day.day])

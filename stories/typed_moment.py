"""A moment of the past as a reader types it into a form: a day, and a time or none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NO_DAY = _("Choose a date.")
NOT_A_DAY = _("This is no date of the calendar. Write the year, the month and the day, such as 2026-02-18.")
NOT_A_TIME = _("This is no time of the clock. Write it like 14:05, or leave it empty for the end of the day.")
AHEAD = _("That moment has not come yet. Choose one up to now.")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?")
DAY_ENDS = time(23, 59, 59, fold=1)


@dataclass(frozen=True)
class TypedMoment:
    """`at` is what was typed as a moment in UTC, None where nothing was, or what cannot be; then a fault says why."""

    day: str = ""
    time: str = ""
    at: datetime | None = None
    day_fault: str = ""
    time_fault: str = ""

    def refused(self, fault: str) -> "TypedMoment":
        return replace(self, at=None, day_fault=fault)

    @property
    def day_type(self) -> str:
        """The kind of field that keeps what was typed: one for dates shows nothing that is none."""
        return "date" if not self.day or _read_day(self.day) else "text"

    @property
    def time_type(self) -> str:
        return "time" if not self.time or _read_time(self.time) else "text"


def typed_in(query: Mapping[str, str], now: datetime) -> TypedMoment:
    """What the `day` and the `time` of a form say, in the site's time zone. Of today without a time it is now."""
    if "day" not in query:
        return TypedMoment()
    typed = TypedMoment(query["day"].strip(), query.get("time", "").strip())
    day, clock = _read_day(typed.day), _read_time(typed.time) if typed.time else DAY_ENDS
    if day is None or clock is None:
        day_fault = "" if day else str(NOT_A_DAY if typed.day else NO_DAY)
        return replace(typed, day_fault=day_fault, time_fault="" if clock else str(NOT_A_TIME))
    at = _in_zone(day, clock, timezone.get_current_timezone())
    if at > now and not typed.time and day == timezone.localdate(now):
        at = now
    return replace(typed, at=at) if at <= now else replace(typed, day_fault=str(AHEAD))


def typed_as(moment: datetime) -> TypedMoment:
    """The moment as the form shows it."""
    local = timezone.localtime(moment)
    return TypedMoment(local.date().isoformat(), local.time().isoformat("seconds" if local.second else "minutes"))


def _in_zone(day: date, clock: time, zone: tzinfo) -> datetime:
    """In UTC; the first and the last day of the calendar as they are, where a zone leads beyond them."""
    moment = datetime.combine(day, clock)
    try:
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _read_time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if _TIME.fullmatch(text) else None
    except ValueError:
        return None

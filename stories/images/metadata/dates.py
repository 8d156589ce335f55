"""When a picture was taken, as XMP, IIM and EXIF write it. Pure."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

EARLIEST_YEAR = 1826  # of the oldest photograph
FURTHEST_OFFSET = timedelta(hours=14)
DATE = r"(?P<year>\d{4})(?:[-:](?P<month>\d\d)(?:[-:](?P<day>\d\d)"
TIME = r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)? ?"
WRITTEN = re.compile(DATE + TIME + r"(?P<offset>Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII)
OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
IIM_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
IIM_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)([+-]\d{4})?", re.ASCII)


class Taken(NamedTuple):
    """`precision` is a value of Image.TakenPrecision. What is not known of the moment is as early as it can be."""

    at: datetime
    precision: str


def read_date(text: str, now: datetime, offset: str = "") -> Taken | None:
    """A date of XMP (ISO 16684-1, 8.2.1.2, to any precision) or EXIF ("2026:02:18 09:30:00").

    None for what is unreadable, impossible, older than photography or more than a day after `now`. Month and day "00"
    are unknown. `offset` is what the file says of it elsewhere (EXIF's OffsetTimeOriginal). Fractions are passed over.
    """
    found = WRITTEN.fullmatch(text.strip(" \0\t\n"))
    if not found:
        return None
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    if found["hour"] is None:
        return _taken(now, year, month, day)
    clock = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    return _taken(now, year, month, day, clock, _zone(found["offset"] or offset))


def read_iim_date(date: str, time: str, now: datetime) -> Taken | None:
    """IIM's 2:55 (CCYYMMDD) with 2:60 (HHMMSS±HHMM); an unreadable time leaves the day. IIM 4.2, 6.1."""
    found = IIM_DATE.fullmatch(date.strip(" \0").replace("-", "").replace(":", ""))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups())
    clock = IIM_TIME.fullmatch(time.strip(" \0").replace(":", ""))
    if clock:
        exact = _taken(now, year, month, day, (int(clock[1]), int(clock[2]), int(clock[3])), _zone(clock[4] or ""))
        if exact:
            return exact
    return _taken(now, year, month, day)


def _taken(
    now: datetime,
    year: int,
    month: int,
    day: int,
    clock: tuple[int, int, int] | None = None,
    zone: tzinfo | None = None,
) -> Taken | None:
    precision = "year" if not month else "month" if not day else "time" if clock else "day"
    hour, minute, second = clock if clock and precision == "time" else (0, 0, 0)
    try:
        at = datetime(
            year, month or 1, (day or 1) if month else 1, hour, minute, second, tzinfo=zone if clock else None
        )
    except ValueError:
        return None
    if at.year < EARLIEST_YEAR or (at if at.tzinfo else at.replace(tzinfo=UTC)) > now + timedelta(days=1):
        return None
    return Taken(at if precision == "time" else at.replace(tzinfo=None), precision)


def _zone(offset: str) -> tzinfo | None:
    """The zone of an offset, None for none and for one that no place on Earth has."""
    if offset.strip(" \0") == "Z":
        return UTC
    found = OFFSET.fullmatch(offset.strip(" \0"))
    if not found:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if ahead > FURTHEST_OFFSET or int(found[3]) > 59:
        return None
    return timezone(-ahead if found[1] == "-" else ahead)

"""A moment as an address has it: ISO 8601, to the second. Pure.

Times on the web are whole seconds (RFC 9110, 5.6.7), so the moment of an address is that second to its end: what went
live within it is what it shows.
"""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

PATTERN = r"\d{4}-\d\d-\d\d(?:T\d\d:?\d\d(?::?\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
SECOND_END = timedelta(seconds=1) - timedelta(microseconds=1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_moment(text: str, zone: tzinfo) -> datetime:
    """The beginning of the second, in UTC; of a day alone its last second in the zone. A time without offset is UTC.

    Raises ValueError for what is no date.
    """
    try:
        moment = datetime.fromisoformat(text)
        if _DAY.fullmatch(text):
            return datetime.combine(moment, time(23, 59, 59, fold=1), zone).astimezone(UTC)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError(str(error)) from error


def write_moment(moment: datetime) -> str:
    """The one spelling that addresses have: `2026-02-18T12:00:00Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def end_of_second(moment: datetime, now: datetime) -> datetime:
    """The last instant of the moment's second, or now where that is not over."""
    return min(moment.replace(microsecond=0) + SECOND_END, now)

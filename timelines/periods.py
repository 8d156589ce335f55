"""What a date is made of: periods (a day to a decade) and moments; with their EDTF."""

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

MONTHS = tuple(calendar.month_name)[1:]
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
FIRST_SEASON, FIRST_QUARTER = 21, 33
OFFSETS = range(-12 * 60, 14 * 60 + 1)
LAST_MONTH = 9999 * 12 + 11


class UnreadableDate(ValueError):
    """A date that Newsdesk does not read. `str()` is a sentence to an editor, `code` a stable name for the reason."""

    def __init__(self, sentence: str, code: str = "unreadable") -> None:
        super().__init__(sentence)
        self.code = code


class Precision(StrEnum):
    """How exactly an event is dated."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


MONTHS_IN = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.QUARTER: 3, Precision.YEAR: 12, Precision.DECADE: 120}


@dataclass(frozen=True)
class Period:
    """A day, month, season, quarter, year or decade, exact or approximate. Raises UnreadableDate if there is none such.

    `part` is EDTF's code: a month 1-12, a season 21-24, a quarter 33-36. The `year` of a decade is its first.
    Seasons are the northern, meteorological ones: spring is March to May, and winter begins in December of its year.
    """

    precision: Precision
    year: int
    part: int = 0
    day: int = 0
    approximate: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or self._last_month > LAST_MONTH:
            raise UnreadableDate("Newsdesk dates events in the years 1 to 9999. Check the year.", "year")
        if self.day and self.day > (days := calendar.monthrange(self.year, self.part)[1]):
            month = f"{MONTHS[self.part - 1]} {self.year}"
            raise UnreadableDate(f"{month} has {days} days, so it has no {self.day}. Check the day.", "no_such_day")
        if self.approximate and self.precision in {Precision.SEASON, Precision.QUARTER}:
            raise UnreadableDate(f"A {self.precision} cannot be approximate in EDTF. Leave out “c.”.", "approximate")

    @classmethod
    def of(cls, year: int, part: int | None = None, day: int | None = None, *, approximate: bool = False) -> "Period":
        """The period that EDTF writes as `year-part-day`."""
        if day is not None and not 1 <= day <= 31:
            raise UnreadableDate(f"No month has a day {day}. Check the day.", "no_such_day")
        return cls(_precision(part, day), year, part or 0, day or 0, approximate)

    @classmethod
    def decade(cls, year: int, *, approximate: bool = False) -> "Period":
        """The ten years that begin with `year`."""
        return cls(Precision.DECADE, year, approximate=approximate)

    @cached_property
    def first(self) -> dt.date:
        """Its first day."""
        year, month = divmod(self._first_month, 12)
        return dt.date(year, month + 1, self.day or 1)

    @cached_property
    def last(self) -> dt.date:
        """Its last day."""
        if self.day:
            return self.first
        year, month = divmod(self._last_month, 12)
        return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])

    @property
    def _first_month(self) -> int:
        """Months are counted through: year * 12 + 0 (January) to 11 (December)."""
        if self.precision is Precision.SEASON:
            return self.year * 12 + 3 * (self.part - FIRST_SEASON) + 2
        if self.precision is Precision.QUARTER:
            return self.year * 12 + 3 * (self.part - FIRST_QUARTER)
        return self.year * 12 + max(self.part - 1, 0)

    @property
    def _last_month(self) -> int:
        return self._first_month + MONTHS_IN.get(self.precision, 1) - 1

    def neighbour(self, step: int) -> "Period":
        """The period of the same kind directly after (1) or before (-1) this one."""
        if self.day:
            ordinal = self.first.toordinal() + step
            if not 1 <= ordinal <= dt.date.max.toordinal():
                raise UnreadableDate("Newsdesk dates events in the years 1 to 9999. Check the year.", "year")
            day = dt.date.fromordinal(ordinal)
            return replace(self, year=day.year, part=day.month, day=day.day)
        year, month = divmod(self._first_month + step * MONTHS_IN[self.precision], 12)
        return replace(self, year=year, part=_part(self.precision, month))

    def edge(self, *, last: bool) -> "Period":
        """The first or last month of a quarter, year of a decade; any other period is its own edge."""
        year, month = divmod(self._last_month if last else self._first_month, 12)
        if self.precision is Precision.QUARTER:
            return Period.of(year, month + 1)
        if self.precision is Precision.DECADE:
            return Period.of(year, approximate=self.approximate)
        return self

    @property
    def edtf(self) -> str:
        bare = "-".join([f"{self.year:04}", *(f"{number:02}" for number in (self.part, self.day) if number)])
        if self.precision is Precision.DECADE:
            bare = f"{bare[:3]}X"
        return f"{bare}~" if self.approximate else bare

    @property
    def time_value(self) -> str | None:
        """The value for `<time datetime>`; HTML has none for seasons, quarters and decades."""
        return self.edtf.rstrip("~") if self.precision in {Precision.DAY, Precision.MONTH, Precision.YEAR} else None


def _precision(part: int | None, day: int | None) -> Precision:
    if part is None:
        return Precision.YEAR
    if 1 <= part <= 12:
        return Precision.MONTH if day is None else Precision.DAY
    if day is None and FIRST_SEASON <= part < FIRST_SEASON + 4:
        return Precision.SEASON
    if day is None and FIRST_QUARTER <= part < FIRST_QUARTER + 4:
        return Precision.QUARTER
    raise UnreadableDate(f"There is no month {part}. Check the month.", "no_such_day")


def _part(precision: Precision, month: int) -> int:
    """The EDTF code of the period of this precision that begins in `month` (0-11)."""
    match precision:
        case Precision.MONTH:
            return month + 1
        case Precision.SEASON:
            return FIRST_SEASON + (month - 2) // 3
        case Precision.QUARTER:
            return FIRST_QUARTER + month // 3
    return 0


@dataclass(frozen=True)
class Moment:
    """A time of day on an exact day. `offset` is in minutes east of UTC, as it was written."""

    day: Period
    clock: dt.time
    offset: int = 0

    precision = Precision.TIME
    approximate = False

    def __post_init__(self) -> None:
        if self.offset not in OFFSETS:
            raise UnreadableDate("Time zones lie between UTC−12:00 and UTC+14:00. Check the offset.", "zone")
        if self.day.precision is not Precision.DAY or self.day.approximate:
            raise UnreadableDate("A time of day needs one exact day, such as “Mar 3 2024, 14:30 UTC”.", "time")

    @property
    def first(self) -> dt.date:
        """The day as written, which is the one that readers see; in UTC it may be the day before or after."""
        return self.day.first

    last = first

    @property
    def second(self) -> int:
        """Seconds from midnight UTC of the day as written; puts the moments of one day in order."""
        return (self.clock.hour * 60 + self.clock.minute - self.offset) * 60 + self.clock.second

    @property
    def edtf(self) -> str:
        return f"{self.day.edtf}T{self.clock:%H:%M:%S}{_offset(self.offset, '-') or 'Z'}"

    time_value = edtf

    @property
    def zone(self) -> str:
        """As it is printed behind “UTC”: “+02:00”, "" for UTC itself."""
        return _offset(self.offset, "−")


def _offset(minutes: int, minus: str) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"{minus if minutes < 0 else '+'}{hours:02}:{rest:02}" if minutes else ""

"""The dates that editors write in English, read into spans. It reads what is there and invents nothing.

Each step has its table in `vocabulary`: what can be written in several ways is made plain (PLAIN), vague words such as
“early” are set aside (VAGUE), an opening such as “since” is taken off (OPENINGS), and the rest is cut into tokens
(TOKENS), whose kinds on each side of a dash have to be one of SHAPES. A clock time (CLOCKS) leaves a day to be read.
"""

import datetime as dt
import difflib
import functools
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from timelines.periods import FIRST_QUARTER, MONTHS, Moment, Period, Precision, UnreadableDate
from timelines.printing import in_english
from timelines.spans import Span
from timelines.vocabulary import (
    BESIDES,
    CHARACTERS,
    CIRCA,
    CLOCKS,
    FILLERS,
    LIKE,
    LIKE_TIME,
    LONGEST,
    LONGEST_SHORT_RANGE,
    MISSPELT,
    MONTH_WORDS,
    PARTS,
    PLAIN,
    RELATIVE,
    SEASON_WORDS,
    SHAPES,
    TOKEN,
    VAGUE,
    WEEKDAYS,
    WINTER,
    WINTER_OF_TWO_YEARS,
    ZONE,
)

Token = tuple[str, int]


class Reading(NamedTuple):
    """What was read; `vague` when the wording says more than the span (“early 2026” is read as 2026)."""

    span: Span
    vague: bool = False


def read(text: str) -> Reading:
    """The span that an English wording says. Raises UnreadableDate with what is wrong and what to write."""
    wording = text.strip()
    if not wording:
        raise UnreadableDate(f"No date is given. {LIKE}", "empty")
    try:
        if len(wording) > LONGEST:
            raise UnreadableDate(f"A date has at most {LONGEST} characters. {LIKE}", "too_long")
        plain = plainly(wording)
        return _moment(plain) or _vague(plain) or _exact(plain)
    except UnreadableDate as error:
        quoted = f"“{wording[:39]}…”" if len(wording) > 40 else f"“{wording}”"
        raise UnreadableDate(f"{quoted} cannot be read as a date. {error}", error.code) from None


def plainly(text: str) -> str:
    """The text in lower case, with one kind of space and dash, and without ornament."""
    plain = " ".join(text.lower().translate(CHARACTERS).split())
    for pattern, replacement in PLAIN:
        plain = pattern.sub(replacement, plain)
    return plain.strip()


def _vague(plain: str) -> Reading | None:
    """“Early 2026”: what remains without the vague words has to contain what was meant."""
    bare = VAGUE.sub("", plain)
    if bare == plain:
        return None
    span = _exact(bare).span
    if bare.startswith(("before", "prior", "after")) or any(stop.precision is Precision.DAY for stop in span.stops):
        raise UnreadableDate("Leave out the vague word, or write a month or a year.", "vague")
    return Reading(span, vague=True)


def how_far(wording: str) -> Fraction:
    """How far into its time what is meant begins: ⅔ for “late 2026”, 0 for all that does not say."""
    plain = plainly(wording)
    found = VAGUE.search(plain)
    if not found or "-" in plain[: found.start()]:  # it says when a range ends, not when it begins
        return Fraction(0)
    return next((part for word, part in PARTS.items() if word.match(found[0])), Fraction(0))


def _exact(plain: str) -> Reading:
    for pattern, opening in OPENINGS:
        if match := pattern.fullmatch(plain):
            return opening(_period(match[1]))
    return _year_and_two_digits(plain) or _one_winter(plain) or _closed(plain)


def _since(period: Period) -> Reading:
    first = period.edge(last=False)
    return Reading(Span(first, None), vague=first != period)


def _before(period: Period) -> Reading:
    first = period.edge(last=False)
    return Reading(Span(None, first.neighbour(-1)), vague=first != period)


def _until(period: Period) -> Reading:
    last = period.edge(last=True)
    return Reading(Span(None, last), vague=last != period)


def _after(period: Period) -> Reading:
    """It does not say when it began, only that it was later; so “since” with the next period would claim more."""
    return Reading(Span(period.edge(last=True).neighbour(1), None), vague=True)


OPENINGS: list[tuple[re.Pattern[str], Callable[[Period], Reading]]] = [
    (re.compile(r"(?:since|from) (.+)"), _since),
    (re.compile(r"(.+?) ?- ?(?:the )?(?:present|now|today|ongoing)"), _since),
    (re.compile(r"(?:before|prior to) (.+)"), _before),
    (re.compile(r"(?:until|till|up to|through) (.+)"), _until),
    (re.compile(r"after (.+)"), _after),
]


def _period(plain: str) -> Period:
    span = (_year_and_two_digits(plain) or _closed(plain)).span
    if span.is_range or not isinstance(span.start, Period):
        raise UnreadableDate("Give it one date, such as “since 2014” or “before July 2024”.", "range")
    return span.start


def _year_and_two_digits(plain: str) -> Reading | None:
    """“2024-07” is a month and “2021–22” a range; “2007–08” might be either."""
    if not (match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", plain)):
        return None
    year, two = int(match[1]), int(match[2])
    month = Period.of(year, two) if 1 <= two <= 12 else None
    end = year - year % 100 + (two or 100)
    turned = end + 100 if end <= year else end  # “1998–03” may run over the turn of the century
    if month and turned - year <= LONGEST_SHORT_RANGE:
        raise UnreadableDate(f"It may mean {in_english(month)} or {year}–{turned}. Write one of these.", "ambiguous")
    if end == year:
        raise UnreadableDate("It ends in the year in which it begins. Write the year alone, or check the end.", "range")
    return Reading(Span(month, month) if month else Span(Period.of(year), Period.of(end)))


def _closed(plain: str) -> Reading:
    sides: list[list[Token]] = [[]]
    for token in _tokens(plain):
        if token[0] == "dash":
            sides.append([])
        else:
            sides[-1].append(token)
    if len(sides) == 1:
        period = _build(_side(sides[0]))
        return Reading(Span(period, period))
    if len(sides) > 2:
        raise UnreadableDate(f"It has more than one dash. {LIKE}")
    left, right = (_side(side) for side in sides)
    return _range(*_complete(left, right))


def _side(tokens: list[Token]) -> dict[str, int]:
    """What one side of a dash names: {"month": 12, "day": 6}; with "circa" if it is approximate."""
    fields = dict(tokens)
    shape = " ".join(kind for kind, _ in tokens if kind != "ad").removeprefix("circa ")
    if shape not in SHAPES:
        raise UnreadableDate(LIKE)
    if "month" in fields and fields.get("year", 1000) < 1000 and "ad" not in fields:
        year = fields["year"]
        raise UnreadableDate(f"Write the year with four digits, or “AD {year}” if that early one is meant.", "year")
    return fields


def _complete(left: dict[str, int], right: dict[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Give each side what the other says for both: “Dec 6–7 2025”, “6–7 Dec 2025”, “Nov 28 – Dec 3 2025”."""
    if "year" in right and not left.keys() & {"year", "decade"}:
        if "month" in left and "day" in right:
            right = {"month": left["month"], **right}
        if "day" in left and "month" in right:
            left = {"month": right["month"], **left}
        left = {"year": right["year"], **left}
    return left, right


def _range(left: dict[str, int], right: dict[str, int]) -> Reading:
    """Where EDTF has no range of quarters or decades, their first and last month or year stand in for them."""
    start, end = _build(left), _build(right)
    coarse = {Precision.QUARTER} | ({Precision.DECADE} if start.approximate or end.approximate else set())
    first = start.edge(last=False) if start.precision in coarse else start
    last = end.edge(last=True) if end.precision in coarse else end
    return Reading(Span(first, last), vague=(first, last) != (start, end))


def _one_winter(plain: str) -> Reading | None:
    """“Winter 2023–24” is one winter, which EDTF knows by the year that it begins in."""
    if not (match := WINTER_OF_TWO_YEARS.fullmatch(plain)):
        return None
    year, end = int(match[1]), int(match[2])
    if end not in (year + 1, (year + 1) % 100):
        return None
    winter = Period.of(year, WINTER)
    return Reading(Span(winter, winter), vague=True)


def _build(fields: dict[str, int]) -> Period:
    approximate = "circa" in fields
    if "decade" in fields:
        return Period.decade(fields["decade"], approximate=approximate)
    if "year" not in fields:
        raise UnreadableDate("It names no year. Write the year with four digits, such as “Feb 24 2022”.", "no_year")
    part = fields.get("month") or fields.get("season") or fields.get("quarter")
    if "day" in fields and not part:
        raise UnreadableDate("It names a day but no month. Write it like “Feb 24 2022”.", "no_month")
    return Period.of(fields["year"], part, fields.get("day"), approximate=approximate)


def _tokens(plain: str) -> Iterator[Token]:
    at = 0
    while at < len(plain):
        if not (match := TOKEN.match(plain, at)):
            raise UnreadableDate(LIKE)
        yield from _token(str(match.lastgroup), match[0])
        at = match.end()


def _token(kind: str, text: str) -> list[Token]:
    """The parts of a date that a token stands for; no kind stands for anything but what is written."""
    match kind:
        case "iso":
            return list(zip(("year", "month", "day"), map(int, text.split("-")), strict=True))
        case "figures":
            return _figures(text)
        case "word":
            return _word(text)
        case "dash":
            return [("dash", 0)]
        case "space":
            return []
    number = int(re.sub(r"[^0-9]", "", text))
    if kind == "ad":
        return [("ad", 1), ("year", number)]
    return [{"quarter": ("quarter", FIRST_QUARTER - 1 + number)}.get(kind, (kind, number))]


def _word(word: str) -> list[Token]:
    if word in FILLERS:
        return []
    if word in CIRCA:
        return [("circa", 1)]
    for kind, words in (("month", MONTH_WORDS), ("season", SEASON_WORDS)):
        if word in words:
            return [(kind, words[word])]
    raise UnreadableDate(*_why_not(word))


def _why_not(word: str) -> tuple[str, str]:
    if word in RELATIVE:
        return f"“{word}” depends on the day it is read. Write the date itself, such as “Feb 24 2022”.", "relative"
    if word in WEEKDAYS:
        return "Leave out the weekday.", "weekday"
    if word in {"bc", "bce"}:
        return "Newsdesk dates events in the years 1 to 9999.", "year"
    if word == "s":
        return "Write the decade with four digits, such as “1990s”.", "no_year"
    if month := _nearest_month(word):
        return f"There is no month “{word}”. Did you mean {month}?", "unknown_word"
    return LIKE, "unreadable"


@functools.lru_cache(maxsize=4096)
def _nearest_month(word: str) -> str:
    near = difflib.get_close_matches(word, [name.lower() for name in MONTHS], n=1, cutoff=0.75)
    return near[0].capitalize() if near else ""


def _figures(text: str) -> list[Token]:
    """A date in figures is read only if there is one way to read it."""
    one, two, three = re.split(r"[/.-]", text)
    orders = [(one, two, three)] if len(one) == 4 else [(three, two, one), (three, one, two)]
    if len(orders[0][0]) != 4:
        raise UnreadableDate("Write the year with four digits and the month by name, such as “Feb 24 2022”.", "no_year")
    days = {day for order in orders if (day := _day_or_none(*map(int, order)))}
    if len(days) == 2:
        first, second = sorted(in_english(day) for day in days)
        raise UnreadableDate(f"It may mean {first} or {second}. Write the month by name.", "ambiguous")
    if not days:
        raise UnreadableDate("There is no such day. Write the month by name.", "no_such_day")
    day = days.pop()
    return [("year", day.year), ("month", day.part), ("day", day.day)]


def _day_or_none(year: int, month: int, day: int) -> Period | None:
    try:
        return Period.of(year, month, day)
    except UnreadableDate:
        return None


def _moment(plain: str) -> Reading | None:
    if not (match := _timed(plain)):
        return None
    offset = _offset(match)  # first: “14:30 March 3 2024” lacks a zone, not a month
    moment = Moment(_period(match["day"]), _clock(match), offset)
    return Reading(Span(moment, moment))


def _timed(plain: str) -> re.Match[str] | None:
    return CLOCKS[0].fullmatch(plain) or CLOCKS[1].fullmatch(plain)


def _clock(match: re.Match[str]) -> dt.time:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if match["half"]:
        hour = -1 if not 1 <= hour <= 12 else hour % 12 + 12 * (match["half"] == "p")
    try:
        return dt.time(hour, minute, second)
    except ValueError:
        raise UnreadableDate(f"There is no such time of day. {LIKE_TIME}", "time") from None


def _offset(timed: re.Match[str]) -> int:
    """Minutes east of UTC. Letters other than UTC and GMT are refused: EST, CST, IST, BST each name several zones.

    “9:00–10:00” may be a range of times: without UTC a minus counts only in an ISO time, or as “-0500” set off.
    """
    zone = timed["zone"]
    if zone.startswith("-") and not _is_iso_time(timed) and not re.fullmatch(" -[0-9]{4}", _with_space(timed)):
        sentence = "It may be a range of times. Write when it began, with its time zone, like “Mar 3 2024, 14:30 UTC”."
        raise UnreadableDate(sentence, "ambiguous")
    if not zone or zone in MONTH_WORDS:
        raise UnreadableDate(f"A time of day needs its time zone. {LIKE_TIME}", "no_zone")
    if not (match := ZONE.fullmatch(zone if zone[0] not in "+-" else f"utc{zone}")):
        raise UnreadableDate(f"“{zone.upper()}” is no time zone that is the same everywhere. {LIKE_TIME}", "zone")
    east = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    return -east if match["sign"] == "-" else east


def _is_iso_time(timed: re.Match[str]) -> bool:
    return timed.string[: timed.start("hour")].endswith("t")


def _with_space(timed: re.Match[str]) -> str:
    """The zone with the space before it, if there is one."""
    return timed.string[max(timed.start("zone") - 1, 0) : timed.end("zone")]


def looks_like_a_date(text: str) -> bool:
    """Whether somebody meant a date, readable or not: its words belong to dates, or one stands where a month would."""
    if len(text) > LONGEST:
        return False
    plain = plainly(text)
    if (timed := _timed(plain)) and " " not in timed["zone"]:
        plain = timed["day"]
    if MISSPELT.fullmatch(plain):
        return True
    words = re.findall(r"[^\W_]+", plain)
    known = all(word[0] in "0123456789" or word in BESIDES or _is_telling(word) for word in words)
    return known and any(_is_telling(word) for word in words)


def _is_telling(word: str) -> bool:
    if re.match(r"[0-9]{3}|q[1-4]$|ad$", word) or word in MONTH_WORDS or word in SEASON_WORDS:
        return True
    return word in RELATIVE or word in WEEKDAYS or (len(word) > 3 and bool(_nearest_month(word)))

"""The words and forms in which editors write dates: the tables that `grammar` reads by."""

import re
from fractions import Fraction

from timelines.periods import FIRST_SEASON, MONTHS, SEASONS

LONGEST = 100
LONGEST_SHORT_RANGE = 30  # years: so far “1998–03” is read as a range, and so may not be meant as a month
WINTER = FIRST_SEASON + 3
LIKE = "Write it like “Feb 24 2022”, “July 2024”, “2019”, “Dec 6–7 2025” or “since 2014”."
LIKE_TIME = "Write it like “Mar 3 2024, 14:30 UTC” or “Mar 3 2024, 14:30 UTC+02:00”."

MONTH_WORDS = {name.lower()[:n]: number for number, name in enumerate(MONTHS, 1) for n in range(3, len(name) + 1)}
SEASON_WORDS = {name.lower(): FIRST_SEASON + n for n, name in enumerate(SEASONS)} | {"fall": FIRST_SEASON + 2}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CIRCA = _words("c ca circa about around approximately approx roughly")
FILLERS = _words("the of on in year")
RELATIVE = _words("yesterday today tomorrow tonight now recently last next ago week weeks month months days")
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)
BESIDES = (
    CIRCA | FILLERS | _words("since from before prior until till to up through after present ongoing early mid late")
)

CHARACTERS = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-") | dict.fromkeys([0x27, 0x2019], "")
PLAIN = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[,;]|\.(?![0-9])|(?<![0-9])\.", " "),
        (r"~", " c "),
        (r"\b(?:first|1st) quarter\b", "q1"),
        (r"\b(?:second|2nd) quarter\b", "q2"),
        (r"\b(?:third|3rd) quarter\b", "q3"),
        (r"\b(?:fourth|4th) quarter\b", "q4"),
        (r"\s+", " "),
        (r"(?<=.)(?<!\bup)(?<!\bprior) (?:to|until|till|through) (?=.)", " - "),
        (r"^from (?=.+ - )", ""),
    )
]
VAGUE = re.compile(
    r"\b(?:(?:early|mid|late)(?:(?: - |-to-|-)(?:mid|late))?[ -]"
    r"|(?:(?:first|second|1st|2nd) half|beginning|start|middle|end|h[12]) (?:of )?)"
)
PARTS = {  # how far into its time such a wording lies
    re.compile(r"mid|middle"): Fraction(1, 3),
    re.compile(r"second|2nd|h2"): Fraction(1, 2),
    re.compile(r"late|end"): Fraction(2, 3),
}
TOKENS = {
    "iso": r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])",
    "figures": r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}(?![0-9])",
    "decade": r"(?:[0-9]{3}|a ?d [0-9]{1,2})0s\b",
    "ad": r"a ?d [0-9]{1,4}\b",
    "quarter": r"q[1-4]\b",
    "year": r"[0-9]{3,}|00?(?![0-9])",
    "day": r"[0-9]{1,2}(?:st|nd|rd|th)?",
    "word": r"[^\W\d_]+",
    "dash": r"-",
    "space": r" ",
}
TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in TOKENS.items()))
WHOLE = "month day year; day month year; year month day; month year; year month; year; decade"
QUARTERLY = "season year; year season; quarter year; year quarter"
SHARED = "month day; day month; day year; month; day; season; quarter"  # the other side of the dash says the rest
SHAPES = frozenset(f"{WHOLE}; {QUARTERLY}; {SHARED}".split("; "))
TIME = (
    r"(?P<hour>[0-9]{1,2})(?=:| ?[ap] ?m\b)"
    r"(?::(?P<minute>[0-9]{2}))?(?::(?P<second>[0-9]{2}))?(?: ?(?P<half>[ap]) ?m\b)?"
)
CLOCKS = (
    re.compile(rf"(?P<day>.*?[^ ])(?: at | |t){TIME} ?(?P<zone>.*)"),
    re.compile(rf"{TIME} ?(?P<zone>(?:[a-z][^ ]*)?) (?:on )?(?P<day>.+)"),
)
ZONE = re.compile(r"z|(?:utc|gmt) ?(?:(?P<sign>[+-])(?P<hours>[0-9]{1,2})(?::?(?P<minutes>[0-5][0-9]))?)?")
WINTER_OF_TWO_YEARS = re.compile(r"(?:the )?winter (?:of )?([0-9]{4})(?:-| ?- ?(?=[0-9]{4}))([0-9]{4}|[0-9]{2})")
MISSPELT = re.compile(r"(?:[^\W\d]+ [0-9]{1,2}|[0-9]{1,2} [^\W\d]+) [0-9]{4}")

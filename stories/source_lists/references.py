"""One line that names a report: its title, outlet, date and address, in whichever order. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from stories import web_address
from timelines.dates import EventDate, Precision, UnreadableDate

URL = re.compile(r"https?://[^\s<>\"”“]+", re.IGNORECASE)
MARKDOWN = re.compile(r"\[(?P<title>[^\[\]]{1,500})\]\((?P<url>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?P<before>^|[,;(|.:–—-]|\s-)\s*(?P<date>{MONTH}\s+{DAY},?\s+[0-9]{{4}}|{DAY}\s+{MONTH},?\s+[0-9]{{4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2})\s*(?P<after>$|[,;)|.:–—-])"
)
DASH = re.compile(r"\s+[–—|]\s+|\s+-\s+")
QUOTED = re.compile(r"[“\"](?P<title>.+)[”\"][,.]?\s*(?P<rest>.*)")
NAMED_FIRST = re.compile(r"(?P<outlet>[^“\"]{2,60}?)\s*[:,]\s*[“\"](?P<title>.+)[”\"][.,]?")
IN_BRACKETS = re.compile(r"(?P<title>.+?)\s*\((?P<outlet>[^()]{2,60})\)")
BY_STOP = re.compile(r"(?P<title>.{8,})\.\s+(?P<outlet>[^\W\d_a-z][^.]{1,40})\.?")
BY_COMMA = re.compile(r"(?P<title>.{8,}),\s+(?P<outlet>[^\W\d_a-z][^,]{1,40})")
LEFTOVERS = re.compile(r"\(\s*[,;]?\s*\)|\s+(?=\))|\s+[.:,]+\s*$")
SPACE_RUN = re.compile(r"(\s)\s+")
LONGEST = 5000  # characters: a line that names a report is shorter
EDGES = " \t\u00a0\u202f,;|–—-"
MOST_OUTLET_WORDS = 6


@dataclass(frozen=True)
class Reference:
    """What a line says of a report; "" and None for what it does not say."""

    title: str = ""
    outlet: str = ""
    url: str = ""
    published: date | None = None


def read_reference(text: str) -> Reference:
    """Take a line apart. What is recognised as nothing else stays in the title, so that no word is lost."""
    text = SPACE_RUN.sub(r"\1", text.replace("\t", " – "))
    if len(text) > LONGEST:
        return Reference(title=text)
    linked = MARKDOWN.search(text)
    if linked and (url := _usable(linked["url"])):
        rest, published = _without_date(text[: linked.start()] + text[linked.end() :])
        return Reference(linked["title"].strip(), rest.strip(EDGES + ".()"), url, published)
    text, url = _without_url(text)
    dated, published = _without_date(text)
    title, outlet = _title_and_outlet(dated.strip(EDGES), followed_by_date=published is not None)
    return Reference(title, outlet, url, published)


def _usable(url: str) -> str:
    try:
        return web_address.normalise(url)
    except web_address.UnusableAddress:
        return ""


def _without_url(text: str) -> tuple[str, str]:
    for match in URL.finditer(text):
        written = match[0].rstrip(".,;:!?»’'\"")
        while written.endswith(")") and written.count(")") > written.count("("):
            written = written[:-1]
        if url := _usable(written):
            return text[: match.start()] + " " + text[match.start() + len(written) :], url
    return text, ""


def _without_date(text: str) -> tuple[str, date | None]:
    """The last day named between separators; a date within a title stays there."""
    for match in reversed(list(DATE.finditer(text))):
        try:
            day = EventDate.parse(match["date"])
        except UnreadableDate:
            continue
        if day.precision == Precision.DAY:
            opened, closed = match["before"] == "(", match["after"] == ")"
            before = text[: match.start()] + ("" if opened and closed else match["before"] if opened else " ")
            after = match["after"] if closed and not opened else ""
            return f"{before}{after} {text[match.end() :]}".replace("( ", "("), day.earliest
    return text, None


def _title_and_outlet(text: str, *, followed_by_date: bool) -> tuple[str, str]:
    text = LEFTOVERS.sub("", text).strip(EDGES)
    quoted, named = QUOTED.fullmatch(text), NAMED_FIRST.fullmatch(text)
    if quoted and len(quoted["rest"].split()) <= MOST_OUTLET_WORDS:
        return quoted["title"].strip().rstrip(","), quoted["rest"].strip(EDGES + ".()")
    if named:
        return named["title"].strip(), named["outlet"].strip()
    divided = _by_dash(text)
    if divided:
        return divided
    patterns = [IN_BRACKETS, BY_STOP] + ([BY_COMMA] if followed_by_date else [])
    for pattern in patterns:
        match = pattern.fullmatch(text)
        if match and len(match["outlet"].split()) <= MOST_OUTLET_WORDS:
            return match["title"].strip(EDGES), match["outlet"].strip(EDGES)
    return text, ""


def _by_dash(text: str) -> tuple[str, str] | None:
    """“Title – Outlet”, or “Outlet – Title” where the first is clearly the shorter."""
    cuts = list(DASH.finditer(text))
    if not cuts:
        return None
    title, outlet = text[: cuts[-1].start()].strip(EDGES), text[cuts[-1].end() :].strip(EDGES)
    if len(cuts) == 1 and len(title.split()) <= 3 and len(outlet.split()) > MOST_OUTLET_WORDS:
        return outlet, title
    return (title, outlet) if len(outlet.split()) <= MOST_OUTLET_WORDS and title and outlet else None

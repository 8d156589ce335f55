"""The head of a pasted text: headline, standfirst, byline, status line. Pure."""

import re
from dataclasses import dataclass, field

from stories.importing.lines import Line, folded, without_emphasis
from stories.importing.report import Refused, Report

FURNITURE = frozenset(
    "top headlines|feeds|home|menu|search|topics|sections|newsletters|newsletter|subscribe|sign in|log in|front page|"
    "skip to content|skip to main content|share|print|corrections|about|contact|advertisement|back|all stories".split(
        "|"
    )
)
STATUS = re.compile(
    r"(?:last )?(?:updated|published)\b(?:\s*:)?(?P<when>.*?)"
    r"(?:\(?\s*(?P<count>[0-9]{1,6}) (?:articles?|sources?)\s*\)?)?"
)
COUNT_ALONE = re.compile(r"\(?(?P<count>[0-9]{1,6}) (?:articles?|sources?)\)?")
WHEN = re.compile(r"[0-9]|\bago\b|\btoday\b|\byesterday\b|\bnow\b")
BYLINE = re.compile(r"[Bb]y\s+[^\W\d_a-z][^.!?]{1,120}")
REACH = 8
LONGEST_HEADLINE = 300


@dataclass
class Head:
    headline: Line
    standfirst: list[Line] = field(default_factory=list)
    byline: str = ""
    status: int | None = None
    count: int | None = None
    rest: list[Line] = field(default_factory=list)


def read_head(front: list[Line], report: Report) -> Head:
    """Take the head off the lines before the first label. Raises Refused where there is no headline."""
    lines = list(front)
    while lines and folded(lines[0].text) in FURNITURE:
        report.leave_out(lines[0].number, lines[0].text, "page furniture")
        lines.pop(0)
    if not lines:
        raise Refused("No headline was found. The text begins with the story's headline, on a line of its own.")
    first = without_emphasis(lines[0].plain)
    headline = Line(lines[0].number, first.lstrip("#").strip() or lines[0].text)
    if len(headline.text) > LONGEST_HEADLINE:
        raise Refused(
            f"Line {headline.number} should be the headline, but has {len(headline.text)} characters; a headline has "
            f"at most {LONGEST_HEADLINE}. Put the headline on a line of its own.",
            headline.number,
        )
    head = Head(headline, rest=lines[1:])
    _read_status(head, report)
    _read_byline(head)
    return head


def _read_status(head: Head, report: Report) -> None:
    """The status line, where one of the next lines is one; what stands before it is standfirst and byline."""
    found = next(((i, s) for i, line in enumerate(head.rest[:REACH]) if (s := _status_of(line)) is not None), None)
    if found is None:
        return
    index, (count, has_time) = found
    line = head.rest[index]
    head.status, head.count = line.number, count
    if has_time:
        report.leave_out(line.number, line.text, "the time of an update follows from the Versions")
    for before in head.rest[:index]:
        if folded(before.text) in FURNITURE:
            report.leave_out(before.number, before.text, "page furniture")
        elif not head.byline and BYLINE.fullmatch(before.text):
            head.byline = before.text
        else:
            head.standfirst.append(before)
    head.rest = head.rest[index + 1 :]


def _read_byline(head: Head) -> None:
    if head.rest and not head.byline and BYLINE.fullmatch(head.rest[0].text) and len(head.rest[0].text.split()) <= 12:
        head.byline = head.rest.pop(0).text


def _status_of(line: Line) -> tuple[int | None, bool] | None:
    """The count that a status line announces, and whether it says a time; None for any other line."""
    if len(line.text) > 120 or line.has_bullet:
        return None
    words = folded(line.text)
    alone = COUNT_ALONE.fullmatch(words)
    if alone:
        return int(alone["count"]), False
    match = STATUS.fullmatch(words)
    if not match:
        return None
    when = match["when"].strip()
    if when and not WHEN.search(when):
        return None
    return int(match["count"]) if match["count"] else None, bool(when)

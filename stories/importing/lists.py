"""The counted lists at a pasted text's end: sub-stories and external resources. Pure."""

import re

from pydantic import ValidationError

from stories.document import ResourceEntry
from stories.importing.faults import faults
from stories.importing.lines import Labelled, Layout, Line, Part
from stories.importing.report import Code, Refused, Report
from stories.source_lists.references import URL, read_reference

ARTICLE_COUNT = re.compile(r"\s*\([0-9]{1,6}[\s\u00a0\u202f](?:articles?|sources?)\)$", re.IGNORECASE)
NUMBER = re.compile(r"^[0-9]{1,3}[.)]\s+(?=\S)")
MOST_SUB_STORIES = 500
LONGEST_HEADLINE = 300


def read_sub_stories(layout: Layout, report: Report) -> list[str]:
    """The headlines under “Dive deeper”, each once."""
    part = layout.parts.get(Part.SUB_STORIES)
    if part is None:
        return []
    headlines = dict.fromkeys(_headline(line) for line in part.lines)
    headlines.pop("", None)
    if len(headlines) > MOST_SUB_STORIES:
        raise Refused(f"{len(headlines)} sub-stories are listed; a story has at most {MOST_SUB_STORIES}.", part.line)
    if part.count is not None or headlines:
        _say_announced(part, Code.ANNOUNCED_SUB_STORIES, ("sub-story", "sub-stories"), len(headlines), report)
    return list(headlines)


def _headline(line: Line) -> str:
    headline = ARTICLE_COUNT.sub("", NUMBER.sub("", line.plain)).strip()
    if len(headline) > LONGEST_HEADLINE:
        raise Refused(
            f"Line {line.number} should be a sub-story's headline, but has {len(headline)} characters.", line.number
        )
    return headline


def read_resources(layout: Layout, report: Report) -> list[tuple[Line, ResourceEntry]]:
    """The pages under “External resources”; an address on a line of its own belongs to the title above it."""
    part = layout.parts.get(Part.RESOURCES)
    if part is None:
        return []
    entries = []
    for line in _joined(part.lines):
        told = read_reference(NUMBER.sub("", line.plain))
        if not told.url:
            report.add(
                line.number,
                Code.ANNOUNCED_RESOURCES,
                f"“{line.plain[:200]}” has no web address and was left out. Give its address, beginning with https://.",
                count=1,
            )
            continue
        entries.append((line, _entry(line, told.url, told.title, told.outlet)))
    if part.count is not None or entries:
        _say_announced(
            part, Code.ANNOUNCED_RESOURCES, ("external resource", "external resources"), len(entries), report
        )
    return entries


def _entry(line: Line, url: str, title: str, publisher: str) -> ResourceEntry:
    try:
        return ResourceEntry(url=url, title=title, publisher=publisher)
    except ValidationError as error:
        raise Refused(next(sentence for _, sentence in faults(error)), line.number) from error


def _joined(lines: list[Line]) -> list[Line]:
    joined: list[Line] = []
    for line in lines:
        if joined and URL.fullmatch(line.plain) and not line.has_bullet and not URL.search(joined[-1].text):
            joined[-1] = Line(joined[-1].number, f"{joined[-1].text} {line.plain}", joined[-1].opens)
        else:
            joined.append(line)
    return joined


def _say_announced(part: Labelled, code: Code, what: tuple[str, str], given: int, report: Report) -> None:
    count = given if part.count is None else part.count
    counted = f"{count} {what[count != 1]}"
    if not given:
        message = f"{counted} announced here, but none given. Add what is missing by hand."
    elif given == count:
        message = f"{counted} given here."
    else:
        message = f"{counted} announced here, but {given} given."
        report.add(part.line, Code.COUNT_MISMATCH, message)
    if count:
        report.add(part.line, code, message, count=count)

"""The sources of a pasted text: as many as it announces, with the details that it gives. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile

from stories.document import MAX_SOURCE_NUMBER
from stories.importing.cards import cards_joined, is_detail, with_numbers_joined
from stories.importing.lines import Labelled, Layout, Line, Part
from stories.importing.report import Code, Report
from stories.source_lists.references import URL, Reference, read_reference

NUMBERED = re.compile(
    r"(?:\[(?P<bracketed>[1-9][0-9]{0,2})\][.:)]?\s+|\((?P<round>[1-9][0-9]{0,2})\)[.:]?\s+"
    r"|(?P<plain>[1-9][0-9]{0,2})(?:[.):]\s+|\s*\t\s*))(?=\S)"
)
NOTHING = Reference()


@dataclass(frozen=True)
class Given:
    """A source as the text gives it; without details its line is that of the label or count that announces it."""

    number: int
    line: int
    reference: Reference = NOTHING

    @property
    def has_details(self) -> bool:
        return self.reference != NOTHING


@dataclass(frozen=True)
class Listed:
    """An entry of a list: its number where it has one, its line, its words."""

    number: int | None
    line: int
    text: str


def read_sources(layout: Layout, announced: list[tuple[int, int]], report: Report) -> list[Given]:
    """Every source, by number. `announced` are counts and the lines that say them, the status line's first."""
    count, line = _count(announced, report)
    own, articles = layout.parts.get(Part.SOURCES), layout.parts.get(Part.ARTICLES)
    line = own.line if own and own.lines else line or (own.line if own else 1)
    found = {number: Given(number, line) for number in range(1, min(count or 0, MAX_SOURCE_NUMBER) + 1)}
    for under in (own, articles):
        if under:
            _add(found, under, count, report)
    _share_details(found, report)
    if articles and articles.count is not None and articles.lines:
        listed = sum(1 for _ in _entries(articles, report, silent=True))
        if listed != articles.count:
            report.add(
                articles.line,
                Code.COUNT_MISMATCH,
                f"The list announces {articles.count} articles and gives {listed}.",
            )
    return [found[number] for number in sorted(found)]


def _count(announced: list[tuple[int, int]], report: Report) -> tuple[int | None, int | None]:
    """The highest count that is announced, and the first line that says one; counts that differ are reported."""
    if not announced:
        return None, None
    count, (first, line) = max(announced)[0], announced[0]
    for other, where in announced[1:]:
        if other != first:
            report.add(where, Code.COUNT_MISMATCH, f"{other} articles are announced here, but {first} in line {line}.")
    if count > MAX_SOURCE_NUMBER:
        report.add(
            line,
            Code.COUNT_MISMATCH,
            f"This line announces {count} articles. A story has at most {MAX_SOURCE_NUMBER} sources.",
        )
    return count, line


def _add(found: dict[int, Given], under: Labelled, count: int | None, report: Report) -> None:
    """Give the entries of a list to their numbers."""
    known = {word: number for number in sorted(found, reverse=True) for word in _names(found[number].reference)}
    waiting = sorted(number for number in found if not found[number].has_details)
    for entry in _entries(under, report):
        reference = read_reference(entry.text)
        number = entry.number or next((known[word] for word in _names(reference) if word in known), None)
        if number is None:
            waiting = list(dropwhile(lambda n: found[n].has_details, waiting))
            number = waiting[0] if waiting else max(found, default=0) + 1
            report.add(
                entry.line,
                Code.SOURCE_WITHOUT_DETAILS,
                f"“{entry.text[:60]}” is listed without a number and was taken as source {number}. Check the number.",
                number=number,
            )
        if number > MAX_SOURCE_NUMBER:
            report.leave_out(entry.line, entry.text, f"a story has at most {MAX_SOURCE_NUMBER} sources")
            continue
        if count is not None and number > count and number not in found:
            report.add(
                entry.line, Code.COUNT_MISMATCH, f"Source {number} is given, but only {count} articles are announced."
            )
        _merge(found, Given(number, entry.line, reference), entry.text, report)
        for word in _names(found[number].reference):
            known.setdefault(word, number)


def _merge(found: dict[int, Given], given: Given, text: str, report: Report) -> None:
    known = found.get(given.number)
    if known is None or not known.has_details:
        found[given.number] = given
        return
    mine, theirs = known.reference, given.reference
    merged = Reference(
        mine.title or theirs.title,
        mine.outlet or theirs.outlet,
        mine.url or theirs.url,
        mine.published or theirs.published,
    )
    found[given.number] = replace(known, reference=merged)
    lost = [told for told in (theirs.title, theirs.outlet, theirs.url) if told and told not in _told(merged)]
    if lost:
        report.add(
            given.line,
            Code.COUNT_MISMATCH,
            f"Source {given.number} is given twice. What line {known.line} says of it stands, not “{text[:200]}”.",
            number=given.number,
        )


def _told(reference: Reference) -> tuple[str, str, str]:
    return reference.title, reference.outlet, reference.url


def _names(reference: Reference) -> list[str]:
    """By what the same report is known again: its address, or its title."""
    return [name for name in (reference.url, reference.title) if name]


def _share_details(found: dict[int, Given], report: Report) -> None:
    """One address is one report: a second source of the same address takes the first one's details."""
    first: dict[str, Given] = {}
    for number in sorted(found):
        given = found[number]
        same = first.setdefault(given.reference.url, given) if given.reference.url else given
        if same.reference != given.reference:
            report.add(
                given.line,
                Code.COUNT_MISMATCH,
                f"Sources {same.number} and {number} have the same address; {number} takes the details "
                f"of {same.number}, not “{given.reference.title[:100]}”, {given.reference.outlet or 'no outlet'}.",
                number=number,
            )
            found[number] = replace(given, reference=same.reference)


def _entries(under: Labelled, report: Report, *, silent: bool = False) -> Iterator[Listed]:
    """The list's entries; lines that only go on with the entry before them are joined to it."""
    lines = with_numbers_joined(under.lines)
    numbered = any(NUMBERED.match(line.plain) for line in lines)
    current: Listed | None = None
    for line in lines if numbered else cards_joined(lines):
        match = NUMBERED.match(line.plain)
        if match:
            number = int(match["bracketed"] or match["round"] or match["plain"])
            started: Listed | None = Listed(number, line.number, line.plain[match.end() :])
        elif current is not None and (numbered or _goes_on(line, current)):
            current = replace(current, text=f"{current.text} – {line.plain}")
            continue
        elif numbered:
            if not silent:
                report.leave_out(line.number, line.text, "it stands before the first numbered source")
            continue
        else:
            started = Listed(None, line.number, line.plain)
        if current is not None:
            yield current
        current = started
    if current is not None:
        yield current


def _goes_on(line: Line, current: Listed) -> bool:
    alone = is_detail(line)
    return alone and not line.has_bullet and not (URL.search(line.plain) and URL.search(current.text))

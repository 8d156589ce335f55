"""A pasted text as numbered lines, and the parts that its labels divide it into. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from stories.document import is_visible
from stories.importing.report import Refused, Report
from timelines.dates import match_date_prefix

MOST_LINES, LONGEST_LINE = 60_000, 1_000_000

FOLDED = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2010": "-", "\u2011": "-", "\u2013": "-"})
ZERO_WIDTH = "\u200b\u2060\ufeff"  # web pages leave them behind
EMPHASISED = re.compile(r"(?:#+\s*)?(?P<mark>\*{1,3}|_{1,3})(?P<words>[^*_\s][^*_]*?)\s*(?P=mark)\s*:?")
BULLET = re.compile(r"^\s*[•·‣◦▪●*-]\s+")


def folded(text: str) -> str:
    """For matching only: spaces that do not break as spaces, hyphens and en dashes as hyphens, in lower case."""
    return text.translate(FOLDED).casefold().strip()


def without_emphasis(text: str) -> str:
    """The words of a line that is emphasised from its beginning to its end, as “**Sources**” is; else the line."""
    match = EMPHASISED.fullmatch(text)
    return match["words"] if match else text


@dataclass(frozen=True)
class Line:
    """A line that is not blank. `number` counts from 1 in the file; `opens` says that a blank line stands before it."""

    number: int
    text: str
    opens: bool = True

    @property
    def plain(self) -> str:
        """Without its bullet."""
        return BULLET.sub("", self.text).strip()

    @property
    def has_bullet(self) -> bool:
        return bool(BULLET.match(self.text))


class Part(StrEnum):
    SOURCES = "Sources"
    TIMELINE = "Timeline"
    SUB_STORIES = "Dive deeper"
    ARTICLES = "All related articles"
    RESOURCES = "External resources"


COUNT = r"\s*:?\s*(?:\(\s*(?P<count>[0-9]{1,6})\s*[\w -]*\))?\s*:?"
LABELS = {
    part: re.compile(rf"(?:#+\s*)?(?:{names}){COUNT}")
    for part, names in (
        (Part.SOURCES, "sources|references"),
        (Part.TIMELINE, "timeline(?: of events)?|key dates|chronology"),
        (Part.SUB_STORIES, "dive deeper|sub-?stories"),
        (Part.ARTICLES, "(?:all )?related articles|all articles"),
        (Part.RESOURCES, "external (?:resources|links)"),
    )
}


@dataclass
class Labelled:
    """What stands under a label. `count` is what the label announces; `line` the label's own number."""

    line: int
    count: int | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass
class Layout:
    """The text taken apart: what stands before the first label, and what under each."""

    front: list[Line] = field(default_factory=list)
    parts: dict[Part, Labelled] = field(default_factory=dict)


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank; a paragraph that was broken into lines of one width is one line again.

    Raises Refused for a text of more lines than a story can have, or with a line longer than a section can be.
    """
    if text.count("\n") > MOST_LINES:
        raise Refused(f"The text has more than {MOST_LINES} lines: it is no story.", MOST_LINES)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise Refused(f"Line {number} has {len(line)} characters; {LONGEST_LINE} are the most.", number)
    return [line for block in _blocks(text) for line in _joined(block)]


def _blocks(text: str) -> Iterator[list[Line]]:
    block: list[Line] = []
    for number, written in enumerate(text.split("\n"), 1):
        if is_visible(written):
            block.append(Line(number, _without_edges(written), opens=not block))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _joined(block: list[Line]) -> list[Line]:
    """One line, if one was broken into these; of dated lines, each with those that go on with it."""
    if not _is_wrapped(block):
        return block
    dated = [index for index, line in enumerate(block) if match_date_prefix(line.plain)]
    starts = dated if len(dated) > 1 and dated[0] == 0 else [0]
    ends = [*starts[1:], len(block)]
    parts = [block[start:end] for start, end in zip(starts, ends, strict=True)]
    return [replace(part[0], text=" ".join(line.text for line in part)) for part in parts]


def _without_edges(written: str) -> str:
    before = ""
    while written != before:
        before, written = written, written.strip().strip(ZERO_WIDTH)
    return written


def _is_wrapped(block: list[Line]) -> bool:
    """Lines nearly as long as one another, of which one goes on in lower case."""
    if len(block) < 2:
        return False
    lengths = [len(line.text) for line in block[:-1]]
    alike = min(lengths) >= 40 and max(lengths) <= 110 and max(lengths) - min(lengths) <= 20
    return alike and len(block[-1].text) <= max(lengths) and any(line.text[0].islower() for line in block[1:])


def label_of(line: Line) -> tuple[Part, int | None] | None:
    """Which part the line is the label of, and the count that it announces."""
    if len(line.text) > 80:
        return None
    words = folded(without_emphasis(line.text))
    for part, pattern in LABELS.items():
        match = pattern.fullmatch(words)
        if match:
            return part, int(match["count"]) if match["count"] else None
    return None


def layout_of(lines: list[Line], report: Report) -> Layout:
    """Divide the lines at their labels; a label that comes twice goes on with its part."""
    layout = Layout()
    under = layout.front
    for line in lines:
        label = label_of(line)
        if label is None:
            under.append(line)
            continue
        if label[0] in layout.parts:
            report.leave_out(line.number, line.text, f"the label stands in line {layout.parts[label[0]].line} already")
        part = layout.parts.setdefault(label[0], Labelled(line.number))
        part.count = label[1] if part.count is None else part.count
        under = part.lines
    return layout

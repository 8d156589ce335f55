"""The sections of a pasted text: headings on lines of their own, or run into their paragraphs. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from stories.importing.headings import MOST_WORDS, head_end, split_heading
from stories.importing.lines import Line, without_emphasis
from stories.importing.report import Code, Report
from stories.importing.tokens import Told, tokens_of, told_by

MARKER = re.compile(r"\[[0-9]")
CLOSING = "”’\"'»)"
EMPHASISED_FIRST = re.compile(
    r"(?P<mark>\*\*|__)(?P<heading>[^*_]{2,150})(?P=mark)[.:]?\s*[–—-]?\s*(?P<body>\S.*)", re.DOTALL
)
LONGEST_HEADING = 200
MOST_HEADING_WORDS = 20


@dataclass
class PastedSection:
    heading: str
    line: int
    paragraphs: list[Line] = field(default_factory=list)
    certain: bool = False


def read_sections(lines: list[Line], elsewhere: Iterable[str], report: Report) -> list[PastedSection]:
    """The sections, in order. `elsewhere` is running text of the same story that tells names, such as its timeline."""
    told = _told(lines, elsewhere)
    sections: list[PastedSection] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _is_heading(line, following, told):
            heading = without_emphasis(line.text).lstrip("#").strip()
            sections.append(PastedSection(heading, line.number, certain=True))
        elif marked := EMPHASISED_FIRST.fullmatch(line.text):
            body = Line(line.number, marked["body"])
            sections.append(PastedSection(marked["heading"].strip(" .:"), line.number, [body], certain=True))
        elif sections and sections[-1].certain and not sections[-1].paragraphs:
            sections[-1].paragraphs.append(line)
        else:
            _add_run_in(sections, line, told, report)
    return sections


def _told(lines: list[Line], elsewhere: Iterable[str]) -> Told:
    return told_by([*(_after_head(line.text) for line in lines), *elsewhere])


def _after_head(text: str) -> str:
    """The paragraph from where it is running text for sure."""
    tokens = tokens_of(text, MOST_WORDS + 12)
    end = head_end(tokens)
    return text[tokens[end].start :] if end < len(tokens) else ""


def _is_heading(line: Line, following: Line | None, told: Told) -> bool:
    text = line.text
    if (text.startswith("#") and text.strip("# ")) or without_emphasis(text) != text:
        return True
    if len(text) > LONGEST_HEADING or len(text.split()) > MOST_HEADING_WORDS or MARKER.search(text) or line.has_bullet:
        return False
    if text.rstrip(CLOSING)[-1:] in {".", ";", ":", ",", "…", "!"} and not _ends_abbreviated(text):
        return False
    return following is not None or split_heading(text, told) is None


def _ends_abbreviated(text: str) -> bool:
    last = tokens_of(text)[-1]
    return last.core.endswith(".")


def _add_run_in(sections: list[PastedSection], line: Line, told: Told, report: Report) -> None:
    """A section whose heading stands before its paragraph on one line, or a further paragraph."""
    split = split_heading(line.text, told)
    if split and not (sections and sections[-1].certain and len(split.heading.split()) < 5):
        sections.append(PastedSection(split.heading, line.number, [Line(line.number, split.body)]))
        report.add(
            line.number,
            Code.GUESSED_HEADING,
            f"The heading “{split.heading}” was split from its paragraph, which now begins "
            f"“{_beginning(split.body)} …”. Check where the heading ends.",
        )
    elif sections:
        sections[-1].paragraphs.append(line)
        if not sections[-1].certain:
            _say_unsplit(line, f"It was added to the section “{sections[-1].heading or 'without heading'}”.", report)
    else:
        sections.append(PastedSection("", line.number, [line]))
        _say_unsplit(line, "Its section has no heading.", report)


def _say_unsplit(line: Line, outcome: str, report: Report) -> None:
    report.add(
        line.number,
        Code.GUESSED_HEADING,
        f"No heading could be told in the paragraph “{_beginning(line.text)} …”. {outcome} "
        "If it begins with one, put the heading on a line of its own.",
    )


def _beginning(text: str) -> str:
    return " ".join(text.split()[:6])[:80]

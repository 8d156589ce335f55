"""What an import has to tell its editor: each guess and each fault, by line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any


class Code(StrEnum):
    GUESSED_HEADING = "guessed_heading"
    UNRESOLVED_MARKER = "unresolved_marker"
    UNREADABLE_DATE = "unreadable_date"
    OUT_OF_ORDER = "out_of_order"
    ANNOUNCED_SUB_STORIES = "announced_sub_stories"
    ANNOUNCED_RESOURCES = "announced_resources"
    COUNT_MISMATCH = "count_mismatch"
    SOURCE_WITHOUT_DETAILS = "source_without_details"
    NEVER_CITED = "never_cited"
    PICTURE_WITHOUT_FILE = "picture_without_file"
    ALT_EQUALS_CAPTION = "alt_equals_caption"
    NAME_CONFLICT = "name_conflict"
    GUESSED_LANGUAGE = "guessed_language"
    REFUSED = "refused"


GROUPED = {
    Code.SOURCE_WITHOUT_DETAILS: "Sources without details (title, outlet, address)",
    Code.NEVER_CITED: "Sources never cited",
}


@dataclass(frozen=True)
class Entry:
    """One remark. `line` counts from 1; `number` is the source or picture in question, `count` what is announced."""

    line: int
    code: Code
    message: str
    count: int | None = None
    number: int | None = None

    def as_json(self) -> dict[str, Any]:
        values: dict[str, Any] = {"line": self.line, "code": self.code.value, "message": self.message}
        return values | {name: value for name in ("count", "number") if (value := getattr(self, name)) is not None}


class Refused(Exception):
    """The input cannot become a story. `line` is where, counted from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        self.line = line
        super().__init__(message)

    def entry(self) -> Entry:
        return Entry(self.line, Code.REFUSED, str(self))


@dataclass(frozen=True)
class Aside:
    """A line that is page furniture, or a value that the newsroom derives itself: read, and left out."""

    line: int
    text: str
    reason: str


@dataclass
class Report:
    """The remarks in the making."""

    entries: list[Entry] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)

    def add(self, line: int, code: Code, message: str, *, count: int | None = None, number: int | None = None) -> None:
        self.entries.append(Entry(line, code, message, count, number))

    def leave_out(self, line: int, text: str, reason: str) -> None:
        self.asides.append(Aside(line, text, reason))

    def in_order(self) -> list[Entry]:
        return sorted(self.entries, key=lambda entry: (entry.line, list(Code).index(entry.code), entry.number or 0))


def grouped(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """The remarks with their sentences; what is said of many sources alike is said once, with the first one's entry."""
    said = []
    for (_, code), group in groupby(entries, key=lambda entry: (entry.line, entry.code)):
        alike = list(group)
        if code in GROUPED and len(alike) > 1:
            said.append((alike[0], f"{GROUPED[code]}: {spans([entry.number for entry in alike if entry.number])}."))
        else:
            said += [(entry, entry.message) for entry in alike]
    return said


def in_words(entries: Iterable[Entry]) -> list[str]:
    """The remarks as lines for a person."""
    return [f"line {entry.line}  {entry.code}  {sentence}" for entry, sentence in grouped(entries)]


def spans(numbers: Iterable[int]) -> str:
    """`[1, 2, 3, 7]` as “1–3, 7”."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)

"""What a list of sources was read as: its entries, what could not be read, and what is a guess. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from stories.document import MAX_SOURCE_NUMBER, SourceEntry

MOST_ENTRIES = 1_500  # a story has at most 999 sources, but some may be in a list twice


class Kind(StrEnum):
    LINES = "lines"
    TABLE = "a table"
    BIBTEX = "BibTeX"
    RIS = "RIS"
    CSL_JSON = "CSL-JSON"


@dataclass(frozen=True)
class Given:
    """An entry as the list gives it, its values not yet checked.

    `place` is where it stands, for an editor (“Line 3”); `words` are its own, to the letter, so that they can be given
    back. `published` is as written. `notes` are sentences about what is a guess or was left aside.
    """

    place: str
    words: str
    url: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    archive_url: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something that could not be read: where it stands, why, and its words to the letter."""

    place: str
    sentence: str
    words: str


@dataclass(frozen=True)
class Note:
    """Something that an editor should look at: a guess, or what was left aside."""

    place: str
    sentence: str


Found = Given | Problem | Note


@dataclass(frozen=True)
class SourceList:
    """A pasted list, read. The entries are numbered from 1 in their order; `unread` is what is left to be mended."""

    kind: Kind | None = None
    entries: list[SourceEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: str = ""


def short(words: str, longest: int = 60) -> str:
    """The beginning of something, on one line, for a sentence."""
    line = " ".join(words[: 4 * longest].split())
    return line if len(line) <= longest and len(words) <= 4 * longest else f"{line[:longest]}…"


def too_many(count: int) -> str:
    """A refusal of more entries than any story has sources, else ""."""
    if count <= MOST_ENTRIES:
        return ""
    return f"The list has about {count:,} entries, and a story at most {MAX_SOURCE_NUMBER} sources. Paste a part of it."

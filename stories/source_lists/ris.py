"""RIS: each record is found here, so that none is lost, and taken apart by rispy. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rispy

from stories.source_lists.found import Found, Given, Note, Problem
from stories.source_lists.values import spoken, web_page_of_doi

LOOKS_LIKE = re.compile(r"^[ \t]*TY {0,3}- ?", re.MULTILINE)
TAG = re.compile(r"[ \t]*(?P<tag>[A-Z][A-Z0-9]) {0,3}-(?: |$)(?P<value>.*)")
TITLES = ("title", "primary_title", "translated_title", "short_title")
OUTLETS = (
    "secondary_title",
    "alternate_title3",
    "journal_name",
    "alternate_title2",
    "alternate_title1",
    "publisher",
    "name_of_database",
)
BOOKS = frozenset({"BOOK", "EBOOK", "RPRT", "THES", "WEB"})
DATES = ("date", "publication_year", "year")
AUTHORS = ("authors", "first_authors")
DATE = re.compile(r"([0-9]{4})(?:[/-]([0-9]{1,2})?(?:[/-]([0-9]{1,2})?(?:/.*)?)?)?")
LONGEST = 50_000


@dataclass
class Record:
    """The lines of a record, from its TY to its ER."""

    line: int
    lines: list[str]
    is_closed: bool = False

    @property
    def words(self) -> str:
        return "\n".join(self.lines).rstrip()


def read_ris(text: str) -> Iterator[Found]:
    """Each record of the file; what stands outside of records is reported."""
    for record in _records(text):
        place = f"Line {record.line}"
        if _tag(record.lines[0]) != "TY":
            yield Problem(
                place, "This stands outside of a record, which begins with TY and ends with ER.", record.words
            )
        elif len(record.words) > LONGEST:
            yield Problem(place, f"This record is longer than {LONGEST} characters.", record.words)
        else:
            yield from _read(record, place)


def _tag(line: str) -> str:
    match = TAG.fullmatch(line)
    return match["tag"] if match else ""


def _records(text: str) -> Iterator[Record]:
    record: Record | None = None
    for number, line in enumerate(text.split("\n"), 1):
        tag = _tag(line)
        if record is not None and (tag == "TY" or (record.is_closed and line.strip())):
            yield record
            record = None
        if record is None and line.strip():
            record = Record(number, [], is_closed=False)
        if record is not None and not (record.is_closed and not line.strip()):
            record.lines.append(line)
            record.is_closed = record.is_closed or tag == "ER"
    if record is not None:
        yield record


def _read(record: Record, place: str) -> Iterator[Found]:
    try:
        told = rispy.loads(_in_shape(record), delimiter_tags_mapping={})[0]
    except (IndexError, KeyError, TypeError, ValueError, AttributeError):
        yield Problem(place, "This record cannot be read.", record.words)
        return
    if not record.is_closed:
        yield Note(place, "The record has no end (ER); it was taken to end before the next.")
    kind = str(told.get("type_of_reference", ""))
    urls = [url for url in map(str, told.get("urls", [])) if url.strip()]
    yield Given(
        place,
        record.words,
        url=(urls[0] if urls else "") or web_page_of_doi(str(told.get("doi", ""))),
        title=_first(told, TITLES),
        outlet=_first(told, OUTLETS[::-1] if kind in BOOKS else OUTLETS),
        published=_published(told),
        authors=tuple(spoken(str(name)) for name in next((told[key] for key in AUTHORS if told.get(key)), [])),
        language=_first(told, ("language",)),
        notes=tuple(f"Its further address {url[:200]} was left aside." for url in urls[1:5]),
    )


def _in_shape(record: Record) -> str:
    """The record with each tag as rispy wants it, and with an end."""
    lines = []
    for line in record.lines:
        match = TAG.fullmatch(line)
        lines.append(f"{match['tag']}  - {match['value'].strip()}" if match else f" {line.strip()}")
    return "\n".join([*lines, "ER  - "])


def _first(told: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((str(told[name]).strip() for name in names if str(told.get(name) or "").strip()), "")


def _published(told: dict[str, Any]) -> str:
    """The fullest of its dates; RIS writes 2026/02/18/ and leaves blank what it does not know."""
    return max((_date(_first(told, (name,))) for name in DATES), key=len, default="")


def _date(written: str) -> str:
    match = DATE.fullmatch(written)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else written

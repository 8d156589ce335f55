"""What an import has to tell, each remark at the field that it is about. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from stories.document import StoryDocument
from stories.importing.fields import ADDED, Fields, headlines, rows
from stories.importing.findings import find
from stories.importing.imported import Imported
from stories.importing.report import Code, Entry, Report, grouped
from timelines.dates import split_wording

TOLD_ANEW = frozenset(
    {
        Code.UNRESOLVED_MARKER,
        Code.NEVER_CITED,
        Code.ALT_EQUALS_CAPTION,
        Code.NAME_CONFLICT,
        Code.PICTURE_WITHOUT_FILE,
        Code.UNREADABLE_DATE,
    }
)
SHORT = {
    Code.GUESSED_HEADING: "A guess: check where the heading ends and the text begins.",
    Code.SOURCE_WITHOUT_DETAILS: "No details yet.",
    Code.NEVER_CITED: "Never cited.",
    Code.PICTURE_WITHOUT_FILE: "Its file is uploaded in the draft.",
    Code.GUESSED_LANGUAGE: "A guess.",
}
LONGEST_QUOTE = 160


@dataclass(frozen=True)
class Remark:
    """A remark with the field it leads to ("" for none) and the words of its line ("" where there is no such line)."""

    line: int
    code: str
    sentence: str
    field: str
    words: str = ""


def remarks(imported: Imported, document: StoryDocument, fields: Fields, text: str) -> list[Remark]:
    """All that is to be told of the document as it is mended now, in the order of the text; asides come last."""
    lines = [] if imported.is_whole else text.split("\n")
    place = _Places(imported, document, fields)
    told = [
        Remark(entry.line, entry.code.value, sentence, place.of(entry), _words(lines, entry.line))
        for entry, sentence in grouped(_entries(imported, document, fields))
    ]
    asides = [
        Remark(aside.line, "left_out", f"Left out: {aside.reason}.", "text", aside.text[:LONGEST_QUOTE])
        for aside in imported.asides
    ]
    return told + asides


def marks(imported: Imported, document: StoryDocument, fields: Fields) -> dict[str, list[str]]:
    """By the name of its field, what is to be said beside it."""
    place = _Places(imported, document, fields)
    found: dict[str, list[str]] = {}
    for entry in _entries(imported, document, fields):
        said, beside = SHORT.get(entry.code, entry.message), found.setdefault(place.of(entry), [])
        beside += [said] * (said not in beside)
    for row in rows(fields, "timeline"):
        worded = split_wording(row.values["date"])
        if worded.edtf and worded.label:
            found.setdefault(row.name("date"), []).append(f"Kept in these words; it stands as {worded.edtf}.")
    return found


def _words(lines: list[str], number: int) -> str:
    words = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def _entries(imported: Imported, document: StoryDocument, fields: Fields) -> list[Entry]:
    """The report of the reading without what was mended since, and what the document shows by now."""
    report = Report()
    find(document, imported.places, report)
    anew = [entry for entry in report.entries if entry.code in TOLD_ANEW | {Code.SOURCE_WITHOUT_DETAILS}]
    found = [*_as_read(imported, document, fields), *anew, *_unreadable(imported, document)]
    order = list(Code)
    return sorted(found, key=lambda entry: (entry.line, order.index(entry.code), entry.number or 0))


def _as_read(imported: Imported, document: StoryDocument, fields: Fields) -> Iterator[Entry]:
    known = imported.document or document
    before = {section.id: section for section in known.sections}
    touched = {s.id for s in document.sections if s.id in before and _is_mended(s, before[s.id])}
    places = _Places(imported, document, fields)
    given = {
        Code.ANNOUNCED_SUB_STORIES: len(headlines(fields)),
        Code.ANNOUNCED_RESOURCES: len(document.resources),
    }
    for entry in imported.report:
        if entry.code in TOLD_ANEW or (entry.code == Code.SOURCE_WITHOUT_DETAILS and "has no details" in entry.message):
            continue
        if entry.code == Code.GUESSED_HEADING and places.passage(entry.line) in touched:
            continue
        if entry.code == Code.GUESSED_LANGUAGE and document.language != known.language:
            continue
        if entry.code in given and given[entry.code] >= (entry.count or 0):
            continue
        yield entry


def _is_mended(section: object, before: object) -> bool:
    return any(getattr(section, name) != getattr(before, name) for name in ("heading", "body"))


def _unreadable(imported: Imported, document: StoryDocument) -> Iterator[Entry]:
    """As the reading told it where the wording is still the same, else what is wrong with the new one."""
    read = {entry.line: entry for entry in imported.report if entry.code == Code.UNREADABLE_DATE}
    known = {event.id: event.label for event in (imported.document or document).timeline}
    for event in document.timeline:
        if event.date:
            continue
        lines = imported.places.passages.get(event.id, ())
        line = lines[0].number if lines else imported.places.default
        told = read.get(line) if known.get(event.id) == event.label and not imported.is_whole else None
        missing = f"“{event.text[:60]}” has no date."
        wrong = split_wording(event.label).error or missing
        yield told or Entry(line, Code.UNREADABLE_DATE, f"{wrong} The event is kept without one.")


class _Places:
    """Where on the form the parts of the document are."""

    def __init__(self, imported: Imported, document: StoryDocument, fields: Fields) -> None:
        self.sections = {row.values["id"]: row for row in rows(fields, "sections")}
        self.events = {row.values["id"]: row for row in rows(fields, "timeline")}
        self.sources = {row.values["number"]: row for row in rows(fields, "sources")}
        self.pictures = list(rows(fields, "gallery"))
        self.alt_texts = {line: index for index, line in enumerate(imported.places.alt_texts)}
        self.lines = {
            line.number: passage
            for passage, lines in imported.places.passages.items()
            for line in lines
            if not imported.is_whole
        }

    def passage(self, line: int) -> str:
        """The id of the passage that the line is in, "" for none."""
        return self.lines.get(line, "")

    def of(self, entry: Entry) -> str:
        """The name of the field that the entry is about, or of the part; "text" where it is about no field."""
        match entry.code:
            case Code.GUESSED_LANGUAGE:
                return "language"
            case Code.ANNOUNCED_SUB_STORIES:
                return ADDED
            case Code.ANNOUNCED_RESOURCES:
                return "resources-part"
            case Code.PICTURE_WITHOUT_FILE | Code.ALT_EQUALS_CAPTION:
                return self._of_picture(entry)
            case Code.UNREADABLE_DATE | Code.OUT_OF_ORDER:
                return self._of_passage(entry, "timeline-part", date=True)
            case Code.UNRESOLVED_MARKER | Code.NAME_CONFLICT | Code.GUESSED_HEADING:
                return self._of_passage(entry, "sections-part", date=False)
        source = self.sources.get(str(entry.number))
        return source.name("url") if source else self._of_passage(entry, "sources-part", date=False)

    def _of_picture(self, entry: Entry) -> str:
        name = "alt_text" if entry.code == Code.ALT_EQUALS_CAPTION else "caption"
        number = entry.number - 1 if entry.number else self.alt_texts.get(entry.line, 0)
        return self.pictures[number].name(name) if number < len(self.pictures) else "gallery-part"

    def _of_passage(self, entry: Entry, otherwise: str, *, date: bool) -> str:
        passage = self.passage(entry.line)
        row = self.sections.get(passage) or self.events.get(passage)
        if row is None:
            return otherwise
        if row.part == "timeline":
            return row.name("date" if date else "text")
        return row.name("heading" if entry.code == Code.GUESSED_HEADING else "body")

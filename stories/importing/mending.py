"""What was read of a text, as somebody mended it: the fields become the document that is stored. Pure.

What the fields do not carry (an archive address, links in a text that was not touched) stays as it was read.
"""

import html
import re
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from stories.document import StoryDocument, complete, direction_of
from stories.importing.decoding import CONTROL
from stories.importing.faults import MOST, Place, faults, where
from stories.importing.fields import ADDED, HEAD, Fields, Row, body_as_text, headlines, rows
from stories.importing.imported import Imported
from stories.importing.lists import LONGEST_HEADLINE, MOST_SUB_STORIES
from stories.importing.pasted_text import named_by
from stories.importing.story_json import without_sentences
from timelines.dates import EventDate, Precision, UnreadableDate, WordedDate, split_wording

HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
PARAGRAPHS = re.compile(r"\n\s*")
PASSAGE_ID = re.compile(r"[st][1-9][0-9]{0,8}")
Entries = list[tuple[dict[str, Any], Row]]


@dataclass
class Mended:
    """The document, or None with the faults: by the name of their field, and those of none."""

    document: StoryDocument | None = None
    sub_stories: tuple[str, ...] = ()
    faults: dict[str, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    def refuse(self, name: str, sentence: str) -> None:
        self.faults.setdefault(name, []).append(sentence)

    @property
    def is_refused(self) -> bool:
        return bool(self.faults or self.general)


def mend(imported: Imported, fields: Fields) -> Mended:
    """The document that the fields describe, with every fault at its field. Never raises for what was typed."""
    base = imported.document
    mended = Mended()
    if base is None:
        mended.general.append("Nothing was read, so there is nothing to save. Read the text again.")
        return mended
    _refuse_control_characters(fields, mended)
    parts = {
        "sections": _sections(fields, base),
        "timeline": _timeline(fields, base),
        "sources": _sources(fields, base, mended),
        "gallery": _updated(fields, "gallery", base.gallery),
        "resources": _resources(fields, mended),
    }
    mended.sub_stories = _sub_stories(fields, mended)
    values = _head(imported, base, fields) | {name: [value for value, _ in part] for name, part in parts.items()}
    try:
        document = complete(StoryDocument.model_validate(values))
    except ValidationError as error:
        _tell(error, parts, mended)
        return mended
    mended.document = None if mended.is_refused else document
    return mended


def as_mended(imported: Imported, mended: Mended) -> Imported:
    """The import with the mended document; as it was read where that has faults."""
    known = imported.document
    if mended.document is None or known is None:
        return imported
    document = mended.document
    if not any(passage.sentences for passage in known.passages()):
        document = without_sentences(document)
    language = imported.says_language or document.language != known.language
    return replace(imported, document=document, sub_stories=mended.sub_stories, says_language=language)


def _head(imported: Imported, base: StoryDocument, fields: Fields) -> dict[str, Any]:
    """A text's story is named by its headline as it is now; a StoryDocument says itself how it is named."""
    head = {name: fields.get(name, "").strip() for name in HEAD}
    if head["headline"] == base.headline.strip():
        head["headline"] = base.headline
    names: dict[str, Any] = {}
    if not imported.is_whole and head["headline"] != base.headline:
        names = named_by(head["headline"]) if head["headline"] else {"slug": ""}
    return base.model_dump() | names | head | {"direction": direction_of(head["language"])}


def _kept(fields: Fields, part: str) -> list[Row]:
    return [row for row in rows(fields, part) if not row.leave and not row.is_blank]


def _updated(fields: Fields, part: str, known: list[Any]) -> Entries:
    """What was read of each row, with what was typed in its place."""
    return [
        ((known[row.index].model_dump() if row.index < len(known) else {}) | dict(row.values), row)
        for row in _kept(fields, part)
    ]


def _sections(fields: Fields, base: StoryDocument) -> Entries:
    """A line of the text that begins with # begins a further section."""
    known = {entry.id: entry for entry in base.sections}
    last = max((int(key[1:]) for key in known), default=0)
    entries: Entries = []
    for row in _kept(fields, "sections"):
        before = known.get(row.values["id"])
        heading, text = row.values["heading"].strip(), row.values["body"]
        if before is not None and text.strip() == body_as_text(before.body).strip():
            entries.append((before.model_dump() | {"heading": heading}, row))
            continue
        for key, (title, paragraphs) in enumerate(_divided(heading, text)):
            last += key > 0 or before is None
            own = {"id": f"s{last}"} if key or before is None else {"id": before.id, "sentences": before.sentences}
            body = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
            entries.append(({**own, "heading": title, "body": body}, row))
    return entries


def _divided(heading: str, text: str) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = [(heading, [])]
    for paragraph in filter(None, PARAGRAPHS.split(text.strip())):
        if marked := HEADING.match(paragraph):
            parts.append((paragraph[marked.end() :].strip(), []))
        else:
            parts[-1][1].append(paragraph)
    return parts if any(parts[0]) or len(parts) == 1 else parts[1:]


def _timeline(fields: Fields, base: StoryDocument) -> Entries:
    known = {entry.id: entry for entry in base.timeline}
    entries: Entries = []
    for row in _kept(fields, "timeline"):
        before = known.get(row.values["id"])
        date = split_wording(row.values["date"])
        if before is not None and row.values["date"].strip() == WordedDate(before.date, before.label).wording:
            date = WordedDate(before.date, before.label)
        own = before.model_dump() if before is not None else {"id": row.values["id"]}
        entries.append((own | {"date": date.edtf, "label": date.label, "text": row.values["text"].strip()}, row))
    return entries


def _sources(fields: Fields, base: StoryDocument, mended: Mended) -> Entries:
    known = {entry.number: entry for entry in base.sources}
    kinds = {entry.outlet: entry.outlet_kind for entry in base.sources}
    entries: Entries = []
    for row in rows(fields, "sources"):
        said = row.values["number"]
        number = int(said) if said.isdecimal() and len(said) < 4 else 0
        if row.leave or number not in known:
            continue
        told = {name: row.values[name].strip() for name in ("url", "title", "outlet")}
        told |= {"published": _day(row, mended), "outlet_kind": kinds.get(told["outlet"], "")}
        entries.append((known[number].model_dump() | told, row))
    _refuse_one_address_said_twice(entries, mended)
    return entries


def _day(row: Row, mended: Mended) -> Any:
    wording = row.values["published"].strip()
    if not wording:
        return None
    try:
        day = EventDate.parse(wording)
    except UnreadableDate as error:
        mended.refuse(row.name("published"), str(error))
        return None
    if day.precision != Precision.DAY:
        mended.refuse(row.name("published"), f"“{wording}” is not a single day. Write one like “Feb 24 2022”.")
    return day.earliest


def _refuse_one_address_said_twice(entries: Entries, mended: Mended) -> None:
    first: dict[str, dict[str, Any]] = {}
    for told, row in entries:
        same = first.setdefault(told["url"], told) if told["url"] else told
        if {**same, "number": 0} != {**told, "number": 0}:
            sentence = f"Source {same['number']} has this address too, with other details. One address is one report."
            mended.refuse(row.name("url"), sentence)


def _resources(fields: Fields, mended: Mended) -> Entries:
    kept = _kept(fields, "resources")
    for row in kept:
        if not row.values["url"].strip():
            mended.refuse(row.name("url"), "It has no web address. Give it, beginning with https://, or leave it out.")
    return [(dict(row.values), row) for row in kept]


def _sub_stories(fields: Fields, mended: Mended) -> tuple[str, ...]:
    wanted = headlines(fields)
    for headline in wanted:
        if len(headline) > LONGEST_HEADLINE:
            mended.refuse(ADDED, f"“{headline[:40]}…” is longer than {LONGEST_HEADLINE} characters. Shorten it.")
    if len(wanted) > MOST_SUB_STORIES:
        mended.refuse(ADDED, f"{len(wanted)} sub-stories are listed; a story has at most {MOST_SUB_STORIES}.")
    return wanted


def _refuse_control_characters(fields: Fields, mended: Mended) -> None:
    for name, value in fields.items():
        if found := CONTROL.search(value):
            mended.refuse(name, f"The text contains the control character U+{ord(found[0]):04X}. Remove it.")


def _tell(error: ValidationError, parts: dict[str, Entries], mended: Mended) -> None:
    """Each fault at its field, where one shows it."""
    for place, sentence in faults(error):
        name = _field_of(place, parts)
        if name:
            told = sentence.removeprefix(f"{where(place)}: ")
            mended.refuse(name, told[:1].upper() + told[1:])
        elif not mended.is_refused or place:
            mended.general.append(sentence.removeprefix("The document: "))
    if not mended.is_refused:
        mended.general.append(f"{where(())} has more than {MOST} faults.")


def _field_of(place: Place, parts: dict[str, Entries]) -> str:
    if not place:
        return ""
    part = str(place[0])
    if part in HEAD:
        return part
    index = place[1] if len(place) > 1 else None
    if part not in parts or not isinstance(index, int):
        return ""
    row = parts[part][index][1]
    shown = {"label": "date", "earliest": "date", "latest": "date", "sentences": "body"}
    name = str(place[2]) if len(place) > 2 else ""
    name = shown.get(name, name)
    return row.name(name if name in row.values else next(iter(set(row.values) - {"id", "number"}), ""))

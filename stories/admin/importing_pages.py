"""The two faces of the import page: the field for a text, and what was read with all its fields."""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from stories.importing.counting import counts_of
from stories.importing.fields import ADDED, Fields, Row, rows
from stories.importing.imported import Imported
from stories.importing.marking import marks, remarks
from stories.importing.mending import Mended
from stories.importing.report import Entry
from stories.importing.storing import as_shown, find_story, is_edited
from stories.models import Topic

PARTS = {
    "sections": ("Sections", "Section", {"heading": "Heading", "body": "Text"}),
    "timeline": ("Timeline", "Event", {"date": "When", "text": "What happened"}),
    "sources": (
        "Sources",
        "Source",
        {"url": "Address", "title": "Title", "outlet": "Outlet", "published": "Published"},
    ),
    "gallery": (
        "Gallery",
        "Picture",
        {"caption": "Caption", "credit_line": "Credit line", "alt_text": "Alt text", "source_name": "Source"},
    ),
    "resources": ("External resources", "Resource", {"url": "Address", "title": "Title", "publisher": "Publisher"}),
}
HEAD = {"headline": "Headline", "standfirst": "Standfirst", "byline": "Byline", "language": "Language"}
LONG = {ADDED, "standfirst", "body", "text", "caption", "alt_text"}
INDEX = re.compile(r"[0-9]{1,5}")
REFUSED_WORDS = 160


@dataclass(frozen=True)
class Reading:
    """A text, what was read of it, and the form's fields as they are by now.

    `shown` is the story that the form before had shown, None where it is to be shown anew.
    """

    text: str
    is_json: bool
    imported: Imported
    digest: str
    fields: Fields = field(default_factory=dict)
    mended: Mended = field(default_factory=Mended)
    typed_text: str | None = None
    shown: str | None = None

    @property
    def is_text_changed(self) -> bool:
        return self.typed_text is not None and self.typed_text.strip() != self.text.strip()


@dataclass(frozen=True)
class Cell:
    """One field: what it holds, what is wrong with it, and what was guessed or is missing."""

    name: str
    label: str
    value: str
    faults: Sequence[str]
    marks: Sequence[str]

    @property
    def is_long(self) -> bool:
        return self.name.rpartition("-")[2] in LONG

    @property
    def described_by(self) -> str:
        told = [f"{self.name}-faults"] * bool(self.faults) + [f"{self.name}-marks"] * bool(self.marks)
        return " ".join(told)


@dataclass(frozen=True)
class ShownRow:
    row: Row
    name: str
    cells: list[Cell]

    @property
    def key(self) -> tuple[str, str]:
        """The hidden field that says which section, event or source the row is."""
        name = "number" if self.row.part == "sources" else "id"
        return (self.row.name(name), self.row.values[name]) if name in self.row.values else ("", "")


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    rows: list[ShownRow]


def page_of_text(
    model_admin: Any, request: HttpRequest, *, text: str = "", refusals: Sequence[Entry] = ()
) -> HttpResponse:
    """The field for a text, with why the last one was refused."""
    lines = text.split("\n")
    told = [(entry, lines[entry.line - 1].strip()[:REFUSED_WORDS]) for entry in refusals if entry.line <= len(lines)]
    shown = {"text": text, "refusals": told}
    return _page(model_admin, request, "import", shown, status=422 if refusals else 200)


def page_of_what_was_read(model_admin: Any, request: HttpRequest, reading: Reading) -> HttpResponse:
    """What was understood: counts, every remark, every field."""
    imported, fields, mended = reading.imported, reading.fields, reading.mended
    document = mended.document or imported.document
    if document is None:
        return page_of_text(model_admin, request, text=reading.text, refusals=imported.report)
    marked = marks(imported, document, fields)
    context = {
        "reading": reading,
        "counts": counts_of(document, imported, mended.sub_stories or imported.sub_stories),
        "remarks": remarks(imported, document, fields, reading.text),
        "faults": list(_faults(mended)),
        "head": [_cell(name, label, reading, marked) for name, label in HEAD.items()],
        "parts": [_part(name, reading, marked) for name in PARTS],
        "sub_stories": list(rows(fields, "sub_stories")),
        "added": _cell(ADDED, "Further sub-stories, one headline a line", reading, marked),
        "made_as": request.POST.get("made_as") or uuid.uuid4(),
        "typed_text": reading.text if reading.typed_text is None else reading.typed_text,
        "may_change": model_admin.has_change_permission(request),
        "replacing": "replace" in request.POST and reading.shown is not None,
        **_topics(request, imported),
        **_known(reading),
    }
    status = 422 if mended.is_refused else 200
    return _page(model_admin, request, "import_read", context, status=status)


def _page(model_admin: Any, request: HttpRequest, template: str, shown: Any, *, status: int) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Import a pasted story",
        "opts": model_admin.opts,
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        **shown,
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, f"admin/stories/story/{template}.html", context, status=status)


def _part(name: str, reading: Reading, marked: dict[str, list[str]]) -> Part:
    title, singular, labels = PARTS[name]
    shown = []
    for row in rows(reading.fields, name):
        cells = [_cell(row.name(each), label, reading, marked) for each, label in labels.items()]
        called = f"{singular} {row.values['number'] if name == 'sources' else row.index + 1}"
        shown.append(ShownRow(row, called, cells))
    return Part(name, title, shown)


def _cell(name: str, label: str, reading: Reading, marked: dict[str, list[str]]) -> Cell:
    faults = reading.mended.faults.get(name, ())
    return Cell(name, label, reading.fields.get(name, ""), faults, marked.get(name, ()))


def _faults(mended: Mended) -> Iterator[tuple[str, str]]:
    """Each fault with the name of its field, "" for none."""
    yield from (("", sentence) for sentence in mended.general)
    for name, sentences in mended.faults.items():
        yield from ((name, f"{_where(name)}: {sentence}") for sentence in sentences)


def _where(name: str) -> str:
    part, _, rest = name.partition("-")
    if part not in PARTS:
        return HEAD.get(name, "Topic" if name == "topic" else "Sub-stories")
    title, singular, labels = PARTS[part]
    index, _, each = rest.partition("-")
    if not INDEX.fullmatch(index):
        return title
    return f"{singular} {int(index) + 1}, {labels.get(each, each).lower()}"


def _topics(request: HttpRequest, imported: Imported) -> dict[str, Any]:
    own = imported.document.topic if imported.document else None
    topics = [(topic.slug, topic.name) for topic in Topic.objects.all()]
    if own and own.slug not in dict(topics):
        topics.append((own.slug, own.name))
    return {"topics": topics, "topic": request.POST.get("topic", own.slug if own else "")}


def _known(reading: Reading) -> dict[str, Any]:
    """The story that this would be stored as, if there is one, whether its draft was edited, and which was shown."""
    document = reading.mended.document or reading.imported.document
    known = find_story(document, "" if reading.imported.is_whole else reading.digest) if document else None
    shown = as_shown(known) if reading.shown is None else reading.shown
    return {"known": known, "known_is_edited": known is not None and is_edited(known), "shown": shown}

"""What a story's form says, as a StoryDocument: to be merged, compared and kept, whether or not it could be saved."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from pydantic import ValidationError

from stories.document import (
    MAX_BODY,
    GalleryEntry,
    ParentEntry,
    ResourceEntry,
    SectionEntry,
    SourceEntry,
    StoryDocument,
    TimelineEntry,
    TopicEntry,
    complete,
)
from stories.draft.reading import gallery_entry
from stories.draft.snapshots import Typed
from stories.models import GalleryItem, Outlet, Story
from stories.outlets import names_as_known
from stories.rich_text import sanitise
from timelines.dates import WordedDate

NOT_TYPED = {"csrfmiddlewaretoken", "_save", "_publish", "_recovered", "merge"}
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
LINE, TITLE, TEXT = 300, 500, 20_000
LAST = 10**9


def typed_fields(request: HttpRequest) -> Typed:
    """The fields of a posted form, to the letter; NUL, which no form takes and no database holds, is left out."""
    lists = request.POST.lists()
    return [(name, value.replace("\0", "")) for name, values in lists if name not in NOT_TYPED for value in values]


def document_of(
    story: Story, form: Any, formsets: list[Any], *, known: StoryDocument, opened: StoryDocument | None = None
) -> StoryDocument:
    """The document that the bound form describes. `known` is the draft as it is stored and `opened`, where that is
    still known, the one that the page was opened with: they give what a form does not carry. Faulty fields are taken
    as far as a document can hold them. Writes nothing."""
    rows = {formset.prefix: list(_standing(formset)) for formset in formsets}
    heading, event, number = story.last_section_number, story.last_event_number, story.last_source_number
    worded = {entry.id: entry for entry in [*known.timeline, *(opened.timeline if opened else [])]}
    values = {
        **_head(story, form),
        "sections": [_section(row, heading + count) for count, row in _numbered(rows["sections"], "s")],
        "sources": _sources(rows["sources"], number, known),
        "timeline": [_event(row, event + count, worded) for count, row in _numbered(rows["timeline"], "t")],
        "gallery": list(
            {entry.sha256 or id(entry): entry for entry in map(_picture, rows["gallery"]) if entry}.values()
        ),
        "resources": [entry for entry in map(_resource, rows["resources"]) if entry],
    }
    document = StoryDocument.model_validate({**values, "uid": story.uid, "direction": known.direction})
    return complete(document, previous=known)


def places_of_new_rows(story: Story, formsets: list[Any]) -> dict[str, str]:
    """Where on the page a row is that has no place by its name yet: {"s6": "id_sections-5-heading"}."""
    rows = {formset.prefix: list(_standing(formset)) for formset in formsets}
    heading, event = story.last_section_number, story.last_event_number
    named = [
        *((_key(row, "s") or f"s{heading + count}", row, "heading") for count, row in _numbered(rows["sections"], "s")),
        *((_key(row, "t") or f"t{event + count}", row, "date") for count, row in _numbered(rows["timeline"], "t")),
        *((f"source-{_number(row)}", row, "url") for row in rows["sources"]),
        *((f"picture-{count}", row, "caption") for count, row in enumerate(rows["gallery"], 1)),
    ]
    return {name: row[field].auto_id for name, row, field in named if row.instance._state.adding}


def _standing(formset: Any) -> Iterator[Any]:
    """The rows that would be there after a save, in their order."""
    forms = [form for form in formset.forms if not form.removed and (form.was_stored or form.has_changed())]
    return iter(sorted(forms, key=_position))


def _position(form: Any) -> int:
    """Where the row stands; one that does not say stands last."""
    typed = str(_value(form, "position")) if "position" in form.fields else "0"
    return int(typed) if typed.isdecimal() and len(typed) < 10 else LAST


def _value(form: Any, name: str) -> Any:
    """The field's value, or what was typed where it is faulty."""
    cleaned = getattr(form, "cleaned_data", {})
    if name in cleaned:
        return cleaned[name]
    return form.data.get(form.add_prefix(name), "") if name in form.fields else ""


def _text(form: Any, name: str, limit: int) -> str:
    return UNSTORABLE.sub("", str(_value(form, name) or ""))[:limit]


def _head(story: Story, form: Any) -> dict[str, Any]:
    topic, parent = (form.cleaned_data.get(name, getattr(story, name)) for name in ("topic", "parent"))
    language, slug = form.cleaned_data.get("language") or "en", form.cleaned_data.get("slug") or ""
    return {
        "headline": _text(form, "headline", LINE),
        "standfirst": _text(form, "standfirst", TEXT),
        "byline": _text(form, "byline", LINE),
        "language": language,
        "slug": slug if re.fullmatch(r"[\w-]{0,120}", slug) else "",
        "topic": TopicEntry(slug=topic.slug, name=topic.name) if topic else None,
        "parent": ParentEntry(uid=parent.uid, slug=parent.slug, headline=parent.headline)
        if parent and parent.pk != story.pk
        else None,
    }


def _numbered(rows: list[Any], letter: str) -> Iterator[tuple[int, Any]]:
    """Each row with the count of those new until then."""
    new = 0
    for row in rows:
        new += not _key(row, letter)
        yield new, row


def _key(row: Any, letter: str) -> str:
    """The id of a row that the draft has, or had when the page was opened; "" for a new one."""
    if not row.instance._state.adding:
        return row.instance.passage_id
    key = str(_value(row, "key") or "")
    return f"{letter}{key}" if row.was_stored and re.fullmatch(r"[1-9][0-9]{0,8}", key) else ""


def _section(row: Any, next_key: int) -> SectionEntry:
    body = sanitise(_text(row, "body", MAX_BODY))
    return SectionEntry(
        id=_key(row, "s") or f"s{next_key}",
        heading=_text(row, "heading", LINE),
        body=body if len(body) <= MAX_BODY else "",
    )


def _event(row: Any, next_key: int, worded: dict[str, TimelineEntry]) -> TimelineEntry:
    date, before = _value(row, "date"), worded.get(_key(row, "t"))
    edtf, label = (date.edtf, date.label) if hasattr(date, "edtf") else ("", str(date))
    typed = str(row.data.get(row.add_prefix("date"), "")).strip()
    if before is not None and typed == WordedDate(before.date, before.label).wording:
        edtf, label = before.date, before.label  # a wording beside a date: the form shows only that
    return TimelineEntry(
        id=_key(row, "t") or f"t{next_key}",
        date=edtf,
        label=UNSTORABLE.sub("", label)[:LINE],
        text=_text(row, "text", TEXT),
    )


def _sources(rows: list[Any], last_number: int, known: StoryDocument) -> list[SourceEntry]:
    kinds: dict[str, Any] = {entry.outlet: entry.outlet_kind for entry in known.sources}
    entries = [_value(row, "entry") or _faulty_source(row) for row in rows]
    called = names_as_known({entry.outlet for entry in entries} - {""})
    entries = [entry.model_copy(update={"outlet": called.get(entry.outlet, entry.outlet)}) for entry in entries]
    new = {entry.outlet for entry in entries} - kinds.keys()
    kinds.update(Outlet.objects.filter(name__in=new).values_list("name", "kind"))
    alike = _of_one_address(rows, entries)
    last_number = max([last_number, *(_number(row) or 0 for row in rows)])
    found: dict[int, SourceEntry] = {}
    for row, entry in zip(rows, entries, strict=True):
        number = _number(row)
        last_number += not number
        told = {"number": number or last_number, "outlet_kind": kinds.get(entry.outlet) or ""}
        found.setdefault(number or last_number, alike.get(entry.url, entry).model_copy(update=told))
    return sorted(found.values(), key=lambda entry: entry.number)


def _of_one_address(rows: list[Any], entries: list[SourceEntry]) -> dict[str, SourceEntry]:
    """What the rows of one address say together: that which was changed, blanks filled from the others."""
    alike: dict[str, list[SourceEntry]] = {}
    for _, entry in sorted(zip(rows, entries, strict=True), key=lambda pair: not pair[0].has_changed()):
        if entry.url:
            alike.setdefault(entry.url, []).append(entry)
    return {url: _together(found) for url, found in alike.items()}


def _together(entries: list[SourceEntry]) -> SourceEntry:
    first = entries[0]
    blanks = [name for name, value in first if not value]
    filled = {name: next((value for one in entries if (value := getattr(one, name))), None) for name in blanks}
    return first.model_copy(update={name: value for name, value in filled.items() if value})


def _number(row: Any) -> int | None:
    if not row.instance._state.adding:
        return row.instance.number
    typed = str(_value(row, "key" if row.was_stored else "number") or "")
    return int(typed) if re.fullmatch(r"[1-9][0-9]{0,2}", typed) else None


def _faulty_source(row: Any) -> SourceEntry:
    words = {"title": _text(row, "title", TITLE), "outlet": _text(row, "outlet", LINE)}
    try:
        return SourceEntry(number=1, **words, url=_text(row, "url", 2000))
    except ValidationError:
        return SourceEntry(number=1, **words)


def _gallery(rows: list[Any]) -> list[GalleryEntry]:
    """Each picture once; those that await their upload as often as they stand there."""
    entries = [entry for entry in map(_picture, rows) if entry]
    return list({entry.sha256 or id(entry): entry for entry in entries}.values())


def _picture(row: Any) -> GalleryEntry | None:
    image = row.cleaned_data.get("image") if hasattr(row, "cleaned_data") else None
    if image is None:
        return None
    texts = {name: _text(row, name, TEXT) or None for name in ("caption", "alt_text")}
    return gallery_entry(GalleryItem(image=image, **texts))


def _resource(row: Any) -> ResourceEntry | None:
    try:
        return ResourceEntry(
            url=_text(row, "url", 2000), title=_text(row, "title", TITLE), publisher=_text(row, "publisher", LINE)
        )
    except ValidationError:
        return None


def sitting_of(request: HttpRequest) -> UUID | None:
    """The opening of the form to which a request belongs."""
    try:
        return UUID(request.POST.get("sitting", ""))
    except ValueError:
        return None

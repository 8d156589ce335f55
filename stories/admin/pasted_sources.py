"""A pasted list of sources for an open story form: read, compared with what is there, and numbered."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404

from stories import web_address
from stories.admin.sources import reserved
from stories.document import MAX_SOURCE_NUMBER, SourceEntry
from stories.draft import hold
from stories.models import Article, Story
from stories.outlets import names_as_known
from stories.source_lists import Note, SourceList, read_source_list
from stories.source_lists.found import short

DETAILS = ("title", "published", "authors", "archive_url", "language")
MOST_TOLD = 200
NO_ROOM = "The list has {new} new sources, but of a story’s {most} numbers {left} are left. Nothing was added."


@dataclass(frozen=True)
class OpenForm:
    """What the open form says of its source rows: the highest number, the address in each, an empty row to begin with.

    A row that is ticked to be removed has no address: its report may be added again.
    """

    above: int
    addresses: dict[int, str]
    into: int


def paste_sources(model_admin: Any, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
    """Answer what a pasted list says, as rows for the form; the numbers of a story that is stored are reserved."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    story = get_object_or_404(Story, pk=object_id) if object_id else None
    may = model_admin.has_change_permission(request, story) if story else model_admin.has_add_permission(request)
    if not may:
        raise PermissionDenied
    return _answer(read_source_list(request.POST.get("text", "")), _open_form(request), story)


def _open_form(request: HttpRequest) -> OpenForm:
    return OpenForm(
        above=_number(request.POST.get("above")),
        addresses=_addresses(request.POST.get("present", "")),
        into=_number(request.POST.get("into")),
    )


def _number(written: Any) -> int:
    """A source number, 0 for what is none."""
    written = str(written or "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 0


def _addresses(written: str) -> dict[int, str]:
    try:
        read = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    rows = read.items() if isinstance(read, dict) else ()
    return {number: _normal(url) for key, url in rows if (number := _number(key))}


def _normal(url: Any) -> str:
    try:
        return web_address.normalise(url) if isinstance(url, str) else ""
    except (web_address.UnusableAddress, UnicodeError):
        return ""  # its own field says so when the form is saved


@transaction.atomic
def _answer(read: SourceList, page: OpenForm, story: Story | None) -> JsonResponse:
    story = hold(story) if story and read.entries else story
    standing = _standing(page, story)
    new = [entry for entry in read.entries if entry.url not in standing]
    numbers = _numbers(len(new), page, story)
    if numbers and numbers[-1] > MAX_SOURCE_NUMBER:
        left = len([number for number in numbers if number <= MAX_SOURCE_NUMBER])
        return JsonResponse({"message": NO_ROOM.format(new=len(new), left=left, most=MAX_SOURCE_NUMBER)}, status=409)
    if story and numbers:
        highest = max(numbers[-1], story.last_source_number)
        Story.objects.filter(pk=story.pk).update(last_source_number=highest)
    rows, notes = _rows(new, numbers, story, page)
    already = [{"number": standing[entry.url], "url": entry.url} for entry in read.entries if entry.url in standing]
    return JsonResponse({"rows": rows, "already": already, **_told(read, notes)})


def _standing(page: OpenForm, story: Story | None) -> dict[str, int]:
    """The number under which each address is a source already, of the story or of a row that is not saved."""
    stored = story.sources.filter(article__isnull=False).values_list("number", "article__url") if story else ()
    addresses = dict(sorted({**dict(stored), **page.addresses}.items(), reverse=True))
    return {url: number for number, url in addresses.items() if url}


def _numbers(count: int, page: OpenForm, story: Story | None) -> list[int]:
    """Consecutive numbers above all that were given; the first source goes into the empty row, where there is one."""
    first = max(story.last_source_number if story else 0, page.above) + 1
    into = [page.into] if page.into and count else []
    return [*into, *range(first, first + count - len(into))]


def _rows(
    entries: list[SourceEntry], numbers: list[int], story: Story | None, page: OpenForm
) -> tuple[list[dict[str, Any]], list[Note]]:
    """The rows to add, and what an editor should know of reports that are known already."""
    urls = {entry.url for entry in entries if entry.url}
    known = {article.url: article for article in Article.objects.filter(url__in=urls).select_related("outlet")}
    outlets = names_as_known({entry.outlet for entry in entries} - {""})
    rows, notes = [], []
    for entry, number in zip(entries, numbers, strict=True):
        article = known.get(entry.url)
        given = reserved(story, number) if story and number != page.into else ""
        rows.append({"number": number, "given": given, "known": article is not None, **_row(entry, article, outlets)})
        if article is not None and article.status != Article.Status.GOOD:
            sentence = f"“{short(str(article))}” is a report that was {article.get_status_display()}."
            notes.append(Note(f"Source {number}", sentence))
    return rows, notes


def _row(entry: SourceEntry, article: Article | None, outlets: dict[str, str]) -> dict[str, str]:
    """What the row says: what the list gives, its blanks filled from the Article of that address."""
    said = {name: getattr(entry, name) or (getattr(article, name) if article else None) for name in DETAILS}
    outlet = outlets.get(entry.outlet, entry.outlet) or (article.outlet.name if article and article.outlet else "")
    published = said["published"].isoformat() if said["published"] else ""
    return {
        "url": entry.url,
        "outlet": outlet,
        "title": said["title"] or "",
        "published": published,
        "authors": "\n".join(map(str, said["authors"] or [])),
        "archive_url": said["archive_url"] or "",
        "language": said["language"] or "",
    }


def _told(read: SourceList, notes: list[Note]) -> dict[str, Any]:
    """Problems and notes as the page shows them, and what is left to be mended."""
    problems = [
        {"place": one.place, "sentence": one.sentence, "words": short(one.words, 100)}
        for one in read.problems[:MOST_TOLD]
    ]
    if len(read.problems) > MOST_TOLD:
        problems.append(_more(len(read.problems) - MOST_TOLD))
    told = [{"place": one.place, "sentence": one.sentence} for one in [*read.notes, *notes]]
    return {"problems": problems, "notes": told, "unread": read.unread, "kind": read.kind or ""}


def _more(count: int) -> dict[str, str]:
    return {"place": "", "sentence": f"{count} more could not be read; they are left in the field.", "words": ""}

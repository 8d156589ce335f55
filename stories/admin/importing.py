"""The page that imports a pasted story: paste, see what was understood, mend it in place, save it as a draft.

The server keeps nothing between its steps: the text as it was read, and all that was mended, are in the form.
"""

import re
import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stories.admin.editors import editor_of
from stories.admin.importing_pages import Reading, page_of_text, page_of_what_was_read
from stories.importing.counting import counts_of
from stories.importing.decoding import MOST_BYTES, decode
from stories.importing.fields import fields_of, posted
from stories.importing.files import MOST_JSON_BYTES, read_text
from stories.importing.mending import Mended, as_mended, mend
from stories.importing.report import Code, Entry, Refused
from stories.importing.storing import Did, Outcome, Wishes, find_story, store
from stories.models import Topic

JSON = re.compile(r"\ufeff?\s*(?:\{|\[\s*\{)")
SLUG = re.compile(r"[\w-]+")
REPLACE = "Tick “Replace its draft”"
CHANGED = (
    "The text was changed after it was read, and what stands here is of the text before. Read it again, or save "
    "without the change."
)
DONE = {
    Did.CREATED: (messages.SUCCESS, "“{}” is a draft now: {}."),
    Did.UPDATED: (messages.SUCCESS, "“{}” was here already. Its draft now says what was imported: {}."),
    Did.UNCHANGED: (messages.INFO, "“{}” was here already, and nothing has changed: {}."),
}
MOST_TOLD = 20


def import_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask for a text; show what was understood of it; store that, as it was mended, as a draft."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return page_of_text(model_admin, request)
    if "read" in request.POST or "read_text" not in request.POST:
        return _read(model_admin, request)
    return _mended(model_admin, request)


def _read(model_admin: Any, request: HttpRequest) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        reading = _reading(*_given(request, text))
    except Refused as refusal:
        return page_of_text(model_admin, request, text=text, refusals=[refusal.entry()])
    if reading.imported.document is None:
        refusals = [entry for entry in reading.imported.report if entry.code == Code.REFUSED]
        return page_of_text(model_admin, request, text=reading.text, refusals=refusals)
    fields = fields_of(reading.imported)
    mended = mend(reading.imported, fields)
    return page_of_what_was_read(model_admin, request, replace(reading, fields=fields, mended=mended))


def _given(request: HttpRequest, pasted: str) -> tuple[str, bool]:
    """The text, from the file or the field, and whether it is JSON. Raises Refused."""
    file = request.FILES.get("file")
    if file is None:
        is_json = bool(JSON.match(pasted))
        if not pasted.strip():
            raise Refused("There is no text yet. Paste one, or choose a file.")
        most = MOST_JSON_BYTES if is_json else MOST_BYTES
        return decode(pasted.encode(errors="replace"), most=most, what="text"), is_json
    if pasted.strip():
        raise Refused("Paste a text or choose a file, not both: empty the field to read the file.")
    is_json = (file.name or "").lower().endswith(".json")
    most = MOST_JSON_BYTES if is_json else MOST_BYTES
    return decode(file.read(most + 1), most=most), is_json


def _reading(text: str, is_json: bool) -> Reading:
    """Raises Refused for a list of several stories."""
    read = read_text(text, is_json=is_json)
    if len(read) > 1:
        raise Refused(
            f"This is a list of {len(read)} stories. The page takes one; manage.py import_story takes them all."
        )
    return Reading(text, is_json, read[0].imported, read[0].digest)


def _mended(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the fields again as they are now, or store what they say."""
    reading = _reading(_lines(request.POST["read_text"]), request.POST.get("form") == "json")
    fields = posted(request.POST)
    mended = mend(reading.imported, fields)
    typed_text, shown = _lines(request.POST.get("text", "")), request.POST.get("shown", "")
    reading = replace(reading, fields=fields, mended=mended, typed_text=typed_text, shown=shown)
    if "save" not in request.POST:
        return page_of_what_was_read(model_admin, request, reading)
    if reading.is_text_changed and request.POST["save"] != "as_mended":
        mended.general.append(CHANGED)
    wishes = _wishes(model_admin, request, reading, mended)
    if mended.is_refused:
        return page_of_what_was_read(model_admin, request, reading)
    outcome = _stored(request, reading, wishes)
    if outcome.did is Did.REFUSED or outcome.story is None:
        refused = [entry for entry in outcome.imported.report if entry.code == Code.REFUSED]
        mended.general += [entry.message for entry in refused]
        if outcome.story:
            reading = replace(reading, shown=None)  # told of a story, one sees it as it is now
        return page_of_what_was_read(model_admin, request, reading)
    _say(request, reading, outcome)
    return redirect("admin:stories_story_change", outcome.story.pk)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wishes(model_admin: Any, request: HttpRequest, reading: Reading, mended: Mended) -> Wishes:
    may_change, slug = model_admin.has_change_permission(request), request.POST.get("topic", "")
    topic = Topic.objects.filter(slug=slug).first() if SLUG.fullmatch(slug) else None
    own = reading.imported.document and reading.imported.document.topic
    if slug and topic is None and not (own and own.slug == slug):
        mended.refuse("topic", "There is no such topic any more. Choose another one.")
    return Wishes(
        topic=topic,
        replace="replace" in request.POST and may_change,
        mended=True,
        may_update=may_change,
        made_as=_made_as(request),
        shown=reading.shown,
        how_to_replace=REPLACE,
    )


def _made_as(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("made_as", ""))
    except ValueError:
        return uuid.uuid4()


def _stored(request: HttpRequest, reading: Reading, wishes: Wishes) -> Outcome:
    """What is sent twice at once makes one story: the second finds it, which the first has made meanwhile."""
    imported = as_mended(reading.imported, reading.mended)
    document = imported.document
    if document is not None and imported.is_whole and not request.POST.get("topic"):
        imported = replace(imported, document=document.model_copy(update={"topic": None}))
    known = document and find_story(document, reading.digest)
    outcome = store(imported, reading.digest, wishes, by=editor_of(request))
    if outcome.did is Did.REFUSED and document and known is None and find_story(document, reading.digest):
        outcome = store(imported, reading.digest, wishes, by=editor_of(request))
    return outcome


def _say(request: HttpRequest, reading: Reading, outcome: Outcome) -> None:
    document = outcome.imported.document
    if document is None:
        return
    level, sentence = DONE[outcome.did]
    counts = counts_of(document, outcome.imported, outcome.new_sub_stories)
    messages.add_message(request, level, sentence.format(outcome.story, counts.in_words()))
    if made := len(outcome.new_sub_stories):
        said = "A draft was made for 1 sub-story." if made == 1 else f"Drafts were made for {made} sub-stories."
        messages.info(request, said)
    known: set[Entry] = set(reading.imported.report)
    for entry in [entry for entry in outcome.imported.report if entry not in known][:MOST_TOLD]:
        messages.warning(request, entry.message)

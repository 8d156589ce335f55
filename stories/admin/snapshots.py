"""The kept states of a draft: listed, looked at, compared, and put back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.moments import in_newsroom_time
from stories.comparing import changes
from stories.document import StoryDocument
from stories.draft import put_back, read_draft
from stories.draft.snapshots import put_aside
from stories.models import Snapshot, Version
from stories.story_page import story_page


def snapshots_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """The kept states, the newest first."""
    desk = Desk(model_admin, request, object_id, "change_story")
    return desk.page("snapshots", f"Snapshots of “{desk.story}”", snapshots=desk.story.snapshots.for_list())


def snapshot_page(model_admin: Any, request: HttpRequest, object_id: int, snapshot: int) -> HttpResponse:
    """What a kept state says otherwise than the draft, and all it says; a button puts it back."""
    desk = Desk(model_admin, request, object_id, "change_story")
    kept = get_object_or_404(desk.story.snapshots.select_related("saved_by"), pk=snapshot)
    if request.method == "POST" and "put_aside" in request.POST:
        put_aside(kept)
        messages.info(request, "It is offered no more. It stays among the snapshots for its time.")
        return desk.back()
    what = f"The snapshot of {in_newsroom_time(kept.saved_at)}"
    if kept.typed is not None and request.method == "POST":
        raise Http404("What was typed goes back into the form.")
    return _state_page(desk, kept.document, what, kept=kept)


def version_into_draft_page(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """What a Version says otherwise than the draft; a button makes it the draft, which publishes nothing."""
    desk = Desk(model_admin, request, object_id, "change_story")
    version: Version = get_object_or_404(desk.story.versions, number=number)
    if version.is_hidden:
        raise Http404("The words of this Version are hidden.")
    return _state_page(desk, version.document, f"Version {number}", version=version)


def _state_page(desk: Desk, stored: Any, what: str, **shown: Any) -> HttpResponse:
    document = StoryDocument.model_validate(stored)
    form = forms.Form(desk.data())
    if desk.request.method == "POST" and (done := desk.act(form, lambda story: _put_back(desk, document, what))):
        return done
    other = _compared_with(desk)
    compared = StoryDocument.model_validate(other.document) if other else read_draft(desk.story)
    return desk.page(
        "snapshot",
        what,
        form=form,
        document=document,
        page=story_page(document.as_json()),
        changes=changes(compared, document),
        other=other,
        others=desk.story.snapshots.for_list(),
        **shown,
    )


def _put_back(desk: Desk, document: StoryDocument, what: str) -> str:
    try:
        put_back(desk.story, document, by=editor_of(desk.request), what=what)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error
    return f"{what} is the draft now. What it replaced is kept among the snapshots."


def _compared_with(desk: Desk) -> Snapshot | None:
    """The other snapshot that was asked for, None for the draft."""
    number = desk.request.GET.get("with", "")
    if not (number.isdecimal() and len(number) < 19):
        return None
    return get_object_or_404(Snapshot, pk=number, story=desk.story)

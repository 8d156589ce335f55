"""A conflict of two editors: theirs, yours and the draft both began with, part by part, until each is chosen."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.merging import try_merge, write_or_refuse
from stories.document import MAX_SOURCE_NUMBER, StoryDocument
from stories.draft import hold, read_draft
from stories.draft.snapshots import base_of, put_aside
from stories.merging import Choice, Merged
from stories.models import Snapshot, Story
from stories.parts import Part

NEWER = "The story was saved again. Below is how it stands now; what you had chosen is still chosen."
UNCHOSEN = "Choose in each place which text is to stand."


def conflict_page(model_admin: Any, request: HttpRequest, object_id: int, snapshot: int) -> HttpResponse:
    """Show what both changed, and write what was chosen."""
    desk = Desk(model_admin, request, object_id, "change_story")
    kept = get_object_or_404(
        desk.story.snapshots.exclude(typed__isnull=True), pk=snapshot, reason=Snapshot.Reason.CONFLICT
    )
    if request.method == "POST" and "put_aside" in request.POST:
        put_aside(kept)
        messages.info(request, "The draft stays as it is. What you had typed is kept among the snapshots for 30 days.")
        return desk.back()
    refused = ""
    if request.method == "POST":
        refused = _resolve(request, desk.story, kept)
        if not refused:
            messages.success(request, "The draft is saved as you chose.")
            return redirect("admin:stories_story_change", object_id)
        desk.story.refresh_from_db()
    merged, why_not = _merged(desk.story, kept, {})
    chosen = _choices(request)
    places = [(conflict, chosen.get(conflict.part)) for conflict in merged.conflicts] if merged else []
    refused = refused or why_not
    return desk.page(
        "conflict", f"Two drafts of “{desk.story}”", kept=kept, merged=merged, places=places, refused=refused
    )


@transaction.atomic
def _resolve(request: HttpRequest, story: Story, kept: Snapshot) -> str:
    """Write the merged draft, or say why not."""
    story = hold(story)
    if request.POST.get("lock_version") != str(story.lock_version):
        return NEWER
    merged, why_not = _merged(story, kept, _choices(request))
    if merged is None:
        return why_not
    if merged.conflicts:
        return UNCHOSEN
    refusal = write_or_refuse(story, merged, editor_of(request))
    if not refusal:
        put_aside(kept)
    return refusal


def _merged(story: Story, kept: Snapshot, choices: dict[Part, Choice]) -> tuple[Merged | None, str]:
    theirs, yours = read_draft(story), StoryDocument.model_validate(kept.document)
    number = min(story.last_source_number + 1, MAX_SOURCE_NUMBER)
    return try_merge(base_of(story, kept.lock_version), theirs, yours, choices, next_number=number)


def _choices(request: HttpRequest) -> dict[Part, Choice]:
    known = set(Choice)
    return {
        Part.read(name.removeprefix("choice-")): Choice(value)
        for name, value in request.POST.items()
        if name.startswith("choice-") and value in known
    }

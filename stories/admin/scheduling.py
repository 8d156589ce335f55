"""The page of a scheduled Version: moved, changed, called off."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from stories import publishing
from stories.admin.desk import Desk, tell_cares
from stories.admin.editors import editor_of
from stories.admin.moments import in_both_zones
from stories.admin.publishing_forms import RescheduleForm
from stories.admin.state import cares_of_scheduled, state_of
from stories.comparing import Change, changes
from stories.document import StoryDocument
from stories.draft import read_draft
from stories.models import Story, Version
from stories.versions import freeze


def schedule_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    desk = Desk(model_admin, request, object_id, "publish_story")
    moving = not {"call_off", "change"} & request.POST.keys()
    form = RescheduleForm(desk.data(), story=desk.story) if moving else forms.Form(desk.data())
    verb = _move if moving else _call_off if "call_off" in request.POST else _change
    if request.method == "POST" and (done := desk.act(form, lambda story: verb(story, request, form.cleaned_data))):
        return done
    waiting = desk.story.versions.scheduled().first()
    shown = form if moving and form.is_bound else RescheduleForm(story=desk.story, initial=_as_it_is(waiting))
    return desk.page(
        "reschedule",
        f"The schedule of “{desk.story}”",
        form=shown,
        refused=form,
        state=state_of(desk.story, goes_live=waiting.live_from if waiting else None),
        cares=cares_of_scheduled(desk.story, waiting) if waiting else [],
        changes=_changes(desk.story, waiting),
    )


def _as_it_is(waiting: Version | None) -> dict[str, Any]:
    return {"live_from": timezone.localtime(waiting.live_from)} if waiting else {}


def _changes(story: Story, waiting: Version | None) -> list[Change]:
    """What the draft says otherwise than the scheduled Version."""
    if waiting is None:
        return []
    draft = freeze(read_draft(story), at=timezone.now())
    return changes(StoryDocument.model_validate(waiting.document), draft)


Verb = Callable[[Story, HttpRequest, dict[str, Any]], str]


def _move(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    waiting, moment = story.versions.scheduled().first(), asked["live_from"]
    cares = cares_of_scheduled(story, waiting, goes_live=moment) if waiting else []
    early = asked.get("release_early", False)
    version = publishing.reschedule(story, by=editor_of(request), live_from=moment, release_early=early)
    tell_cares(request, cares)
    return f"Version {version.number} is scheduled for {in_both_zones(version.live_from)}."


def _change(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    waiting = story.versions.scheduled().first()
    cares = state_of(story, goes_live=waiting.live_from).cares if waiting else []
    version = publishing.change_scheduled(story, by=editor_of(request))
    tell_cares(request, cares)
    return f"Version {version.number} says what the draft says; it goes live {in_both_zones(version.live_from)}."


def _call_off(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    publishing.call_off(story, by=editor_of(request))
    return "The scheduled Version is called off. The draft is as it was."

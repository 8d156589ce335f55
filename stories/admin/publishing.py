"""The pages behind a story's buttons: each asks what its verb needs, calls the verb, and shows its refusal in words."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from stories import publishing
from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.moments import in_both_zones
from stories.admin.publishing_forms import PlaceForm, PublishForm, RescheduleForm, RestoreForm, WithdrawForm
from stories.admin.state import state_of
from stories.models import Placement, Story, Version


def publish_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Publish now or at a time; what stands in the way is listed with links to its fields."""
    desk = Desk(model_admin, request, object_id, "publish_story")
    state = state_of(desk.story)
    form = PublishForm(desk.data(), first=state.latest is None, waiting=state.scheduled)
    if request.method == "POST" and (done := desk.act(form, lambda story: _publish(story, request, form.cleaned_data))):
        return done
    desk.story.refresh_from_db()
    return desk.page("publish", f"Publish “{desk.story}”", form=form, state=state_of(desk.story))


def _publish(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    kind = asked.get("kind") or Version.Kind.UPDATE
    if live_from := asked.get("live_from"):
        version = publishing.schedule(story, by=editor_of(request), kind=kind, note=asked["note"], live_from=live_from)
        return f"Version {version.number} is scheduled for {in_both_zones(version.live_from)}."
    version = publishing.publish(
        story, by=editor_of(request), kind=kind, note=asked["note"], scheduled=asked.get("scheduled") or None
    )
    return f"Version {version.number} is live."


def withdraw_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    desk = Desk(model_admin, request, object_id, "withdraw_story")
    form = WithdrawForm(desk.data())
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _withdraw(story, request, form.cleaned_data))
    ):
        return done
    return desk.page("withdraw", f"Withdraw “{desk.story}”", form=form, state=state_of(desk.story))


def _withdraw(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    publishing.withdraw(story, by=editor_of(request), reason=asked["reason"])
    return "The story is withdrawn. Its address now answers with the reason."


def reschedule_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Move the scheduled Version to another time, or call it off."""
    desk = Desk(model_admin, request, object_id, "publish_story")
    calling_off = "call_off" in request.POST
    form = forms.Form(desk.data()) if calling_off else RescheduleForm(desk.data())
    verb = _call_off if calling_off else _reschedule
    if request.method == "POST" and (done := desk.act(form, lambda story: verb(story, request, form.cleaned_data))):
        return done
    shown = RescheduleForm(initial=_scheduled_now(desk.story)) if calling_off or not form.is_bound else form
    return desk.page(
        "reschedule", f"The schedule of “{desk.story}”", form=shown, refused=form, state=state_of(desk.story)
    )


def _scheduled_now(story: Story) -> dict[str, Any]:
    waiting = story.versions.scheduled().first()
    return {"live_from": timezone.localtime(waiting.live_from)} if waiting else {}


def _reschedule(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    version = publishing.reschedule(story, by=editor_of(request), live_from=asked["live_from"])
    return f"Version {version.number} is scheduled for {in_both_zones(version.live_from)}."


def _call_off(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    publishing.call_off(story, by=editor_of(request))
    return "The scheduled Version is called off. The draft is as it was."


def place_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Put the story on a rank of the front page, or take it off."""
    desk = Desk(model_admin, request, object_id, "place_story")
    taking_off = "take_off" in request.POST
    form = forms.Form(desk.data()) if taking_off else PlaceForm(desk.data())
    if request.method == "POST" and (done := desk.act(form, lambda story: _place(story, request, form.cleaned_data))):
        return done
    placements = Placement.objects.live(timezone.now()).select_related("story")
    shown = form if isinstance(form, PlaceForm) else PlaceForm()
    is_placed = any(placement.story == desk.story for placement in placements)
    return desk.page(
        "place", f"Place “{desk.story}” on the front page", form=shown, placements=placements, is_placed=is_placed
    )


def _place(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    rank = asked.get("rank")
    publishing.place(story, by=editor_of(request), rank=rank, live_until=asked.get("live_until"))
    return (
        f"The story stands on rank {rank} of the front page."
        if rank
        else "The story no longer has a rank on the front page."
    )


def versions_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """What was published, newest first."""
    desk = Desk(model_admin, request, object_id, "view_story")
    versions = desk.story.versions.select_related("created_by", "withdrawn_by").defer("document").order_by("-number")
    may_restore = request.user.has_perm("stories.publish_story")
    return desk.page(
        "versions", f"Versions of “{desk.story}”", versions=versions, now=timezone.now(), may_restore=may_restore
    )


def restore_page(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """Publish again what an older Version said."""
    desk = Desk(model_admin, request, object_id, "publish_story")
    version = get_object_or_404(desk.story.versions, number=number)
    state = state_of(desk.story)
    form = RestoreForm(desk.data(), waiting=state.scheduled)
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _restore(version, request, form.cleaned_data))
    ):
        return done
    return desk.page("restore", f"Restore version {number}", form=form, state=state, version=version)


def _restore(version: Version, request: HttpRequest, asked: dict[str, Any]) -> str:
    restored = publishing.restore(
        version, by=editor_of(request), note=asked["note"], scheduled=asked.get("scheduled") or None
    )
    return f"Version {restored.number} is live: it says what version {version.number} said."

"""The pages behind a story's buttons: each asks what its verb needs, calls the verb, and shows its refusal in words."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from stories import publishing
from stories.admin.editors import editor_of
from stories.admin.publishing_forms import PlaceForm, PublishForm, RescheduleForm, RestoreForm, WithdrawForm
from stories.admin.state import state_of
from stories.admin.story_forms import in_newsroom_time
from stories.draft import hold
from stories.models import Placement, Story, Version
from stories.refusals import NothingChanged, NotReady, Refused

SAVED_MEANWHILE = "The draft was saved again after this page was opened. Look at it once more, then confirm."

NOT_READY = "Not published. What stands in the way is listed above, each thing with the way to its field."


class Desk:
    """What the pages share: the admin site they stand in, the request, and the story they act on."""

    def __init__(self, model_admin: Any, request: HttpRequest, object_id: int, permission: str) -> None:
        if not request.user.has_perm(f"stories.{permission}"):
            raise PermissionDenied
        self.admin, self.request = model_admin, request
        self.story = get_object_or_404(Story, pk=object_id)

    def page(self, template: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin.admin_site.each_context(self.request), "opts": self.admin.opts, "story": self.story}
        status = 422 if self.request.method == "POST" else 200
        context = {**shared, "title": title, "zone": timezone.get_current_timezone_name(), **context}
        self.request.current_app = self.admin.admin_site.name
        return TemplateResponse(self.request, f"admin/stories/story/{template}.html", context, status=status)

    def act(self, form: forms.Form, verb: Callable[[Story], str]) -> HttpResponse | None:
        """Call the verb on the held story; None where the page is to be shown again with the refusal."""
        if not form.is_valid():
            return None
        try:
            with transaction.atomic():
                self._refuse_unseen_draft(hold(self.story))
                sentence = verb(self.story)
        except NothingChanged as refusal:
            messages.info(self.request, str(refusal))
            return self.back()
        except Refused as refusal:
            listed = isinstance(refusal, NotReady) and not refusal.of_scheduled
            form.add_error(None, NOT_READY if listed else str(refusal))
            return None
        self.admin.log_change(self.request, self.story, sentence)
        messages.success(self.request, sentence)
        return self.back()

    def _refuse_unseen_draft(self, story: Story) -> None:
        seen = self.request.POST.get("lock_version")
        if seen is not None and seen != str(story.lock_version):
            raise Refused(SAVED_MEANWHILE)

    def back(self) -> HttpResponse:
        return redirect("admin:stories_story_change", self.story.pk)

    def data(self) -> Any:
        return self.request.POST if self.request.method == "POST" else None


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


def in_both_zones(moment: Any) -> str:
    """In the newsroom's time, and in UTC where that is another."""
    utc = moment.astimezone(UTC)
    same = timezone.localtime(moment).utcoffset() == utc.utcoffset()
    return in_newsroom_time(moment) + ("" if same else f" ({utc:%d %b, %H:%M} UTC)")

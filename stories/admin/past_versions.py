"""The pages of what was published: the list, and what can still be done with a Version."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from stories import publishing
from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.going_out import held_back
from stories.admin.publishing import going_out
from stories.admin.publishing_forms import NoticeForm, ReasonForm, RestoreForm, TakeBackForm
from stories.admin.state import state_of, versions_of
from stories.models import Notice, Story, Version
from stories.parts import Part
from stories.publishing.noticing import passages_of


def versions_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """What was published, newest first."""
    desk = Desk(model_admin, request, object_id, "view_story")
    versions = desk.story.versions.select_related("created_by", "withdrawn_by", "taken_back_by").defer("document")
    notices = Notice.objects.filter(story=desk.story).select_related("version", "mended_by", "issued_by")
    may = {verb: request.user.has_perm(f"stories.{verb}") for verb in ("publish_story", "redact_version")}
    return desk.page(
        "versions",
        f"Versions of “{desk.story}”",
        versions=versions.order_by("-number"),
        notices=notices.defer("version__document", "mended_by__document"),
        now=timezone.now(),
        may_publish=may["publish_story"],
        may_redact=may["redact_version"],
    )


def restore_page(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """Publish again what an older Version said."""
    desk, version = _version(model_admin, request, object_id, number, "publish_story")
    state = state_of(desk.story)
    form = RestoreForm(desk.data(), story=desk.story, waiting=state.scheduled)
    if request.method == "POST" and (done := desk.act(form, lambda story: _restore(version, request, form))):
        return done
    return desk.page("restore", f"Restore version {number}", form=form, state=state, version=version)


def _version(
    model_admin: Any, request: HttpRequest, object_id: int, number: int, permission: str
) -> tuple[Desk, Version]:
    desk = Desk(model_admin, request, object_id, permission)
    return desk, get_object_or_404(desk.story.versions, number=number)


def _restore(version: Version, request: HttpRequest, form: Any) -> str:
    restored = publishing.restore(version, by=editor_of(request), note=form.cleaned_data["note"], **form.terms())
    return f"Version {restored.number} is live: it says what version {version.number} said."


def take_back_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Undo the newest Version at once."""
    desk = Desk(model_admin, request, object_id, "publish_story")
    state = state_of(desk.story)
    form = TakeBackForm(desk.data(), story=desk.story, waiting=state.scheduled)
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _take_back(story, request, form), with_draft=False)
    ):
        return done
    return desk.page("take_back", f"Take back “{desk.story}”", form=form, state=state)


def _take_back(story: Story, request: HttpRequest, form: Any) -> str:
    terms = {name: value for name, value in form.terms().items() if name != "release_early"}
    asked = form.cleaned_data
    restored = publishing.take_back(
        story, by=editor_of(request), reason=asked["reason"], number=asked["number"], **terms
    )
    if restored is None:
        return "The version is taken back, and the story is withdrawn: readers had nothing before it."
    return f"The version is taken back. Readers have version {restored.number}, which says what they had before."


def reinstate_page(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """Lift the tombstone of a Version that was taken back."""
    desk, version = _version(model_admin, request, object_id, number, "redact_version")
    form = forms.Form(desk.data())
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _reinstate(version, request), with_draft=False)
    ):
        return done
    return desk.page("reinstate", f"Reinstate version {number}", form=form, version=version)


def _reinstate(version: Version, request: HttpRequest) -> str:
    publishing.reinstate(version, by=editor_of(request))
    return f"Version {version.number} is readable again, as one of the past."


def redact_page(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """Remove the words of a Version for good."""
    desk, version = _version(model_admin, request, object_id, number, "redact_version")
    form = ReasonForm(desk.data())
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _redact(version, request, form.cleaned_data["reason"]), with_draft=False)
    ):
        return done
    return desk.page(
        "redact", f"Remove the words of version {number}", form=form, version=version, kept=desk.story.snapshots.count()
    )


def _redact(version: Version, request: HttpRequest, reason: str) -> str:
    publishing.redact(version, by=editor_of(request), reason=reason)
    return f"The words of version {version.number} are removed."


def notice_page(model_admin: Any, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
    """Tell readers about a passage of a Version, and publish the mended draft with it."""
    desk, version = _version(model_admin, request, object_id, number, "publish_story")
    if version.is_hidden:
        messages.error(request, f"The words of version {number} are hidden, so there is nothing to tell about it.")
        return redirect("admin:stories_story_versions", object_id)
    held, (_, scheduled) = held_back(request), versions_of(desk.story)
    form = NoticeForm(
        desk.data(),
        story=desk.story,
        waiting=scheduled,
        passages=passages_of(version),
        initial={"passage": request.GET.get("passage", "")},
    )
    pressed = request.method == "POST" and "check" not in request.POST
    if pressed and (done := desk.act(form, lambda story: _notice(version, request, form, held))):
        return done
    return desk.page("notice", f"A notice about version {number}", form=form, version=version, **going_out(desk, held))


def _notice(version: Version, request: HttpRequest, form: Any, held: set[Part]) -> str:
    asked, told = form.cleaned_data, form.terms()
    terms = publishing.Terms(
        scheduled=told["scheduled"],
        held_back=frozenset(held),
        undo_seen=frozenset(told["undo_seen"]),
        release_early=told["release_early"],
    )
    notice = publishing.issue_notice(
        version, by=editor_of(request), kind=asked["kind"], text=asked["text"], passage=asked["passage"], terms=terms
    )
    beside = f" with version {notice.mended_by.number}" if notice.mended_by else ""
    return f"The {notice.get_kind_display()} is published{beside}."

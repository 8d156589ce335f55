"""Links at which a colleague reads the draft as readers will see it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from stories.admin.desk import Desk
from stories.admin.editors import editor_of
from stories.admin.moments import in_both_zones
from stories.audit import record
from stories.models import PreviewLink, Story

HOURS = [("2", "for two hours"), ("24", "for a day"), ("168", "for a week")]


class PreviewForm(forms.Form):
    hours = forms.ChoiceField(choices=HOURS, initial="24", label="A new link that works")


def preview_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """The story's links; a new one can be made, and each can be ended."""
    desk = Desk(model_admin, request, object_id, "view_story")
    form = PreviewForm(request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm("stories.add_previewlink"):
            raise PermissionDenied
        if "end" in request.POST:
            _end(desk.story, request)
            return redirect("admin:stories_story_preview", object_id)
        if form.is_valid():
            _make(desk.story, request, int(form.cleaned_data["hours"]))
            return redirect("admin:stories_story_preview", object_id)
    links = desk.story.preview_links.open().select_related("made_by")
    may_make = request.user.has_perm("stories.add_previewlink")
    site = request.build_absolute_uri("/").rstrip("/")
    return desk.page("preview", f"Preview of “{desk.story}”", form=form, links=links, may_make=may_make, site=site)


def _make(story: Story, request: HttpRequest, hours: int) -> None:
    now = timezone.now()
    until = now + timedelta(hours=hours)
    PreviewLink.objects.create(story=story, made_by=editor_of(request), made_at=now, expires_at=until)
    sentence = f"Made a preview link that works until {in_both_zones(until)}."
    record("preview", sentence, by=editor_of(request), story=story)
    messages.success(request, f"The link works until {in_both_zones(until)}. Whoever has it can read the draft.")


def _end(story: Story, request: HttpRequest) -> None:
    number = request.POST["end"]
    link = get_object_or_404(story.preview_links, pk=number if number.isdecimal() else 0)
    link.expires_at = max(timezone.now(), link.made_at)
    link.save(update_fields=["expires_at"])
    record("preview", "Ended a preview link.", by=editor_of(request), story=story)
    messages.success(request, "The link leads nowhere any more.")

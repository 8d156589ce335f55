"""Killing pictures in the admin, and lifting a kill."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from stories.admin.editors import editor_of
from stories.admin.form_fields import TellingForm
from stories.admin.picture_selection import address_of, ids_of, picture_page, require, selected
from stories.images.queueing import waiting_to_be_placed
from stories.killing import kill_pictures, lift_kill, live_with, stories_with
from stories.models import Image
from stories.refusals import Refused


class ReasonForm(TellingForm):
    reason = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as the agency's own words and the number of its notice. Staff see it, readers do not.",
    )


def kill(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Says what happens to which stories, asks why, and does it; then lists the stories."""
    require(request, "kill_image", "view_image")
    images = selected(request)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if images and form.is_bound and form.is_valid() and _killed(request, images, form):
        return redirect(address_of("killed", [image.pk for image in images]))
    title = "Kill the picture" if len(images) == 1 else f"Kill {len(images)} pictures"
    stories, live = stories_with(images), live_with(images)
    shown = [(image, stories[image.pk], live[image.pk]) for image in images]
    context = {
        "images": images,
        "shown": shown,
        "ids": ids_of(images),
        "form": form,
        "status": 422 if form.errors else 200,
    }
    return picture_page(model_admin, request, "kill", title, **context)


def _killed(request: HttpRequest, images: list[Image], form: ReasonForm) -> bool:
    try:
        kill_pictures(images, by=editor_of(request), reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error("reason", str(refusal))
        return False
    return True


def killed(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """What was killed, and the stories whose page had it."""
    require(request, "view_image")
    images = selected(request)
    live, stories, waiting = live_with(images), stories_with(images), waiting_to_be_placed()
    shown = [(image, live[image.pk], stories[image.pk]) for image in images]
    told = {
        "still": sum(image.pk in waiting for image in images),
        "all_killed": all(image.killed_at for image in images),
    }
    return picture_page(model_admin, request, "killed", "Killed", shown=shown, **told)


def lift(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    require(request, "lift_kill_image", "view_image")
    image = get_object_or_404(Image, pk=object_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = "It is written into the audit trail."
    if request.method == "POST" and form.is_valid():
        try:
            lift_kill(image, by=editor_of(request), reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, "The kill is lifted: the picture is shown again where versions have it.")
            return redirect("admin:stories_image_change", image.pk)
    context = {"image": image, "form": form, "stories": stories_with([image])[image.pk]}
    return picture_page(model_admin, request, "lift_kill", "Lift the kill", **context)

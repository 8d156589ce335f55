"""Putting chosen pictures into the gallery of a story's draft."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stories.admin.editors import editor_of
from stories.admin.picture_selection import ids_of, picture_page, require, selected
from stories.draft.pictures import Added, add_pictures
from stories.models import Story


class StoryForm(forms.Form):
    story = forms.ModelChoiceField(
        Story.objects.all(),
        label="Story",
        widget=AutocompleteSelect(Story.sub_stories.field, admin.site),
        help_text="The pictures are put at the end of its draft’s gallery. Readers see them once it is published.",
    )


def gallery_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    require(request, "change_story", "view_image")
    images = selected(request)
    if not images:
        messages.warning(request, "Choose the pictures first.")
        return redirect("admin:stories_image_changelist")
    form = StoryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        story = form.cleaned_data["story"]
        tell(request, story, add_pictures(story, images, by=editor_of(request)))
        return redirect("admin:stories_story_change", story.pk)
    context = {"images": images, "ids": ids_of(images), "form": form, "status": 422 if form.errors else 200}
    return picture_page(model_admin, request, "make_gallery", "Put into a story’s gallery", **context)


def tell(request: HttpRequest, story: Story, done: Added) -> None:
    """Say what became of the pictures."""
    count = len(done.added)
    said = f"{count} picture{'s' if count != 1 else ''} came to the gallery of “{story}”." if count else ""
    if done.known:
        said += f" Already in it: {', '.join(f'“{image}”' for image in done.known[:5])}"
        said += f" and {len(done.known) - 5} more." if len(done.known) > 5 else "."
    if done.left_out:
        said += f" {len(done.left_out)} found no room: a gallery holds 200."
    messages.add_message(request, messages.WARNING if done.left_out else messages.SUCCESS, said.strip())

"""Putting chosen pictures into the gallery of a story's draft."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stories.admin.editors import editor_of
from stories.admin.form_fields import TellingForm
from stories.admin.picture_selection import ids_of, picture_page, require, selected
from stories.document import StoryDocument
from stories.draft import hold, new_story
from stories.draft.pictures import Added, add_pictures
from stories.models import Image, Story
from stories.reviewing import note_edit

MOST_FOUND, MOST_WORDS = 30, 20
CHOOSE = "Choose a story."
CHOOSE_EITHER = "Choose a story, or give the headline of a new one."


class StoryForm(TellingForm):
    story = forms.ModelChoiceField(
        Story.objects.all(),
        label="Story",
        required=False,
        widget=AutocompleteSelect(Story.sub_stories.field, admin.site),
        help_text="The pictures are put at the end of its draft’s gallery. Readers see them once it is published.",
    )
    headline = forms.CharField(
        label="Or a new story with this working headline", required=False, max_length=300, widget=forms.TextInput
    )

    def __init__(self, *args: Any, may_begin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_begin:
            del self.fields["headline"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and bool(cleaned["story"]) == bool(cleaned.get("headline")):
            self.add_error("story", CHOOSE_EITHER if "headline" in self.fields else CHOOSE)
        return cleaned


def gallery_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    require(request, "change_story", "view_image")
    images = selected(request)
    posted = request.POST if request.method == "POST" else None
    is_looking = posted is not None and "look" in posted
    form = StoryForm(
        None if is_looking else posted,
        initial={"headline": request.POST.get("headline", "")},
        may_begin=request.user.has_perm("stories.add_story"),
    )
    if posted is not None and not is_looking and images and form.is_valid():
        story = form.cleaned_data["story"] or begin(form.cleaned_data["headline"], by=editor_of(request))
        tell(request, story, put(story, images, by=editor_of(request)))
        return redirect("admin:stories_story_change", story.pk)
    context = {"images": images, "ids": ids_of(images), "form": form, **found(request)}
    return picture_page(model_admin, request, "make_gallery", "Put into a story’s gallery", **context)


def found(request: HttpRequest) -> dict[str, Any]:
    """For whoever has no script: the stories that fit what was looked for, those that were last worked on first."""
    words = request.POST.get("find", "").strip()
    stories = Story.objects.order_by("-modified_at", "-pk")
    for word in words.split()[:MOST_WORDS]:
        stories = stories.filter(Q(headline__icontains=word) | Q(slug__icontains=word))
    chosen = request.POST.get("story", "")
    return {"find": words, "found": stories[:MOST_FOUND] if "find" in request.POST else None, "chosen_story": chosen}


def begin(headline: str, *, by: User) -> Story:
    return new_story(StoryDocument(uid=uuid4(), headline=headline), by=by)


@transaction.atomic
def put(story: Story, images: Iterable[Image], *, by: User) -> Added:
    """Add the pictures to the draft's gallery, which is a change like any other to a story that was found ready."""
    done = add_pictures(story, images, by=by)
    if done.added:
        note_edit(hold(story), by=by)
    return done


def tell(request: HttpRequest, story: Story, done: Added) -> None:
    """Say what became of the pictures."""
    messages.add_message(request, messages.WARNING if done.left_out else messages.SUCCESS, told(story, done))


def told(story: Story, done: Added) -> str:
    """What became of the pictures, in words."""
    count = len(done.added)
    said = f"{count} picture{'s' if count != 1 else ''} came to the gallery of “{story}”." if count else ""
    if done.known:
        said += f" Already in it: {', '.join(f'“{image}”' for image in done.known[:5])}"
        said += f" and {len(done.known) - 5} more." if len(done.known) > 5 else "."
    if done.left_out:
        said += f" {len(done.left_out)} found no room: a gallery holds 200."
    return said.strip()

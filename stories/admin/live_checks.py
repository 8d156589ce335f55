"""The pre-publication checks of what is typed into an open story form, told to the page with each autosave."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from stories.admin.state import state_of
from stories.document import StoryDocument
from stories.models import Story


def checks_of(request: HttpRequest, story: Story, typed: StoryDocument, places: Mapping[str, str]) -> dict[str, Any]:
    """`checks` is the HTML of findings and citation report, `blocking` says how many stand in the way, "" for none.

    `places` are the fields of rows that are not saved yet, by the names that the findings give them.
    """
    state = state_of(story, draft=typed)
    told = {"state": state, "story": story, "original": story, "places": places, "typed": True}
    count = len(state.refusals)
    blocking = f"{count} problem{'s block' if count > 1 else ' blocks'} publication" if count else ""
    return {"checks": render_to_string("admin/stories/story/_checks.html", told, request), "blocking": blocking}

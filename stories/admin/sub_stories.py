"""Sub-stories on the form of their parent: those that it adds, and the order in which it puts them."""

import re
from typing import Any

from django.http import HttpRequest

from stories import publishing
from stories.admin.editors import editor_of
from stories.draft import new_sub_story
from stories.models import Story

PLACE = re.compile(r"[0-9]{1,5}")
LAST = 10**6


def arrange_sub_stories(parent: Story, request: HttpRequest) -> None:
    """Put the sub-stories in the order of the page; readers see it at once, so it takes who may publish."""
    if not request.user.has_perm("stories.publish_story"):
        return
    if not any(name.startswith("sub_story") for name in request.POST):
        return  # the page had none
    stories = list(parent.sub_stories.order_by("position", "pk"))
    shown = request.POST.get("sub_stories_shown")
    if shown is not None and _order_of(request) == shown:
        return  # the page did not arrange them; somebody else may have
    given = {story.pk: request.POST.get(f"sub_story-{story.pk}", "") for story in stories}
    order = sorted(
        stories, key=lambda story: int(given[story.pk]) if PLACE.fullmatch(given[story.pk]) else len(stories)
    )
    if order != stories:
        publishing.arrange_sub_stories(parent, order, by=editor_of(request))


def _order_of(request: HttpRequest) -> str:
    """The sub-stories in the order of the page, as `sub_stories_shown` gives those in which it was opened."""
    places = [
        (int(place) if PLACE.fullmatch(place) else LAST, name.removeprefix("sub_story-"))
        for name, place in ((name, str(value)) for name, value in request.POST.items())
        if name.startswith("sub_story-")
    ]
    return ",".join(number for _, number in sorted(places, key=lambda pair: pair[0]))


def add_sub_stories(parent: Story, headlines: list[str], *, by: Any) -> list[Story]:
    """Make a draft under `parent` of each headline that none of its sub-stories has yet."""
    if not headlines:
        return []
    known = set(parent.sub_stories.values_list("headline", flat=True))
    last = parent.sub_stories.order_by("-position").values_list("position", flat=True).first() or 0
    wanted = [headline for headline in headlines if headline not in known]
    return [new_sub_story(parent, headline, position=last + n, by=by) for n, headline in enumerate(wanted, 1)]

"""The page of a story, and what its address answers when it is not live."""

import re
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.evidence_summary import numbers_of
from stories.images.showing import on_page
from stories.marking import marked, resting_on
from stories.models import PreviousSlug, Version
from stories.notice_marks import passages_on, with_marks
from stories.reading import PublishedStory, live_story, live_topics, notices, published_version
from stories.relatives import relatives
from stories.since import since
from stories.story_page import StoryPage, story_page
from stories.timeline_choice import as_chosen, timeline_choice
from stories.views.memento import address_of_version, to_memento, with_gate

NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    version = live_story(slug, at)
    if version is None:
        return _not_live(request, slug, at)
    if "Accept-Datetime" in request.headers:
        return to_version_then(request, slug, at)
    context = page_context(version, at)
    context |= since_seen(request.GET.get("since", ""), version, context["page"], at)
    context |= resting(request, version, context["page"])
    context |= chosen_timeline(request, context["page"])
    return with_gate(request, render(request, "stories/story.html", context), slug)


def since_seen(number: str, version: PublishedStory, page: StoryPage, at: datetime) -> dict[str, Any]:
    """What is otherwise since the Version of that number, for the page; nothing for a number that says nothing."""
    if not NUMBER.fullmatch(number) or int(number) >= version.number:
        return {}
    seen = published_version(version.slug, int(number), at)
    if seen is None or seen.is_hidden:
        return {}
    found = since(seen.document, version.document)
    return {"seen": seen, "since": found, "page": marked(page, found.marked, "is-new")}


def resting(request: HttpRequest, version: PublishedStory, page: StoryPage) -> dict[str, Any]:
    """What rests on the source (`?source=6`) or the outlet (`?outlet=Strait Wire`) that is asked for, for the page;
    nothing for one that the story does not have."""
    number, outlet = (request.GET.get(name, "") for name in ("source", "outlet"))
    chosen = next((row for row in page.articles if str(row.number) == number), None)
    numbers = {chosen.number} if chosen else numbers_of(version.document, outlet) if outlet else None
    if not numbers:
        return {}
    found = resting_on(version.document, numbers)
    return {"rests_on": chosen or outlet, "resting": found, "page": marked(page, found.ids, "rests")}


def chosen_timeline(request: HttpRequest, page: StoryPage) -> dict[str, Any]:
    """The page's timeline as it is asked for, for the page."""
    choice = timeline_choice(page, request.GET)
    return {"choice": choice, "page": as_chosen(page, choice)}


def to_version_then(request: HttpRequest, slug: str, now: datetime) -> HttpResponse:
    return to_memento(request, slug, now, lambda asked: address_of_version(slug, asked, now))


def page_context(version: PublishedStory, at: datetime) -> dict[str, Any]:
    """What the page of a story shows at a moment, of a live Version or of a draft that is previewed as one."""
    page, told = story_page(version.document), notices(version, at)
    return {
        "version": version,
        "document": version.document,
        "page": with_marks(page, told),
        "passages": passages_on(page) if told else frozenset(),
        "pictures": on_page(page.pictures, at),
        "relatives": relatives(version.uid, version.parent_uid, at),
        "notices": told,
        "topics": live_topics(at),
    }


def _not_live(request: HttpRequest, slug: str, at: datetime) -> HttpResponse:
    """410 with the notice for a withdrawn story, a redirect for an address that a story had, else 404."""
    last = last_published(slug, at)
    if last is None:
        return redirect("story", moved_to(slug, at), permanent=True)
    if "Accept-Datetime" in request.headers:
        return to_version_then(request, slug, at)
    context = {"last": last, "topics": live_topics(at)}
    return with_gate(request, render(request, "stories/withdrawn.html", context, status=410), slug)


def last_published(slug: str, at: datetime) -> Version | None:
    """The newest Version under this address that readers have seen, without its document."""
    published = Version.objects.published(at).filter(story__slug=slug)
    return published.select_related("story").defer("document").order_by("-number").first()


def moved_to(slug: str, at: datetime) -> str:
    """The address that a story has now. Raises Http404 where readers never knew a story under the old one."""
    former = PreviousSlug.objects.filter(slug=slug).select_related("story").first()
    if former is None or not former.story.versions.published(at).exists():
        raise Http404("No story has or had this address.")
    return former.story.slug

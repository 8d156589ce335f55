"""Publishing several stories at once, with what became of each."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from stories import publishing
from stories.admin.editors import editor_of
from stories.admin.state import StoryState, state_of
from stories.models import Story, Version
from stories.prepublication import Finding
from stories.refusals import NothingChanged, NotReady, Refused

MOST = 200


@dataclass(frozen=True)
class Choice:
    """A story that may be published, with what stands in its way."""

    story: Story
    state: StoryState


@dataclass(frozen=True)
class Outcome:
    """What became of one story."""

    story: Story
    version: Version | None = None
    sentence: str = ""
    refused: bool = False
    findings: list[Finding] = field(default_factory=list)


def publish_together_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Ask first, then publish what was chosen and say what became of each."""
    if not request.user.has_perm("stories.publish_story"):
        raise PermissionDenied
    stories = _chosen(model_admin, request)
    outcomes = [publish_one(story, by=editor_of(request)) for story in stories] if request.method == "POST" else []
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Publish stories together",
        "opts": model_admin.opts,
        "choices": [Choice(story, state_of(story)) for story in stories] if request.method != "POST" else [],
        "most": MOST,
        "outcomes": outcomes,
        "published": sum(1 for outcome in outcomes if outcome.version),
    }
    return TemplateResponse(request, "admin/stories/story/publish_together.html", context)


def _chosen(model_admin: Any, request: HttpRequest) -> QuerySet[Story]:
    """The chosen stories, parents first: a sub-story's Version names its parent only if that is live."""
    by_level = (F("parent__parent").asc(nulls_first=True), F("parent").asc(nulls_first=True), "position", "pk")
    stories = model_admin.get_queryset(request).select_related("parent").order_by(*by_level)
    if request.method == "POST":
        return stories.filter(pk__in=_numbers(request.POST.getlist("story")))
    if parent := _numbers([request.GET.get("parent", "")]):
        return stories.filter(parent__in=parent)[:MOST]
    return stories.filter(pk__in=_numbers(request.GET.get("stories", "").split(",")))[:MOST]


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19][:MOST]


def publish_one(story: Story, *, by: User) -> Outcome:
    """Publish the story as an update, or say why not."""
    try:
        return Outcome(story, version=publishing.publish(story, by=by))
    except NothingChanged as refusal:
        return Outcome(story, sentence=str(refusal))
    except NotReady as refusal:
        return Outcome(story, refused=True, findings=[f for f in refusal.findings if f.refuses])
    except Refused as refusal:
        return Outcome(story, sentence=str(refusal), refused=True)

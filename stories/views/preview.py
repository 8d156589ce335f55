"""A draft as readers will see it, for whoever was given the link."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.draft import read_draft
from stories.models import PreviewLink, Story
from stories.prepublication import check_story
from stories.reading import PublishedStory
from stories.versions import freeze
from stories.views.story import chosen_timeline, page_context, resting

NOT_ENDED: dict[str, Any] = {
    "live_until": None,
    "change_note": "",
    "withdrawn_at": None,
    "taken_back_at": None,
    "taken_back_reason": "",
    "redacted_at": None,
    "redacted_reason": "",
}


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    at = timezone.now()
    link = PreviewLink.objects.open(at).filter(key=key).select_related("story__topic", "story__parent").first()
    if link is None:
        raise Http404("The link has expired, or there was none.")
    version = _as_published(link.story)
    context = {**page_context(version, at), "link": link}
    context |= resting(request, version, context["page"])
    context |= chosen_timeline(request, context["page"])
    response = render(request, "stories/preview.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _as_published(story: Story) -> PublishedStory:
    """The draft as the Version that publishing it now would make."""
    at = timezone.now()
    document, _ = check_story(story, freeze(read_draft(story), at=at), at=at)
    latest, topic = story.versions.published(at).order_by("-number").first(), story.topic
    return PublishedStory(
        number=latest.number + 1 if latest else 1,
        document=document.as_json(),
        headline=document.headline,
        parent_uid=document.parent.uid if document.parent else None,
        first_published=latest.first_published if latest else at,
        updated=at,
        live_from=at,
        **NOT_ENDED,
        article_count=len(document.sources),
        checksum="",
        uid=story.uid,
        slug=story.slug,
        topic_slug=topic.slug if topic else None,
        topic_name=topic.name if topic else None,
        has_notices=story.notices.exists(),
    )

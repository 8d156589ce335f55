"""The newsroom overview on the front page of the admin."""

from typing import Any

from django import template
from django.utils import timezone

from stories import overview
from stories.models import Presence, Story
from stories.overview import Waiting

register = template.Library()


@register.inclusion_tag("admin/_overview.html", takes_context=True)
def newsroom_overview(context: Any) -> dict[str, Any]:
    """What waits for somebody, as far as this person may see it."""
    at, user = timezone.now(), context["request"].user
    shown: dict[str, Any] = {"now": at, "user": user}
    if user.has_perm("stories.view_story"):
        shown |= {
            "sees_stories": True,
            "in_review": Waiting.of(overview.in_states([Story.ReviewState.IN_REVIEW])),
            "ready": Waiting.of(overview.in_states([Story.ReviewState.READY])),
            "scheduled": Waiting.of(overview.scheduled(at)),
            "unpublished": overview.waiting_for(overview.unpublished(at)),
            "resourcing": overview.resourcing(at),
            "incomplete": overview.waiting_for(overview.incomplete_sources()),
            "present": list(Presence.objects.now(at)[:50]),
        }
    if user.has_perm("stories.change_errorreport"):
        shown |= {"handles_reports": True, "reports": Waiting.of(overview.open_reports())}
    if user.has_perm("stories.view_image"):
        shown["rights"] = overview.rights_running_out(at)
    if user.has_perm("stories.change_image"):
        shown |= {"describes_pictures": True, "undescribed": overview.undescribed()}
    return shown

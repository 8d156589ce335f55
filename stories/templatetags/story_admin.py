"""What the story's pages in the admin show of findings, states and pictures."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.admin.places import anchor_of
from stories.admin.story_list import state_words
from stories.models import GalleryItem, Image, Story
from stories.prepublication import Finding

register = template.Library()


@register.simple_tag
def finding_link(finding: Finding, story: Story | None = None) -> SafeString | str:
    """The finding's sentence, leading to its field on the story's form."""
    anchor = anchor_of(finding)
    if story is None or not anchor:
        return finding.message
    return format_html(
        '<a href="{}#{}">{}</a>', reverse("admin:stories_story_change", args=[story.pk]), anchor, finding.message
    )


@register.simple_tag
def story_state(story: Any) -> SafeString:
    """Where a story from the admin's own query stands."""
    return format_html('<span class="state state-{}">{}</span>', *state_words(story))


@register.filter
def picture(item: GalleryItem) -> Image | None:
    """The item's picture, None in a row where none is chosen."""
    return item.image if item.image_id else None

"""What the story's pages in the admin show of findings, states and pictures."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stories.admin.moments import in_both_zones
from stories.admin.places import anchor_of
from stories.admin.story_list import state_words
from stories.comparing import Words
from stories.document import StoryDocument
from stories.models import GalleryItem, Image, Story
from stories.parts import Part, name_of
from stories.prepublication import Finding

register = template.Library()
BREAK = format_html("<br>{}", "")


@register.simple_tag
def finding_link(
    finding: Finding, story: Story | None = None, places: Mapping[str, str] | None = None
) -> SafeString | str:
    """The finding's sentence, leading to its field on the story's form; `places` are those of rows not saved yet."""
    anchor = anchor_of(finding)
    anchor = (places or {}).get(anchor, anchor)
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


@register.simple_tag
def word_changes(words: Iterable[Words]) -> SafeString:
    """A text with what was taken out and put in, line by line."""
    return format_html_join("", "{}", ((_marked(run),) for run in words))


def _marked(run: Words) -> SafeString:
    lines = format_html_join(BREAK, "{}", ((line,) for line in run.text.split("\n")))
    if not run.how:
        return lines
    return format_html("<ins>{}</ins>" if run.how == "ins" else "<del>{}</del>", lines)


@register.simple_tag
def part_name(part: Part, document: StoryDocument) -> str:
    """What an editor calls a part of the document."""
    return name_of(part, document)


@register.filter
def both_zones(moment: datetime) -> str:
    """In the newsroom's time, and in UTC where that is another."""
    return in_both_zones(moment)

"""Drafts for the sub-stories whose headlines a text lists."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from stories.draft import new_sub_story
from stories.importing.report import Code, Entry
from stories.models import PreviousSlug, Story


def make_sub_stories(
    parent: Story, headlines: Sequence[str], *, by: User | None
) -> tuple[tuple[str, ...], list[Entry]]:
    """Make a draft under `parent` for each headline that no story has; what stands elsewhere is left and reported.

    Returns the headlines of the drafts made. Call it in the transaction that writes the parent.
    """
    made, entries = [], []
    position = Story.objects.filter(parent=parent).count()
    for headline in headlines:
        known = _known(Story(headline=headline).own_slug())
        if known is None:
            position += 1
            new_sub_story(parent, headline, position=position, by=by)
            made.append(headline)
        elif known.parent_id != parent.pk:
            message = f"“{headline}” is a story already, but no sub-story of this one. It was left where it is."
            entries.append(Entry(1, Code.ANNOUNCED_SUB_STORIES, message, count=1))
    return tuple(made), entries


def _known(slug: str) -> Story | None:
    known = Story.objects.filter(slug=slug).first()
    previous = PreviousSlug.objects.filter(slug=slug).select_related("story").first()
    return known or (previous.story if previous else None)

"""Drafts for the sub-stories whose headlines a text lists."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from stories.document import ParentEntry, StoryDocument, TopicEntry
from stories.draft import new_story
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
        child = Story(headline=headline)
        known = _known(child.own_slug())
        if known is None:
            position += 1
            _make(parent, child, position, by)
            made.append(headline)
        elif known.parent_id != parent.pk:
            message = f"“{headline}” is a story already, but no sub-story of this one. It was left where it is."
            entries.append(Entry(1, Code.ANNOUNCED_SUB_STORIES, message, count=1))
    return tuple(made), entries


def _known(slug: str) -> Story | None:
    known = Story.objects.filter(slug=slug).first()
    previous = PreviousSlug.objects.filter(slug=slug).select_related("story").first()
    return known or (previous.story if previous else None)


def _make(parent: Story, child: Story, position: int, by: User | None) -> None:
    document = StoryDocument(
        uid=child.uid,
        headline=child.headline,
        language=parent.language,
        direction=parent.direction,
        topic=TopicEntry(slug=parent.topic.slug, name=parent.topic.name) if parent.topic else None,
        parent=ParentEntry(uid=parent.uid, slug=parent.slug, headline=parent.headline),
    )
    story = new_story(document, by=by)
    story.position = position
    story.save(update_fields=["position"])

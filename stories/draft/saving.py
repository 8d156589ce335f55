"""Saving the rows of a draft: what goes before and after them, in the transaction that writes them."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from stories.audit import record
from stories.document import StoryDocument, TopicEntry
from stories.draft.reading import hold
from stories.draft.sentences import reread_held
from stories.draft.snapshots import keep_replaced, keep_save
from stories.draft.writing import find_parent, write_draft
from stories.models import Story, Topic
from stories.sourcing import sources_to_put_back

COUNTERS = ["last_section_number", "last_event_number", "last_source_number"]


def finish_save(story: Story, *, by: User | None, changed: bool) -> None:
    """Make what was written to the rows the draft's next state. The story is held, `keep_base` was called before.

    Without a change the draft is no newer to other editors than it was.
    """
    if not changed:
        story.save(update_fields=COUNTERS)
        return
    story.lock_version += 1
    story.modified_by = by
    story.save()
    keep_save(story, by=by, document=reread_held(story))


@transaction.atomic
def put_back(story: Story, document: StoryDocument, *, by: User | None, what: str) -> Story:
    """Make the draft again what a kept state says; what it replaces is kept. `what` names that state in a sentence.

    A topic or a parent that is gone by now, or stands below the story, is left out. Raises DraftRefused.
    """
    story = hold(story)
    keep_replaced(story, by=by)
    story = write_draft(story, _as_it_can_stand(story, document), by=by, library_stays=True)
    record("put back", f"{what} was put back into the draft.", by=by, story=story)
    return story


def _as_it_can_stand(story: Story, document: StoryDocument) -> StoryDocument:
    topic = Topic.objects.filter(slug=document.topic.slug).first() if document.topic else None
    entry = TopicEntry(slug=topic.slug, name=topic.name) if topic else None
    sources = sources_to_put_back(story, document.sources)
    document = document.model_copy(update={"topic": entry, "slug": story.slug, "sources": sources})
    try:
        find_parent(story, document.parent)
    except ValidationError:
        return document.model_copy(update={"parent": None})
    return document

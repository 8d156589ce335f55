"""Small makers of drafts and Versions; each gives only the fields that matter."""

import itertools
import uuid
from datetime import UTC, datetime
from typing import Any

from stories import publishing
from stories.document import StoryDocument
from stories.draft import new_story
from stories.models import Story, Version
from stories.refusals import WouldUndo

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
counter = itertools.count(1)


def document(**fields: Any) -> StoryDocument:
    """A small, complete and publishable document: one section of two cited sentences, two sources, one event."""
    number = next(counter)
    values: dict[str, Any] = {
        "uid": uuid.uuid4(),
        "headline": f"Ferry line {number} opens a winter crossing",
        "topic": {"slug": "world", "name": "World"},
        "sections": [
            {
                "id": "s1",
                "heading": "A crossing in winter",
                "body": "<p>The line opened a second berth [1]. Freight moved first, the operator said [2].</p>",
            }
        ],
        "sources": [
            {
                "number": 1,
                "title": "A second berth opens",
                "url": f"https://harbour.example/{number}/berth",
                "outlet": "Harbour Courier",
                "outlet_kind": "news",
                "published": "2026-03-01",
            },
            {
                "number": 2,
                "title": "Freight first, says the line",
                "url": f"https://strait.example/{number}/freight",
                "outlet": "Strait Wire",
                "outlet_kind": "wire",
                "published": "2026-03-01",
            },
        ],
        "timeline": [{"id": "t1", "date": "2026-03-01", "text": "The second berth opens [1]."}],
    }
    values.update(fields)
    return StoryDocument.model_validate(values)


def draft(**fields: Any) -> Story:
    """A story that nobody has published."""
    return new_story(document(**fields))


def live(at: datetime = NOON, **fields: Any) -> Story:
    """A story whose Version 1 went live at `at`."""
    story = draft(**fields)
    publishing.publish(story, by=None, at=at)
    return story


def publish_before(story: Story, at: datetime, **terms: Any) -> Version:
    """Publish before a Version that is scheduled, which is kept with all that it undoes."""
    try:
        return publishing.publish(story, by=None, at=at, scheduled="keep", **terms)
    except WouldUndo as refusal:
        seen = {part for part, _ in refusal.undone}
        return publishing.publish(story, by=None, at=at, scheduled="keep", undo_seen=seen, **terms)


def edit(story: Story, **fields: Any) -> Story:
    """Change the draft's head: `edit(story, headline="…")`."""
    Story.objects.filter(pk=story.pk).update(**fields)
    story.refresh_from_db()
    return story


def version(story: Story, number: int = 1) -> Version:
    return story.versions.get(number=number)

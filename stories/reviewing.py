"""The review of a draft: who sends it, who finds it ready, and what they tell each other."""

from django.contrib.auth.models import User
from django.db import transaction

from stories.audit import record
from stories.draft import hold
from stories.models import Story
from stories.refusals import Refused
from stories.versions import kept_note

SENTENCES = {
    Story.ReviewState.IN_PROGRESS: "Taken back into work.",
    Story.ReviewState.IN_REVIEW: "Sent for review.",
    Story.ReviewState.READY: "Found ready for publication.",
}


@transaction.atomic
def move(story: Story, state: str, *, by: User, note: str = "") -> Story:
    """Put the draft into a review state, with a note to whoever goes on with it.

    Raises Refused where only who may publish can find it ready, BadNote, and ValueError for an unknown state.
    """
    story, state = hold(story), Story.ReviewState(state)
    if state == Story.ReviewState.READY and not by.has_perm("stories.publish_story"):
        raise Refused("Only who may publish can find a story ready. Send it for review.")
    story.review_state, story.review_note = state, kept_note(note)
    story.save(update_fields=["review_state", "review_note"])
    note = f" Note: {story.review_note}" if story.review_note else ""
    record("review", f"{SENTENCES[Story.ReviewState(state)]}{note}", by=by, story=story)
    return story


def note_edit(story: Story, *, by: User) -> None:
    """What was found ready is no longer what was read, once somebody who may not publish has changed it."""
    if story.review_state == Story.ReviewState.READY and not by.has_perm("stories.publish_story"):
        story.review_state = Story.ReviewState.IN_REVIEW
        story.save(update_fields=["review_state"])
        record("review", "Back in review: it was changed after it was found ready.", by=by, story=story)

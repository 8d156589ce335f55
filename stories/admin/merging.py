"""Saving over a newer draft: what only one of two editors changed is brought together, what both changed is asked."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from stories import publishing
from stories.admin.editors import editor_of
from stories.admin.typed import document_of, sitting_of, typed_fields
from stories.document import StoryDocument
from stories.draft import read_draft, write_draft
from stories.draft.snapshots import base_of, keep_conflict, settle
from stories.merging import Merged, merge
from stories.models import Snapshot, Story
from stories.parts import name_of
from stories.refusals import Refused

MOST_NAMED = 6


@dataclass(frozen=True)
class Outrun:
    """What became of a save over a newer draft: `conflict` is what was typed, where both changed the same part or where
    both together cannot be stored, for the reason in `refusal`."""

    story: Story
    merged: Merged
    conflict: Snapshot | None = None
    refusal: str = ""

    @property
    def sentence(self) -> str:
        who = self.story.modified_by or "Somebody"
        if not self.merged.taken:
            return f"{who} saved the story meanwhile. Nothing of yours differed from what you had opened."
        names = [name_of(part, self.merged.document) for part in self.merged.taken]
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        said = f"{', '.join(names[:MOST_NAMED])}{more}"
        return f"{who} saved the story meanwhile. Both are in the draft now; of yours: {said}."


def merge_or_keep(request: HttpRequest, story: Story, form: Any, formsets: list[Any]) -> Outrun:
    """Write the typed form and the newer draft as one, or keep both where they contradict each other.

    `story` is the stored one, and held.
    """
    theirs = read_draft(story)
    yours = document_of(story, form, formsets, known=theirs)
    base = base_of(story, form.began_with) or unknown_base(theirs)
    merged, by = merge(base, theirs, yours), editor_of(request)
    conflict, refusal = None, ""
    if merged.taken and not merged.conflicts:
        refusal = write_or_refuse(story, merged, by)
    if merged.conflicts or refusal:
        conflict = keep_conflict(story, yours, typed_fields(request), by=by, lock_version=form.began_with)
    settle(story, sitting=sitting_of(request), by=by)
    return Outrun(story, merged, conflict, refusal)


def write_or_refuse(story: Story, merged: Merged, by: Any) -> str:
    """Write what both say together; returns why that cannot be, "" where it is done."""
    try:
        with transaction.atomic():
            _write(story, merged.document, by=by)
    except ValidationError as error:
        return " ".join(error.messages)
    except Refused as error:
        return str(error)
    return ""


def _write(story: Story, document: StoryDocument, *, by: Any) -> None:
    """Make the document the draft; a new address of a published story takes effect at once, for who may publish."""
    if (
        document.slug
        and document.slug != story.slug
        and story.versions.exists()
        and by.has_perm("stories.publish_story")
    ):
        publishing.rename(story, by=by, slug=document.slug)
    write_draft(story, document, by=by)


def unknown_base(theirs: StoryDocument) -> StoryDocument:
    """For a page opened so many saves ago that the draft of that moment is kept no longer: all counts as new."""
    return StoryDocument(uid=theirs.uid, slug=theirs.slug, language=theirs.language)

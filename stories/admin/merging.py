"""Saving over a newer draft: what only one of two editors changed is brought together, what both changed is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from stories import publishing
from stories.admin.editors import editor_of
from stories.admin.recovering import brought_back
from stories.admin.typed import document_of, sitting_of, typed_fields
from stories.document import StoryDocument
from stories.draft import read_draft, write_draft
from stories.draft.snapshots import base_of, keep_conflict, settle
from stories.merging import Choice, Merged, merge
from stories.models import Snapshot, Story
from stories.parts import Part, name_of, take_apart
from stories.refusals import Refused

MOST_NAMED = 6


@dataclass(frozen=True)
class Outrun:
    """What became of a save over a newer draft: `conflict` is what was typed, where both changed the same part or where
    both together cannot be stored, for the reason in `refusal`."""

    story: Story
    merged: Merged | None
    conflict: Snapshot | None = None
    refusal: str = ""
    left_alone: list[str] = field(default_factory=list)

    @property
    def moved(self) -> bool:
        """Whether yours has another address."""
        return self.merged is not None and self.merged.document.slug != self.story.slug

    @property
    def sentence(self) -> str:
        who = self.story.modified_by or "Somebody"
        if self.merged is None or not (self.merged.taken or self.moved):
            return f"{who} saved the story meanwhile. Nothing of yours differed from what you had opened."
        names = [name_of(part, self.merged.document) for part in self.merged.taken] + ["Address"] * self.moved
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        said = f"{', '.join(names[:MOST_NAMED])}{more}"
        return f"{who} saved the story meanwhile. Both are in the draft now; of yours: {said}."


def merge_or_keep(request: HttpRequest, story: Story, form: Any, formsets: list[Any]) -> Outrun:
    """Write the typed form and the newer draft as one, or keep both where they contradict each other.

    `story` is the stored one, and held.
    """
    theirs, base, by = read_draft(story), base_of(story, form.began_with), editor_of(request)
    yours = document_of(story, form, formsets, known=theirs, opened=base)
    merged, refusal = try_merge(base, theirs, yours)
    if merged is not None and not merged.conflicts and _says_more(merged, theirs):
        refusal = write_or_refuse(story, merged, by)
    conflict = None
    if refusal or (merged is not None and merged.conflicts):
        conflict = keep_conflict(story, yours, typed_fields(request), by=by, lock_version=form.began_with)
    settle(story, sitting=sitting_of(request), by=by, brought_back=brought_back(request))
    said = left_alone(story, merged) if merged is not None and conflict is None else []
    return Outrun(story, merged, conflict, refusal, said)


def _says_more(merged: Merged, theirs: StoryDocument) -> bool:
    return bool(merged.taken) or merged.document.slug != theirs.slug


def try_merge(
    base: StoryDocument | None,
    theirs: StoryDocument,
    yours: StoryDocument,
    choices: Mapping[Part, Choice] | None = None,
    *,
    next_number: int = 0,
) -> tuple[Merged | None, str]:
    """Both together, or None and the reason why they are no document together."""
    known = base is not None
    try:
        merged = merge(
            base or _unknown_base(theirs, yours), theirs, yours, choices, next_number=next_number, base_is_known=known
        )
    except ValueError as error:
        return None, f"Both cannot be brought together by themselves: {_reason(error)}"
    return merged, ""


def _reason(error: ValueError) -> str:
    told = [str(fault["msg"]).removeprefix("Value error, ") for fault in getattr(error, "errors", list)()]
    return " ".join(told) or str(error)


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
    write_draft(story, document, by=by, library_stays=True)


def _unknown_base(theirs: StoryDocument, yours: StoryDocument) -> StoryDocument:
    """For a page opened so many saves ago that the draft of that moment is kept no longer: all counts as new, but for
    address and language, which somebody else may have changed and which yours only carries along."""
    return StoryDocument(uid=theirs.uid, slug=yours.slug, language=yours.language)


def left_alone(story: Story, merged: Merged) -> list[str]:
    """Sentences on sources of yours that are not stored as typed, since other stories use the report too."""
    stored, wanted = take_apart(read_draft(story)), take_apart(merged.document)
    numbers = [part.id for part in merged.taken if part.kind == "source" and stored.says(part) != wanted.says(part)]
    return [
        f"Source {number}: other stories use the report too, so only what was blank was filled in. Change the rest on "
        "the article's own page."
        for number in numbers
        if stored.values.get(Part("source", number)) is not None
    ]

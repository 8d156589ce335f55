"""What a publication would change for readers: part by part, who touched each, and what an editor holds back."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from stories.comparing import Change, changes
from stories.document import StoryDocument
from stories.draft import read_draft
from stories.merging import Inseparable, hold_back
from stories.models import Snapshot, Story, Version
from stories.parts import Part, take_apart
from stories.publishing.waiting import undone_by
from stories.versions import freeze


@dataclass(frozen=True)
class Outgoing:
    """A part that would change for readers; `by` are the people who changed it since the live Version was made."""

    change: Change
    by: list[str]
    goes_out: bool


def held_back(request: HttpRequest) -> set[Part]:
    """The parts that were shown on the page and not ticked."""
    shown = {Part.read(name) for name in request.POST.getlist("part")}
    return shown - {Part.read(name) for name in request.POST.getlist("goes_out")}


def live_document(version: Version | None, story: Story) -> StoryDocument:
    """What readers have; of a story that they do not have, or whose words are gone, nothing."""
    if version is None or version.withdrawn_at is not None or version.redacted_at is not None:
        return StoryDocument(uid=story.uid)
    return StoryDocument.model_validate(version.document)


def outgoing(story: Story, latest: Version | None, held: Collection[Part]) -> list[Outgoing]:
    """What the draft says otherwise than readers have it."""
    live, draft = live_document(latest, story), freeze(read_draft(story), at=timezone.now())
    touched = touched_by(story, latest)
    return [
        Outgoing(change, touched.get(change.part, []), change.part not in held)
        for change in changes(live, draft)
        if latest is not None or change.part != Part("head", "language")
    ]


def touched_by(story: Story, latest: Version | None) -> dict[Part, list[str]]:
    """Who changed which part in the saves since the live Version was made, as far as they are kept."""
    saves = story.snapshots.filter(reason=Snapshot.Reason.SAVE).select_related("saved_by").order_by("saved_at", "pk")
    touched: dict[Part, list[str]] = {}
    before = take_apart(live_document(None, story))
    for save in saves:
        after = take_apart(StoryDocument.model_validate(save.document))
        if latest is None or save.saved_at > latest.created_at:
            name = str(save.saved_by) if save.saved_by else "a command"
            for part in {**before.values, **after.values}:
                if before.says(part) != after.says(part) and name not in touched.setdefault(part, []):
                    touched[part].append(name)
        before = after
    return touched


def undone(
    story: Story, latest: Version | None, waiting: Version | None, held: Collection[Part]
) -> list[tuple[Part, str]]:
    """What the scheduled Version, kept as it is, would undo of what goes out now."""
    if waiting is None:
        return []
    draft = freeze(read_draft(story), at=timezone.now())
    try:
        return undone_by(waiting, hold_back(draft, live_document(latest, story), held) if held else draft)
    except Inseparable:
        return []

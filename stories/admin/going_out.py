"""What a publication would change for readers: part by part, who touched each, and what an editor holds back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from stories.comparing import Change, changes
from stories.document import StoryDocument
from stories.merging import Inseparable, hold_back
from stories.models import Snapshot, Story, Version
from stories.parts import Part, said_in
from stories.publishing.waiting import undone_by


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


def outgoing(story: Story, draft: StoryDocument, latest: Version | None, held: Collection[Part]) -> list[Outgoing]:
    """What the draft, frozen, says otherwise than readers have it."""
    live = live_document(latest, story)
    touched = touched_by(story, latest)
    return [
        Outgoing(change, touched.get(change.part, []), change.part not in held)
        for change in changes(live, draft)
        if latest is not None or change.part != Part("head", "language")
    ]


def touched_by(story: Story, latest: Version | None) -> dict[Part, list[str]]:
    """Who changed which part in the saves since the live Version was made, as far as they are kept."""
    touched: dict[Part, list[str]] = {}
    before = said_in(live_document(None, story).as_json())
    for name, document in _saves_since(story, latest):
        after = said_in(document)
        if name is not None:
            for part in {**before, **after}:
                if before.get(part) != after.get(part) and name not in touched.setdefault(part, []):
                    touched[part].append(name)
        before = after
    return touched


def _saves_since(story: Story, latest: Version | None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Who saved and what the draft said then, the oldest first; before them, without a name, what they began with."""
    saves = story.snapshots.filter(reason=Snapshot.Reason.SAVE).select_related("saved_by")
    if latest is not None:
        found = saves.filter(saved_at__lte=latest.created_at).order_by("-saved_at", "-pk").first()
        if found is not None:
            yield None, found.document
        saves = saves.filter(saved_at__gt=latest.created_at)
    for save in saves.order_by("saved_at", "pk").iterator(chunk_size=5):
        yield str(save.saved_by) if save.saved_by else "a command", save.document


def undone(
    story: Story, draft: StoryDocument, latest: Version | None, waiting: Version | None, held: Collection[Part]
) -> list[tuple[Part, str]]:
    """What the scheduled Version, kept as it is, would undo of the draft, frozen, that goes out now."""
    if waiting is None:
        return []
    try:
        return undone_by(waiting, hold_back(draft, live_document(latest, story), held) if held else draft)
    except Inseparable:
        return []

"""Past states of a draft: what was saved, what was typed and not saved, what a conflict or a restore replaced."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stories.audit import record
from stories.document import StoryDocument, content_sha256
from stories.draft.reading import read_draft
from stories.models import Snapshot, Story
from stories.parts import name_of, take_apart
from stories.quoting import with_evidence

SAVES_KEPT = 50
DAYS_KEPT, A_DAY = timedelta(days=30), timedelta(days=1)
MOST_NAMED = 8
Typed = list[tuple[str, str]]  # the fields of a form as they were posted


def keep_base(story: Story) -> None:
    """Keep the draft as it is before it is saved, unless it was kept by that save which made it.

    What others began to type from it can then still be told from what they found.
    """
    known = story.snapshots.filter(reason=Snapshot.Reason.SAVE, lock_version=story.lock_version)
    if story.lock_version and not known.exists():
        stored = Story.objects.get(pk=story.pk)  # the one at hand may have been changed already by a form
        snapshot = _snapshot(stored, Snapshot.Reason.SAVE, by=stored.modified_by)
        snapshot.saved_at = stored.modified_at
        snapshot.save()


def keep_save(story: Story, *, by: User | None, document: StoryDocument | None = None) -> None:
    """Keep the draft as it was just saved, say in the audit trail what changed, and drop what was kept long enough.

    The story is held, and its `lock_version` is that of this save. `document` is its draft, where it was read already
    from what is stored.
    """
    before, document = _last_saved(story), document or read_draft(story)
    _snapshot(story, Snapshot.Reason.SAVE, by=by, document=document).save()
    note_content(story, document)
    record("save", _what_changed(before, document), by=by, story=story)
    drop_old(story)


def note_content(story: Story, document: StoryDocument | None = None) -> None:
    """Note what readers would get of the draft, by which lists tell whether it has unpublished changes."""
    document = document or read_draft(story)
    shown = document.model_copy(update={"gallery": [entry for entry in document.gallery if entry.file]})
    story.content_sha256 = content_sha256(with_evidence(shown).as_json())
    Story.objects.filter(pk=story.pk).update(content_sha256=story.content_sha256)


def _last_saved(story: Story) -> StoryDocument | None:
    last = story.snapshots.filter(reason=Snapshot.Reason.SAVE).order_by("-lock_version", "-pk")
    document = last.values_list("document", flat=True).first()
    return StoryDocument.model_validate(document) if document else None


def _what_changed(before: StoryDocument | None, after: StoryDocument) -> str:
    if before is None:
        return "Saved for the first time."
    old, new = take_apart(before), take_apart(after)
    changed = [part for part in {**new.values, **old.values} if old.says(part) != new.says(part)]
    if not changed:
        return "Saved with another order or filing."
    names = [name_of(part, new, old) for part in changed[:MOST_NAMED]]
    more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
    return f"Saved: {', '.join(names)}{more}."


def _snapshot(
    story: Story, reason: Snapshot.Reason, *, by: User | None, document: StoryDocument | None = None
) -> Snapshot:
    kept = (document or read_draft(story)).as_json()
    return Snapshot(story=story, reason=reason, document=kept, lock_version=story.lock_version, saved_by=by)


def keep_autosave(
    story: Story, document: StoryDocument, typed: Typed, *, by: User, sitting: UUID, lock_version: int | None | None
) -> Snapshot:
    """Keep what somebody has typed and not saved; those of one sitting replace each other. Holds nobody up."""
    values = {
        "document": document.as_json(),
        "typed": typed,
        "lock_version": lock_version,
        "saved_at": timezone.now(),
        "settled_at": None,
    }
    sitting = uuid5(sitting, str(by.pk))  # nobody writes over what somebody else has typed
    mine: dict[str, Any] = {"story": story, "sitting": sitting, "reason": Snapshot.Reason.AUTOSAVE}
    return Snapshot.objects.update_or_create(**mine, defaults=values, create_defaults={**values, "saved_by": by})[0]


@transaction.atomic
def keep_conflict(
    story: Story, document: StoryDocument, typed: Typed, *, by: User | None, lock_version: int | None
) -> Snapshot:
    """Keep both sides of a conflict, theirs and what was typed; the ids and numbers given to new parts stay given.

    Returns the snapshot of what was typed. The story is held.
    """
    theirs = _snapshot(story, Snapshot.Reason.CONFLICT, by=story.modified_by)
    if not story.snapshots.filter(reason=theirs.reason, typed__isnull=True, lock_version=story.lock_version).exists():
        theirs.save()
    _give_for_good(story, document)
    return Snapshot.objects.create(
        story=story,
        reason=Snapshot.Reason.CONFLICT,
        document=document.as_json(),
        typed=typed,
        lock_version=lock_version,
        saved_by=by,
    )


def _give_for_good(story: Story, document: StoryDocument) -> None:
    numbers: dict[str, Sequence[int]] = {
        "last_section_number": [int(entry.id[1:]) for entry in document.sections],
        "last_event_number": [int(entry.id[1:]) for entry in document.timeline],
        "last_source_number": [entry.number for entry in document.sources],
    }
    for counter, given in numbers.items():
        setattr(story, counter, max([getattr(story, counter), *given]))
    Story.objects.filter(pk=story.pk).update(**{counter: getattr(story, counter) for counter in numbers})


def keep_replaced(story: Story, *, by: User | None) -> None:
    """Keep the draft as it is before another state is put in its place."""
    if story.lock_version:
        _snapshot(story, Snapshot.Reason.RESTORE, by=by).save()


def base_of(story: Story, lock_version: int | None) -> StoryDocument | None:
    """The draft as somebody found it when they began to type, None where it is no longer kept."""
    if lock_version is None:
        return None
    saved = story.snapshots.filter(reason=Snapshot.Reason.SAVE, lock_version=lock_version).first()
    return StoryDocument.model_validate(saved.document) if saved else None


def settle(story: Story, *, sitting: UUID | None, by: User | None, brought_back: int | None = None) -> None:
    """What was typed in this sitting has come into the draft, also the snapshot that was `brought_back` into the form:
    nobody needs to be offered it again."""
    if brought_back is not None:
        typed = story.snapshots.unsettled().filter(pk=brought_back, saved_by=by)
        typed.update(settled_at=timezone.now())
    if sitting is not None and by is not None:
        mine = uuid5(sitting, str(by.pk))
        story.snapshots.filter(sitting=mine, reason=Snapshot.Reason.AUTOSAVE).delete()


def put_aside(snapshot: Snapshot) -> None:
    """Offer what was typed no more; it stays among the snapshots for its time."""
    snapshot.settled_at = timezone.now()
    snapshot.save(update_fields=["settled_at"])


def drop_old(story: Story) -> None:
    """The last 50 saves stay, those of the last day, and those from which somebody began to type; else for 30 days."""
    now, saves = timezone.now(), story.snapshots.filter(reason=Snapshot.Reason.SAVE)
    kept = list(saves.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:SAVES_KEPT])
    bases = list(story.snapshots.unsettled().values_list("lock_version", flat=True))
    needed = Q(pk__in=kept) | Q(saved_at__gt=now - A_DAY) | Q(lock_version__in=bases)
    too_many = Q(reason=Snapshot.Reason.SAVE) & ~needed
    too_old = ~Q(reason=Snapshot.Reason.SAVE) & Q(saved_at__lt=now - DAYS_KEPT)
    story.snapshots.filter(too_many | too_old).delete()

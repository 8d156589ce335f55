"""Undoing the newest Version at once, and what becomes of the mistaken one: it comes back, or its words go for good."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from stories.audit import record
from stories.draft import read_draft
from stories.models import ErrorReport, Snapshot, Story, Version
from stories.parts import Part
from stories.prepublication import check_story
from stories.publishing.arranging import take_off_front_page
from stories.publishing.chain import By, hold_now, latest_of, refuse_same_moment, scheduled_of
from stories.publishing.issuing import append
from stories.publishing.waiting import ScheduledChoice, choice_of, make_room, put_behind
from stories.refusals import NothingToTakeBack, ReasonNeeded, Refused, StillLive
from stories.search.indexing import keep_in_step
from stories.versions import as_filed_now, freeze, kept_note


@transaction.atomic
def take_back(
    story: Story,
    *,
    by: By,
    reason: str,
    at: datetime | None = None,
    number: int | None = None,
    scheduled: str | None = None,
    undo_seen: Collection[Part] = (),
) -> Version | None:
    """Put what readers had before the newest Version in its place at once, and a tombstone in that Version's.

    The draft stays as it is. Returns the Version that is live then; None where there was none before: the story is
    withdrawn then, for the same reason. Nothing that readers had can refuse. `number` is that of the Version which is
    meant, where another one might have come since. Raises NothingToTakeBack, ReasonNeeded, Refused,
    ScheduleChoiceNeeded, WouldUndo, WrongMoment, BadNote.
    """
    story, at = hold_now(story, at)
    mistaken, reason = _mistaken(story, number, at), _reason(reason)
    earlier, waiting = _before(mistaken), scheduled_of(story, at)
    choice = choice_of(waiting, scheduled) if earlier else ScheduledChoice.CALL_OFF
    waiting = make_room(waiting, mistaken, choice)
    _hide(mistaken, by, at, reason)
    restored = _restored(story, mistaken, earlier, at, waiting) if earlier else None
    if restored is None:
        _withdraw(story, mistaken, at)
    elif waiting is not None:
        put_behind(waiting, restored, freeze(read_draft(story), at=at), choice, undo_seen=undo_seen)
    keep_in_step(story, at)
    instead = f"version {restored.number} is live in its place" if restored else "the story is withdrawn"
    record("take back", f"Version {mistaken.number}: {instead}. Reason: {reason}", by=by, version=mistaken)
    return restored


def _hide(mistaken: Version, by: By, at: datetime, reason: str) -> None:
    """Put the tombstone in its place; what readers were told with it is told no more."""
    mistaken.taken_back_at, mistaken.taken_back_by, mistaken.taken_back_reason = at, by, reason
    mistaken.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    mistaken.mends.filter(retired_at=None).update(retired_at=at)


def _mistaken(story: Story, number: int | None, at: datetime) -> Version:
    latest = latest_of(story, at)
    if latest is None or not latest.is_live(at):
        raise NothingToTakeBack("The story is not live, so there is nothing to take back.")
    if number is not None and latest.number != number:
        raise Refused(
            f"Version {latest.number} was published meanwhile. Look at it first; then take back what is meant."
        )
    return latest


def _reason(text: str) -> str:
    reason = kept_note(text)
    if not reason:
        raise ReasonNeeded("Say why: readers see the reason in the place of the words.")
    return reason


def _before(mistaken: Version) -> Version | None:
    """The newest Version before it that readers may have again and that says something else; none from before the
    story was last withdrawn."""
    before = mistaken.story.versions.filter(number__lt=mistaken.number)
    withdrawn = before.filter(withdrawn_at__isnull=False).aggregate(last=Max("number"))["last"] or 0
    earlier = before.filter(number__gt=withdrawn, redacted_at=None, taken_back_at=None)
    return earlier.exclude(content_sha256=mistaken.content_sha256).order_by("-number").first()


def _restored(story: Story, mistaken: Version, earlier: Version, at: datetime, waiting: Version | None) -> Version:
    document = as_filed_now(story, earlier, at)
    shown, _ = check_story(story, document, live=earlier.document, at=at)  # its faults are known to readers
    version = Version(story=story, kind=Version.Kind.MINOR, position=story.position, topic=earlier.topic)
    version.change_note = f"Version {mistaken.number} was taken back; this is what version {earlier.number} said."
    version.live_from, version.live_until = at, waiting.live_from if waiting else None
    version.created_by, version.made_from = mistaken.taken_back_by, earlier
    append(version, mistaken, shown)
    version.updated = earlier.updated
    version.save(update_fields=["updated"])
    return version


def _withdraw(story: Story, mistaken: Version, at: datetime) -> None:
    refuse_same_moment(mistaken, at)
    mistaken.live_until = mistaken.withdrawn_at = at
    mistaken.withdrawn_by, mistaken.withdrawn_reason = mistaken.taken_back_by, mistaken.taken_back_reason
    mistaken.save(update_fields=["live_until", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    take_off_front_page(story, at)


@transaction.atomic
def reinstate(version: Version, *, by: By, at: datetime | None = None) -> Version:
    """Take the tombstone away: the Version that was taken back is readable again, as one of the past."""
    story, at = hold_now(version.story, at)
    version = story.versions.get(pk=version.pk)
    if version.taken_back_at is None or version.redacted_at is not None:
        raise Refused(f"Version {version.number} was not taken back, or its words are gone.")
    version.taken_back_at, version.taken_back_by, version.taken_back_reason = None, None, ""
    version.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    record("reinstate", f"Version {version.number} is readable again.", by=by, version=version)
    return version


@transaction.atomic
def redact(version: Version, *, by: By, reason: str, at: datetime | None = None) -> Version:
    """Remove a Version's words for good; a tombstone says when and why, and both hashes stay.

    The story's Snapshots go too, and what its audit trail and readers' reports of errors quote: they may hold the same
    words. The draft stays, so mend it first. Raises StillLive for what readers have now or are to have, ReasonNeeded,
    and Refused for one redacted before.
    """
    story, at = hold_now(version.story, at)
    version = story.versions.get(pk=version.pk)
    _refuse_redaction(version, at)
    reason = _reason(reason)
    version.document, version.lead_picture, version.content_sha256 = {}, None, ""
    version.headline = version.standfirst = ""
    version.redacted_at, version.redacted_by, version.redacted_reason = at, by, reason
    version.save()
    version.citations.all().delete()
    version.pictures.all().delete()
    keep_in_step(story, at)
    Snapshot.objects.filter(story=story).delete()
    ErrorReport.objects.filter(story=story).update(passage_text="")
    story.audit_entries.update(about="")
    story.audit_entries.filter(act="save").update(sentence="Saved.")
    record(
        "redact",
        f"The words of version {version.number} are removed. Reason: {reason}",
        by=by,
        version=version,
        story=story,
    )
    return version


def _refuse_redaction(version: Version, at: datetime) -> None:
    if version.redacted_at is not None:
        raise Refused(f"The words of version {version.number} are removed already.")
    if version.live_from > at:
        raise StillLive("The version is scheduled; call it off instead.")
    if version.is_live(at):
        raise StillLive(
            "Readers have this version now. Publish a mended one, take it back, or withdraw the story first."
        )

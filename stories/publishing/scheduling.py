"""Versions that go live by themselves: scheduled, moved, called off."""

from datetime import datetime

from django.db import transaction

from stories.audit import record
from stories.draft import read_draft
from stories.models import Story, Version
from stories.publishing.chain import (
    By,
    drop,
    end,
    hold_now,
    in_words,
    latest_of,
    refuse_past,
    scheduled_of,
    scheduled_or_refuse,
)
from stories.publishing.issuing import check_again, issue
from stories.refusals import AlreadyScheduled
from stories.versions import link


@transaction.atomic
def schedule(
    story: Story,
    *,
    by: By,
    live_from: datetime,
    kind: str = Version.Kind.UPDATE,
    at: datetime | None = None,
    note: str = "",
) -> Version:
    """Freeze the draft into a Version that goes live by itself at `live_from`.

    Raises NotReady, NothingChanged, AlreadyScheduled, and WrongMoment unless `live_from` lies ahead.
    """
    story, at = hold_now(story, at)
    refuse_past(live_from, at)
    if scheduled_of(story, at) is not None:
        raise AlreadyScheduled(
            "A Version of this story is already scheduled. Move it to another time, or call it off first."
        )
    version = issue(story, read_draft(story), by=by, kind=kind, at=at, note=note, live_from=live_from)
    record(
        "schedule",
        f"Version {version.number} is scheduled for {in_words(live_from)}.",
        by=by,
        version=version,
        story=story,
    )
    return version


@transaction.atomic
def reschedule(story: Story, *, by: By, live_from: datetime, at: datetime | None = None) -> Version:
    """Move the scheduled Version to another moment ahead, without the pictures that may not be shown then.

    Raises NothingScheduled, WrongMoment, and NotReady for a fault that has come to it since it was scheduled.
    """
    story, at = hold_now(story, at)
    version = scheduled_or_refuse(story, at)
    refuse_past(live_from, at)
    previous = latest_of(story, at)
    version.live_from = live_from
    check_again(version, previous)
    link(version, previous)
    version.save()
    if previous is not None and previous.withdrawn_at is None:
        end(previous, live_from)
    record(
        "reschedule", f"Version {version.number} moved to {in_words(live_from)}.", by=by, version=version, story=story
    )
    return version


@transaction.atomic
def call_off(story: Story, *, by: By, at: datetime | None = None) -> None:
    """Take back the scheduled Version before any reader has seen it. Raises NothingScheduled."""
    story, at = hold_now(story, at)
    version = scheduled_or_refuse(story, at)
    sentence = f"Version {version.number}, scheduled for {in_words(version.live_from)}, is called off."
    record("call off", sentence, by=by, version=version, story=story)
    drop(version, latest_of(story, at))

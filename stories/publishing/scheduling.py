"""Versions that go live by themselves: scheduled, changed, moved, called off."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from stories.audit import record
from stories.draft import read_draft
from stories.models import Story, Version
from stories.parts import Part
from stories.publishing.chain import (
    By,
    drop,
    end,
    hold_now,
    in_words,
    latest_of,
    refuse_embargoed,
    refuse_past,
    scheduled_of,
    scheduled_or_refuse,
)
from stories.publishing.issuing import Terms, issue, settle_draft
from stories.publishing.waiting import chain_behind, check_again, refreeze
from stories.refusals import AlreadyScheduled
from stories.search.indexing import keep_in_step
from stories.versions import freeze, link


@transaction.atomic
def schedule(
    story: Story,
    *,
    by: By,
    live_from: datetime,
    kind: str = Version.Kind.UPDATE,
    at: datetime | None = None,
    note: str = "",
    held_back: Collection[Part] = (),
    embargo: bool = False,
    release_early: bool = False,
) -> Version:
    """Freeze the draft into a Version that goes live by itself at `live_from`.

    With `embargo`, nothing of the story goes out before then unless an editor confirms it. Raises NotReady,
    NothingChanged, AlreadyScheduled, CannotHoldBack, UnderEmbargo, and WrongMoment unless `live_from` lies ahead.
    """
    story, at = hold_now(story, at)
    refuse_past(live_from, at)
    early = refuse_embargoed(story, live_from, release_early=release_early)
    _refuse_second(story, at)
    terms = Terms(kind=kind, note=note, held_back=frozenset(held_back))
    version = issue(story, read_draft(story), by=by, at=at, terms=terms, live_from=live_from)
    settle_draft(story, version, at)
    keep_in_step(story, at)
    if embargo:
        _put_under_embargo(story, live_from)
    when = f"{in_words(live_from)}{', under embargo until then' if embargo else ''}{early}"
    record("schedule", f"Version {version.number} is scheduled for {when}.", by=by, version=version)
    return version


def _put_under_embargo(story: Story, until: datetime) -> None:
    story.embargo_until = until
    story.save(update_fields=["embargo_until"])


def _refuse_second(story: Story, at: datetime) -> None:
    if scheduled_of(story, at) is not None:
        raise AlreadyScheduled(
            "A Version of this story is already scheduled. Move it to another time, or call it off first."
        )


@transaction.atomic
def change_scheduled(story: Story, *, by: By, at: datetime | None = None) -> Version:
    """Freeze the scheduled Version again from the draft as it is now; it keeps its moment.

    Raises NothingScheduled and NotReady.
    """
    story, at = hold_now(story, at)
    version, previous = scheduled_or_refuse(story, at), latest_of(story, at)
    version.story, version.topic = story, story.topic
    refreeze(version, freeze(read_draft(story), at=at), previous)
    chain_behind(version, previous)
    settle_draft(story, version, at)
    keep_in_step(story, at)
    record(
        "change scheduled", f"Version {version.number} says what the draft says.", by=by, version=version, story=story
    )
    return version


@transaction.atomic
def reschedule(
    story: Story, *, by: By, live_from: datetime, at: datetime | None = None, release_early: bool = False
) -> Version:
    """Move the scheduled Version to another moment ahead, without the pictures that may not be shown then.

    Raises NothingScheduled, WrongMoment, UnderEmbargo, and NotReady for a fault that has come to it since it was
    scheduled.
    """
    story, at = hold_now(story, at)
    version = scheduled_or_refuse(story, at)
    refuse_past(live_from, at)
    early = refuse_embargoed(story, live_from, release_early=release_early)
    previous = latest_of(story, at)
    version.live_from = live_from
    check_again(version, previous)
    link(version, previous)
    version.save()
    if previous is not None and previous.withdrawn_at is None:
        end(previous, live_from)
    keep_in_step(story, at)
    if early:
        _put_under_embargo(story, live_from)
    record("reschedule", f"Version {version.number} moved to {in_words(live_from)}{early}.", by=by, version=version)
    return version


@transaction.atomic
def call_off(story: Story, *, by: By, at: datetime | None = None) -> None:
    """Take back the scheduled Version before any reader has seen it. Raises NothingScheduled."""
    story, at = hold_now(story, at)
    version = scheduled_or_refuse(story, at)
    sentence = f"Version {version.number}, scheduled for {in_words(version.live_from)}, is called off."
    record("call off", sentence, by=by, version=version)
    drop(version, latest_of(story, at))
    keep_in_step(story, at)

"""Taking a story off the site."""

from datetime import datetime

from django.db import transaction

from stories.audit import record
from stories.models import Story, Version
from stories.publishing.arranging import take_off_front_page
from stories.publishing.chain import By, drop, hold_now, latest_of, refuse_same_moment, scheduled_of
from stories.refusals import NotLive, ReasonNeeded
from stories.search.indexing import keep_in_step
from stories.versions import kept_note


@transaction.atomic
def withdraw(story: Story, *, by: By, reason: str, at: datetime | None = None) -> Version:
    """Take the story off the site, its placement too, and call off what is scheduled; its address answers 410.

    The Versions stay readable at their own addresses, under the notice. Raises NotLive, ReasonNeeded, WrongMoment.
    """
    story, at = hold_now(story, at)
    waiting, version = scheduled_of(story, at), latest_of(story, at)
    if version is None or not version.is_live(at):
        raise NotLive("The story is not live, so there is nothing to withdraw.")
    reason = kept_note(reason)
    if not reason:
        raise ReasonNeeded("Say why the story is withdrawn: readers see the reason at its address.")
    if waiting is not None:
        drop(waiting, version)
    refuse_same_moment(version, at)
    version.live_until = version.withdrawn_at = at
    version.withdrawn_by, version.withdrawn_reason = by, reason
    version.save(update_fields=["live_until", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    take_off_front_page(story, at)
    keep_in_step(story, at)
    record("withdraw", f"The story is withdrawn. Reason: {reason}", by=by, version=version)
    return version

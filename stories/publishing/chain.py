"""What every verb stands on: the held Story row, the moment of the act, and its chain of Versions."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from stories.draft import hold
from stories.models import Story, Version
from stories.refusals import NothingScheduled, UnderEmbargo, WrongMoment

By = User | None  # None: a command or a loader acts, nobody in particular


def hold_now(story: Story, at: datetime | None) -> tuple[Story, datetime]:
    """The story, held, and the moment of the act: taken once it is held, so that acts follow one another."""
    story = hold(story)
    return story, at or now()


def now() -> datetime:
    """The database's clock where it has one: the clocks of several web servers differ, and a Version that is
    live by one must not look scheduled, and so changeable, by another."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def latest_of(story: Story, at: datetime) -> Version | None:
    return story.versions.published(at).order_by("-live_from").first()


def scheduled_of(story: Story, at: datetime) -> Version | None:
    """The Version that no reader has seen. A clock that was put back must not make one of what readers have seen."""
    ahead = list(story.versions.scheduled(at).order_by("live_from"))
    if len(ahead) > 1 or (ahead and ahead[0].created_at > now()):
        raise WrongMoment("The story was published at a later moment than this one. Try again in a while.")
    return ahead[0] if ahead else None


def scheduled_or_refuse(story: Story, at: datetime) -> Version:
    version = scheduled_of(story, at)
    if version is None:
        raise NothingScheduled("No Version of this story is scheduled. It may have gone live in the meantime.")
    return version


def drop(waiting: Version, latest: Version | None) -> None:
    Version.objects.filter(made_from=waiting).update(made_from=None)
    waiting.delete()
    if latest is not None and latest.withdrawn_at is None:
        end(latest, None)


def end(version: Version, moment: datetime | None) -> None:
    version.live_until = moment
    version.save(update_fields=["live_until"])


def refuse_past(live_from: datetime, at: datetime) -> None:
    if live_from <= at:
        raise WrongMoment(f"{in_words(live_from)} is past. Choose a moment ahead, or publish now.")


def refuse_same_moment(latest: Version, at: datetime) -> None:
    if latest.live_from >= at or (latest.withdrawn_at and latest.withdrawn_at > at):
        raise WrongMoment("The story was published at that very moment or later. Try again.")


def in_words(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d %b %Y, %H:%M %Z").lstrip("0")


def refuse_embargoed(story: Story, moment: datetime, *, release_early: bool) -> str:
    """Nothing of the story goes out before the end of its embargo, unless an editor says so.

    Returns what the audit trail then adds, "" where there is no embargo.
    """
    if story.embargo_until is None or not story.is_embargoed(moment):
        return ""
    if not release_early:
        raise UnderEmbargo(
            f"The story is under embargo until {in_words(story.embargo_until)}. Confirm that it may go out before."
        )
    return ", released before the end of its embargo"

"""The only door: publishing, scheduling, withdrawing and restoring Versions, placing and renaming stories.

Every verb holds the Story row, acts at one moment `at` and is one transaction: it happens whole or not at all.
`at` is the moment of the act; only tests and loaders of past editions give it, all others act now.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from stories.document import StoryDocument
from stories.draft import DraftRefused, hold, read_draft, refuse_taken_slug, write_draft
from stories.models import Placement, PreviousSlug, Story, Version
from stories.models.story import SLUG_LENGTH
from stories.prepublication import check_story
from stories.refusals import (
    AlreadyScheduled,
    BadRank,
    BadSlug,
    NothingChanged,
    NothingScheduled,
    NotLive,
    NotReady,
    ReasonNeeded,
    ScheduleChoiceNeeded,
    WrongMoment,
)
from stories.sourcing import articles_of
from stories.versions import as_filed_now, content_sha256, freeze, kept_note, link, set_document, write_citations

By = User | None  # None: a command or a loader acts, nobody in particular


class ScheduledChoice(models.TextChoices):
    """What becomes of the scheduled Version when another one is published before it."""

    FREEZE_AGAIN = "freeze_again", "schedule the draft as it is now"
    KEEP = "keep", "keep it as it was scheduled"
    CALL_OFF = "call_off", "call it off"


@transaction.atomic
def publish(
    story: Story,
    *,
    by: By,
    kind: str = Version.Kind.UPDATE,
    at: datetime | None = None,
    note: str = "",
    scheduled: str | None = None,
) -> Version:
    """Freeze the draft into the story's next Version, live from now.

    The first Version is a publication whatever `kind` says. If a Version is scheduled, `scheduled` (a
    ScheduledChoice) says what becomes of it. Raises NotReady, NothingChanged, ScheduleChoiceNeeded, WrongMoment,
    BadNote, and ValueError for a kind or a choice that there is not.
    """
    story, at = _hold(story, at)
    return _issue(story, read_draft(story), by=by, kind=kind, at=at, note=note, scheduled=scheduled)


@transaction.atomic
def restore(
    version: Version,
    *,
    by: By,
    at: datetime | None = None,
    note: str = "",
    scheduled: str | None = None,
) -> Version:
    """Publish what an older Version said as the story's next Version, live from now.

    A draft without unpublished changes becomes the restored text too; one with changes is left as it is. The topic
    is called what it is called now, and a parent that is gone, or stands below the story by now, is left out.
    Raises what `publish` raises, and Refused for a redacted Version or one that readers have not seen.
    """
    story, at = _hold(version.story, at)
    version = story.versions.get(pk=version.pk)
    document, draft = as_filed_now(story, version, at), read_draft(story)
    untouched = _is_published(story, draft, at)
    draft = document if untouched else draft
    note = note or f"Version {version.number} restored"
    if untouched:
        story = write_draft(story, document, by=by)
    return _issue(story, document, by=by, at=at, note=note, scheduled=scheduled, made_from=version, draft=draft)


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
    story, at = _hold(story, at)
    _refuse_past(live_from, at)
    if _scheduled(story, at) is not None:
        raise AlreadyScheduled(
            "A Version of this story is already scheduled. Move it to another time, or call it off first."
        )
    return _issue(story, read_draft(story), by=by, kind=kind, at=at, note=note, live_from=live_from)


@transaction.atomic
def reschedule(story: Story, *, by: By, live_from: datetime, at: datetime | None = None) -> Version:
    """Move the scheduled Version to another moment ahead, without the pictures that may not be shown then.

    Raises NothingScheduled, WrongMoment, and NotReady for a fault that has come to it since it was scheduled.
    """
    story, at = _hold(story, at)
    version = _scheduled_or_refuse(story, at)
    _refuse_past(live_from, at)
    previous = _latest(story, at)
    version.live_from = live_from
    _check_again(version, previous)
    link(version, previous)
    version.save()
    if previous is not None and previous.withdrawn_at is None:
        _end(previous, live_from)
    return version


@transaction.atomic
def call_off(story: Story, *, by: By, at: datetime | None = None) -> None:
    """Take back the scheduled Version before any reader has seen it. Raises NothingScheduled."""
    story, at = _hold(story, at)
    _call_off(_scheduled_or_refuse(story, at), _latest(story, at))


@transaction.atomic
def withdraw(story: Story, *, by: By, reason: str, at: datetime | None = None) -> Version:
    """Take the story off the site, its placement too, and call off what is scheduled; its address answers 410.

    The Versions stay readable at their own addresses, under the notice. Raises NotLive, ReasonNeeded, WrongMoment.
    """
    story, at = _hold(story, at)
    waiting, version = _scheduled(story, at), _latest(story, at)
    if version is None or not version.is_live(at):
        raise NotLive("The story is not live, so there is nothing to withdraw.")
    reason = kept_note(reason)
    if not reason:
        raise ReasonNeeded("Say why the story is withdrawn: readers see the reason at its address.")
    if waiting is not None:
        _call_off(waiting, version)
    _refuse_same_moment(version, at)
    version.live_until = version.withdrawn_at = at
    version.withdrawn_by, version.withdrawn_reason = by, reason
    version.save(update_fields=["live_until", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _take_off_front_page(story, at)
    return version


@transaction.atomic
def place(
    story: Story, *, by: By, rank: int | None, live_until: datetime | None = None, at: datetime | None = None
) -> Placement | None:
    """Put the story on a rank of the front page from now on (until `live_until`), or with rank None take it off.

    Where two stories hold one rank, the one placed later stands first. Raises BadRank, WrongMoment.
    """
    story, at = _hold(story, at)
    if rank is not None and not 1 <= rank <= 1000:
        raise BadRank("A rank on the front page is a number from 1 to 1000.")
    if live_until is not None and live_until <= at:
        raise WrongMoment("The placement would end before it begins. Give a later moment, or none.")
    if story.placements.filter(live_from__gt=at).exists():
        raise WrongMoment("The story was placed at a later moment than this one.")
    _take_off_front_page(story, at)
    if rank is None:
        return None
    return Placement.objects.create(story=story, rank=rank, live_from=at, live_until=live_until)


@transaction.atomic
def rename(story: Story, *, by: By, slug: str, at: datetime | None = None) -> Story:
    """Give the story another address, at once and everywhere; the one readers knew redirects for good.

    Raises BadSlug for an address that another story has or had, or that is none.
    """
    story, at = _hold(story, at)
    slug = slug.strip()
    if not slug or slug != slugify(slug, allow_unicode=True) or len(slug) > SLUG_LENGTH:
        raise BadSlug(
            f"“{slug[:80]}” cannot be an address. Use up to {SLUG_LENGTH} letters, digits and hyphens, in lower case."
        )
    if slug == story.slug:
        return story
    try:
        refuse_taken_slug(slug, story)
    except DraftRefused as error:
        raise BadSlug(error.messages[0]) from error
    story.previous_slugs.filter(slug=slug).delete()
    if story.versions.published(at).exists():
        PreviousSlug.objects.create(slug=story.slug, story=story)
    story.slug, story.modified_by = slug, by
    story.lock_version += 1
    story.save()
    return story


@transaction.atomic
def arrange_sub_stories(parent: Story, order: list[Story], *, by: By) -> None:
    """Put the sub-stories of a story in this order, on the page too: it is an arrangement, not content."""
    hold(parent)
    for position, story in enumerate(order, 1):
        Story.objects.filter(pk=story.pk, parent=parent).update(position=position)
        Version.objects.filter(story=story).update(position=position)


def _take_off_front_page(story: Story, at: datetime) -> None:
    story.placements.live(at).filter(live_from=at).delete()
    story.placements.live(at).update(live_until=at)


def _hold(story: Story, at: datetime | None) -> tuple[Story, datetime]:
    """The story, held, and the moment of the act: taken once it is held, so that acts follow one another."""
    story = hold(story)
    return story, at or _now()


def _now() -> datetime:
    """The database's clock where it has one: the clocks of several web servers differ, and a Version that is
    live by one must not look scheduled, and so changeable, by another."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _issue(
    story: Story,
    document: StoryDocument,
    *,
    by: By,
    at: datetime,
    note: str,
    kind: str = Version.Kind.UPDATE,
    live_from: datetime | None = None,
    scheduled: str | None = None,
    made_from: Version | None = None,
    draft: StoryDocument | None = None,
) -> Version:
    """Publish or schedule `document`; `draft` is what a Version that is frozen again says, by default the same."""
    latest, waiting = _latest(story, at), _scheduled(story, at)
    choice = _choice(waiting, scheduled)
    frozen = _news(story, freeze(document, at=at), latest, live_from or at)
    waiting = _make_room(waiting, latest, choice)
    version = Version(story=story, kind=Version.Kind(kind), change_note=kept_note(note), position=story.position)
    version.live_from, version.live_until = live_from or at, waiting.live_from if waiting else None
    version.created_by, version.made_from = by, made_from or latest
    version.topic = made_from.topic if made_from else story.topic
    _append(version, latest, frozen)
    if waiting is not None:
        _put_behind(waiting, version, freeze(draft or document, at=at), choice)
    return version


def _choice(waiting: Version | None, scheduled: str | None) -> ScheduledChoice | None:
    choice = None if scheduled is None else ScheduledChoice(scheduled)
    if waiting is not None and choice is None:
        raise ScheduleChoiceNeeded(
            f"A Version is scheduled for {_inkept_note(waiting.live_from)}. Say what becomes of it: schedule the draft "
            "as it is now, keep it as it was scheduled, or call it off."
        )
    return choice


def _make_room(waiting: Version | None, latest: Version | None, choice: ScheduledChoice | None) -> Version | None:
    """Put the scheduled Version one further back, or call it off; returns it if it stays."""
    if waiting is None:
        return None
    if choice == ScheduledChoice.CALL_OFF:
        _call_off(waiting, latest)
        return None
    waiting.number += 1
    waiting.save(update_fields=["number"])
    return waiting


def _news(story: Story, document: StoryDocument, latest: Version | None, at: datetime) -> StoryDocument:
    """The document as it goes out at `at`, or NotReady, or NothingChanged where readers have it already."""
    live = latest if latest is not None and latest.withdrawn_at is None else None
    shown = _checked(story, document, live.document if live else None, at)
    if live is not None and content_sha256(shown.as_json()) == content_sha256(live.document):
        raise NothingChanged(f"Nothing has changed since Version {live.number}, so there is nothing to publish.")
    return shown


def _checked(story: Story, document: StoryDocument, live: dict[str, Any] | None, at: datetime) -> StoryDocument:
    shown, findings = check_story(story, document, live=live, at=at)
    if any(finding.refuses for finding in findings):
        raise NotReady(findings)
    return shown


def _put_behind(waiting: Version, before: Version, again: StoryDocument, choice: ScheduledChoice | None) -> None:
    """Chain the scheduled Version behind a newly published one. If it is frozen again it says what the draft says now,
    with the pictures that may be shown at its moment. One that brings readers nothing new does not look like news."""
    story = waiting.story = before.story
    if choice == ScheduledChoice.FREEZE_AGAIN:
        set_document(waiting, _checked(story, again, before.document, waiting.live_from))
        waiting.topic, waiting.made_from = story.topic, before
        write_citations(waiting, articles_of(story, again.sources))
    else:
        _check_again(waiting, before)
    if content_sha256(waiting.document) == content_sha256(before.document):
        waiting.kind = Version.Kind.MINOR
    link(waiting, before)
    waiting.save()


def _check_again(waiting: Version, before: Version | None) -> None:
    """Hold a scheduled Version to what is true by now: a correction that goes before it must not be undone unseen."""
    live = before.document if before is not None and before.withdrawn_at is None else None
    try:
        shown = _checked(waiting.story, StoryDocument.model_validate(waiting.document), live, waiting.live_from)
    except NotReady as refusal:
        raise NotReady(refusal.findings, of_scheduled=True) from refusal
    if shown.as_json() != waiting.document:
        set_document(waiting, shown)


def _is_published(story: Story, draft: StoryDocument, at: datetime) -> bool:
    """Whether the latest Version says what the draft says."""
    latest = _latest(story, at)
    shown, _ = check_story(story, freeze(draft, at=at), at=at)
    return latest is not None and content_sha256(shown.as_json()) == content_sha256(latest.document)


def _append(version: Version, latest: Version | None, document: StoryDocument) -> None:
    """Store a new Version behind the latest one, which ends where it begins."""
    if latest is not None:
        _refuse_same_moment(latest, version.live_from)
        if latest.withdrawn_at is None:
            _end(latest, version.live_from)
    version.created_at = _now()
    set_document(version, document)
    link(version, latest)
    version.save()
    write_citations(version, articles_of(version.story, document.sources))


def _latest(story: Story, at: datetime) -> Version | None:
    return story.versions.published(at).order_by("-live_from").first()


def _scheduled(story: Story, at: datetime) -> Version | None:
    """The Version that no reader has seen. A clock that was put back must not make one of what readers have seen."""
    ahead = list(story.versions.scheduled(at).order_by("live_from"))
    if len(ahead) > 1 or (ahead and ahead[0].created_at > _now()):
        raise WrongMoment("The story was published at a later moment than this one. Try again in a while.")
    return ahead[0] if ahead else None


def _scheduled_or_refuse(story: Story, at: datetime) -> Version:
    version = _scheduled(story, at)
    if version is None:
        raise NothingScheduled("No Version of this story is scheduled. It may have gone live in the meantime.")
    return version


def _call_off(waiting: Version, latest: Version | None) -> None:
    Version.objects.filter(made_from=waiting).update(made_from=None)
    waiting.delete()
    if latest is not None and latest.withdrawn_at is None:
        _end(latest, None)


def _end(version: Version, moment: datetime | None) -> None:
    version.live_until = moment
    version.save(update_fields=["live_until"])


def _refuse_past(live_from: datetime, at: datetime) -> None:
    if live_from <= at:
        raise WrongMoment(f"{_inkept_note(live_from)} is past. Choose a moment ahead, or publish now.")


def _refuse_same_moment(latest: Version, at: datetime) -> None:
    if latest.live_from >= at or (latest.withdrawn_at and latest.withdrawn_at > at):
        raise WrongMoment("The story was published at that very moment or later. Try again.")


def _inkept_note(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d %b %Y, %H:%M %Z").lstrip("0")

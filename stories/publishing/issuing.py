"""Making a Version of a document: now, at a time, or of what an older Version said."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from stories.audit import record
from stories.document import StoryDocument, content_sha256
from stories.draft import read_draft, write_draft
from stories.models import Story, Version
from stories.prepublication import check_story
from stories.publishing.chain import By, drop, end, hold_now, in_words, latest_of, now, refuse_same_moment, scheduled_of
from stories.refusals import NothingChanged, NotReady, ScheduleChoiceNeeded
from stories.sourcing import articles_of
from stories.versions import as_filed_now, freeze, kept_note, link, set_document, write_citations


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
    story, at = hold_now(story, at)
    version = issue(story, read_draft(story), by=by, kind=kind, at=at, note=note, scheduled=scheduled)
    told = f" Note: {version.change_note}" if version.change_note else ""
    record(
        "publish",
        f"Version {version.number} is live, as {version.get_kind_display()}.{told}",
        by=by,
        version=version,
        story=story,
    )
    return version


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
    story, at = hold_now(version.story, at)
    version = story.versions.get(pk=version.pk)
    document, draft = as_filed_now(story, version, at), read_draft(story)
    untouched = is_published(story, draft, at)
    draft = document if untouched else draft
    note = note or f"Version {version.number} restored"
    if untouched:
        story = write_draft(story, document, by=by)
    restored = issue(story, document, by=by, at=at, note=note, scheduled=scheduled, made_from=version, draft=draft)
    sentence = f"Version {restored.number} is live: it says what version {version.number} said."
    record("restore", sentence, by=by, version=restored, story=story)
    return restored


def issue(
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
    latest, waiting = latest_of(story, at), scheduled_of(story, at)
    choice = choice_of(waiting, scheduled)
    frozen = news(story, freeze(document, at=at), latest, live_from or at)
    waiting = make_room(waiting, latest, choice)
    version = Version(story=story, kind=Version.Kind(kind), change_note=kept_note(note), position=story.position)
    version.live_from, version.live_until = live_from or at, waiting.live_from if waiting else None
    version.created_by, version.made_from = by, made_from or latest
    version.topic = made_from.topic if made_from else story.topic
    append(version, latest, frozen)
    if waiting is not None:
        put_behind(waiting, version, freeze(draft or document, at=at), choice)
    return version


def choice_of(waiting: Version | None, scheduled: str | None) -> ScheduledChoice | None:
    choice = None if scheduled is None else ScheduledChoice(scheduled)
    if waiting is not None and choice is None:
        raise ScheduleChoiceNeeded(
            f"A Version is scheduled for {in_words(waiting.live_from)}. Say what becomes of it: schedule the draft "
            "as it is now, keep it as it was scheduled, or call it off."
        )
    return choice


def make_room(waiting: Version | None, latest: Version | None, choice: ScheduledChoice | None) -> Version | None:
    """Put the scheduled Version one further back, or call it off; returns it if it stays."""
    if waiting is None:
        return None
    if choice == ScheduledChoice.CALL_OFF:
        drop(waiting, latest)
        return None
    waiting.number += 1
    waiting.save(update_fields=["number"])
    return waiting


def news(story: Story, document: StoryDocument, latest: Version | None, at: datetime) -> StoryDocument:
    """The document as it goes out at `at`, or NotReady, or NothingChanged where readers have it already."""
    live = latest if latest is not None and latest.withdrawn_at is None else None
    shown = checked(story, document, live.document if live else None, at)
    if live is not None and content_sha256(shown.as_json()) == content_sha256(live.document):
        raise NothingChanged(f"Nothing has changed since Version {live.number}, so there is nothing to publish.")
    return shown


def checked(story: Story, document: StoryDocument, live: dict[str, Any] | None, at: datetime) -> StoryDocument:
    shown, findings = check_story(story, document, live=live, at=at)
    if any(finding.refuses for finding in findings):
        raise NotReady(findings)
    return shown


def put_behind(waiting: Version, before: Version, again: StoryDocument, choice: ScheduledChoice | None) -> None:
    """Chain the scheduled Version behind a newly published one. If it is frozen again it says what the draft says now,
    with the pictures that may be shown at its moment. One that brings readers nothing new does not look like news."""
    story = waiting.story = before.story
    if choice == ScheduledChoice.FREEZE_AGAIN:
        set_document(waiting, checked(story, again, before.document, waiting.live_from))
        waiting.topic, waiting.made_from = story.topic, before
        write_citations(waiting, articles_of(story, again.sources))
    else:
        check_again(waiting, before)
    if content_sha256(waiting.document) == content_sha256(before.document):
        waiting.kind = Version.Kind.MINOR
    link(waiting, before)
    waiting.save()


def check_again(waiting: Version, before: Version | None) -> None:
    """Hold a scheduled Version to what is true by now: a correction that goes before it must not be undone unseen."""
    live = before.document if before is not None and before.withdrawn_at is None else None
    try:
        shown = checked(waiting.story, StoryDocument.model_validate(waiting.document), live, waiting.live_from)
    except NotReady as refusal:
        raise NotReady(refusal.findings, of_scheduled=True) from refusal
    if shown.as_json() != waiting.document:
        set_document(waiting, shown)


def is_published(story: Story, draft: StoryDocument, at: datetime) -> bool:
    """Whether the latest Version says what the draft says."""
    latest = latest_of(story, at)
    shown, _ = check_story(story, freeze(draft, at=at), at=at)
    return latest is not None and content_sha256(shown.as_json()) == content_sha256(latest.document)


def append(version: Version, latest: Version | None, document: StoryDocument) -> None:
    """Store a new Version behind the latest one, which ends where it begins."""
    if latest is not None:
        refuse_same_moment(latest, version.live_from)
        if latest.withdrawn_at is None:
            end(latest, version.live_from)
    version.created_at = now()
    set_document(version, document)
    link(version, latest)
    version.save()
    write_citations(version, articles_of(version.story, document.sources))

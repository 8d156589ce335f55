"""Making a Version of a document: now, at a time, or of what an older Version said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from stories.audit import record
from stories.document import StoryDocument, content_sha256
from stories.draft import read_draft, write_draft
from stories.merging import Inseparable, hold_back
from stories.models import Story, Topic, Version
from stories.parts import Part
from stories.prepublication import check_story
from stories.publishing.chain import (
    By,
    end,
    hold_now,
    latest_of,
    now,
    refuse_embargoed,
    refuse_same_moment,
    scheduled_of,
)
from stories.publishing.waiting import choice_of, make_room, put_behind
from stories.refusals import CannotHoldBack, NothingChanged, NotReady
from stories.search.indexing import keep_in_step
from stories.sourcing import articles_of, sources_to_put_back
from stories.versions import as_filed_now, freeze, kept_note, link, set_document, write_citations, write_pictures


@dataclass(frozen=True)
class Terms:
    """On what terms a document goes out; `publish` says what each means."""

    kind: str = Version.Kind.UPDATE
    note: str = ""
    scheduled: str | None = None
    held_back: frozenset[Part] = frozenset()
    undo_seen: frozenset[Part] = frozenset()
    release_early: bool = False


@transaction.atomic
def publish(
    story: Story,
    *,
    by: By,
    kind: str = Version.Kind.UPDATE,
    at: datetime | None = None,
    note: str = "",
    scheduled: str | None = None,
    held_back: Collection[Part] = (),
    undo_seen: Collection[Part] = (),
    release_early: bool = False,
) -> Version:
    """Freeze the draft into the story's next Version, live from now.

    The first Version is a publication whatever `kind` says. Parts `held_back` go out as readers have them; what is new
    in them stays in the draft. If a Version is scheduled, `scheduled` (a ScheduledChoice) says what becomes of it; to
    be kept it must undo no other parts than `undo_seen`. Before the end of an embargo it takes `release_early`.
    Raises NotReady, NothingChanged, ScheduleChoiceNeeded, WouldUndo, CannotHoldBack, UnderEmbargo, WrongMoment,
    BadNote, and ValueError for a kind or a choice that there is not.
    """
    story, at = hold_now(story, at)
    early = refuse_embargoed(story, at, release_early=release_early)
    terms = Terms(kind, note, scheduled, frozenset(held_back), frozenset(undo_seen), release_early)
    version = issue(story, read_draft(story), by=by, at=at, terms=terms)
    settle_draft(story, version, at)
    keep_in_step(story, at)
    held = f" Held back: {_names(held_back)}." if held_back else ""
    told = f" Note: {version.change_note}" if version.change_note else ""
    sentence = f"Version {version.number} is live, as {version.get_kind_display()}{early}.{held}{told}"
    record("publish", sentence, by=by, version=version)
    return version


def _names(parts: Collection[Part]) -> str:
    return ", ".join(sorted(str(part) for part in parts))


@transaction.atomic
def restore(
    version: Version,
    *,
    by: By,
    at: datetime | None = None,
    note: str = "",
    scheduled: str | None = None,
    undo_seen: Collection[Part] = (),
    release_early: bool = False,
) -> Version:
    """Publish what an older Version said as the story's next Version, live from now.

    A draft without unpublished changes becomes the restored text too; one with changes is left as it is. The topic
    is called what it is called now, and a parent that is gone, or stands below the story by now, is left out. In the
    draft a report has the address that it has now.
    Raises what `publish` raises, and Refused for a hidden Version or one that readers have not seen.
    """
    story, at = hold_now(version.story, at)
    version, early = story.versions.get(pk=version.pk), refuse_embargoed(story, at, release_early=release_early)
    document, draft = as_filed_now(story, version, at), read_draft(story)
    untouched = is_published(story, draft, at)
    note = note or f"Version {version.number} restored"
    if untouched:
        draft = document.model_copy(update={"sources": sources_to_put_back(story, document.sources)})
        story = write_draft(story, draft, by=by)
    terms = Terms(note=note, scheduled=scheduled, undo_seen=frozenset(undo_seen))
    restored = issue(story, document, by=by, at=at, terms=terms, made_from=version, draft=draft)
    keep_in_step(story, at)
    sentence = f"Version {restored.number} is live: it says what version {version.number} said{early}."
    record("restore", sentence, by=by, version=restored)
    return restored


def issue(
    story: Story,
    document: StoryDocument,
    *,
    by: By,
    at: datetime,
    terms: Terms,
    live_from: datetime | None = None,
    made_from: Version | None = None,
    draft: StoryDocument | None = None,
) -> Version:
    """Publish or schedule `document`; `draft` is what a Version that is frozen again says, by default the same."""
    latest, waiting = latest_of(story, at), scheduled_of(story, at)
    choice = choice_of(waiting, terms.scheduled)
    frozen = _news(story, _going_out(document, latest, terms, at), latest, live_from or at)
    waiting = make_room(waiting, latest, choice)
    version = Version(story=story, kind=Version.Kind(terms.kind), position=story.position)
    version.change_note = kept_note(terms.note)
    version.asked_kind = version.kind
    version.live_from, version.live_until = live_from or at, waiting.live_from if waiting else None
    version.created_by, version.made_from = by, made_from or latest
    version.topic = made_from.topic if made_from else _topic_of(story, frozen, latest)
    append(version, latest, frozen)
    if waiting is not None:
        put_behind(waiting, version, freeze(draft or document, at=at), choice, undo_seen=terms.undo_seen)
    return version


def _going_out(document: StoryDocument, latest: Version | None, terms: Terms, at: datetime) -> StoryDocument:
    """The frozen document, with the parts that are held back as readers have them."""
    frozen = freeze(document, at=at)
    if not terms.held_back:
        return frozen
    has_words = latest is not None and latest.withdrawn_at is None and latest.redacted_at is None
    shown = StoryDocument.model_validate(latest.document) if latest and has_words else StoryDocument(uid=document.uid)
    try:
        return hold_back(frozen, shown, terms.held_back)
    except Inseparable as error:
        raise CannotHoldBack(
            "A sentence or a report moved between what goes out and what is held back. Hold back both parts, or none."
        ) from error


def _topic_of(story: Story, document: StoryDocument, latest: Version | None) -> Topic | None:
    """The draft's topic, or the one that readers know where the topic is held back."""
    if document.topic is None:
        return None
    if story.topic is not None and story.topic.slug == document.topic.slug:
        return story.topic
    known = latest.topic if latest is not None and _topic_in(latest) == document.topic.slug else None
    return known or Topic.objects.filter(slug=document.topic.slug).first()


def _topic_in(version: Version) -> str | None:
    return (version.document.get("topic") or {}).get("slug")


def _news(story: Story, document: StoryDocument, latest: Version | None, at: datetime) -> StoryDocument:
    """The document as it goes out at `at`, or NotReady, or NothingChanged where readers have it already."""
    live = latest if latest is not None and latest.withdrawn_at is None else None
    shown, findings = check_story(story, document, live=live.document if live else None, at=at)
    if any(finding.refuses for finding in findings):
        raise NotReady(findings)
    known = live is not None and live.redacted_at is None
    if live is not None and known and content_sha256(shown.as_json()) == live.content_sha256:
        raise NothingChanged(f"Nothing has changed since Version {live.number}, so there is nothing to publish.")
    return shown


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
    write_pictures(version)


def settle_draft(story: Story, version: Version, at: datetime) -> None:
    """What was in review has gone its way; an embargo ends with the last Version that waited for it."""
    story.review_state, story.review_note = Story.ReviewState.IN_PROGRESS, ""
    fields = ["review_state", "review_note"]
    if story.embargo_until is not None and version.live_from <= at and scheduled_of(story, at) is None:
        story.embargo_until = None
        fields.append("embargo_until")
    story.save(update_fields=fields)

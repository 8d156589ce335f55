"""What becomes of a scheduled Version when another one is published before it. It must never silently undo the news."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from stories.document import StoryDocument
from stories.draft import read_for_version
from stories.merging import merge
from stories.models import Version
from stories.parts import Part, name_of, take_apart
from stories.prepublication import check_story
from stories.publishing.chain import drop, in_words
from stories.quoting import with_evidence
from stories.refusals import NotReady, Refused, ScheduleChoiceNeeded, WouldUndo
from stories.sourcing import articles_of
from stories.versions import link, set_document, write_citations, write_pictures


class ScheduledChoice(models.TextChoices):
    """What becomes of the scheduled Version when another one is published before it."""

    MERGE = "merge", "bring both together and keep its time"
    FREEZE_AGAIN = "freeze_again", "schedule the draft as it is now"
    KEEP = "keep", "keep it as it was scheduled"
    CALL_OFF = "call_off", "call it off"


def choice_of(waiting: Version | None, scheduled: str | None) -> ScheduledChoice | None:
    """The choice, or ScheduleChoiceNeeded where there is something to choose and nothing was chosen."""
    choice = None if scheduled is None else ScheduledChoice(scheduled)
    if waiting is not None and choice is None:
        raise ScheduleChoiceNeeded(
            f"A Version is scheduled for {in_words(waiting.live_from)}. Say what becomes of it: bring both together, "
            "schedule the draft as it is now, keep it as it was scheduled, or call it off."
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


def put_behind(
    waiting: Version,
    before: Version,
    again: StoryDocument,
    choice: ScheduledChoice | None,
    *,
    undo_seen: Collection[Part] = (),
) -> None:
    """Chain the scheduled Version behind a newly published one, as was chosen.

    Whatever it then says has only the pictures that may be shown at its moment. One that brings readers nothing new
    does not look like news. Raises NotReady, WouldUndo, and Refused where both changed the same part.
    """
    story = waiting.story = before.story
    if choice == ScheduledChoice.FREEZE_AGAIN:
        waiting.topic = story.topic
        _refreeze_or_say(waiting, again, before)
    elif choice == ScheduledChoice.MERGE:
        merged = _merged(waiting, before)
        waiting.topic = before.topic if _topic(merged.as_json()) == _topic(before.document) else waiting.topic
        _refreeze_or_say(waiting, merged, before)
    else:
        _refuse_unseen(waiting, before, undo_seen)
        check_again(waiting, before)
    chain_behind(waiting, before)


def _topic(document: Mapping[str, Any]) -> Any:
    return (document.get("topic") or {}).get("slug")


def chain_behind(waiting: Version, before: Version | None) -> None:
    """Link the scheduled Version: of the kind that was asked for, unless it brings readers nothing new."""
    waiting.kind = waiting.asked_kind or waiting.kind
    live = before is not None and before.withdrawn_at is None
    if before is not None and live and waiting.content_sha256 == before.content_sha256:
        waiting.kind = Version.Kind.MINOR
    link(waiting, before)
    waiting.save()


def _refreeze_or_say(waiting: Version, document: StoryDocument, before: Version) -> None:
    try:
        refreeze(waiting, document, before)
    except NotReady as refusal:
        raise NotReady(refusal.findings, of_scheduled=True) from refusal


def refreeze(waiting: Version, document: StoryDocument, before: Version | None) -> None:
    """Give the scheduled Version another document, made from what readers have by now."""
    live = before.document if before is not None and before.withdrawn_at is None else None
    _give(waiting, checked(waiting, document, live))
    waiting.made_from = before


def _give(waiting: Version, document: StoryDocument) -> None:
    """Another document, with what is written of it beside it: what it cites and which pictures it shows."""
    set_document(waiting, document)
    write_citations(waiting, articles_of(waiting.story, document.sources))
    write_pictures(waiting, again=True)


def _merged(waiting: Version, before: Version) -> StoryDocument:
    new, base = StoryDocument.model_validate(before.document), _base_of(waiting)
    merged = merge(base, new, StoryDocument.model_validate(waiting.document))
    if merged.conflicts:
        names = ", ".join(conflict.name for conflict in merged.conflicts)
        raise Refused(
            f"The scheduled Version and what is published now both change the same: {names}. Choose: bring the draft "
            "into order and schedule that, keep the scheduled one as it is, or call it off."
        )
    return with_evidence(read_for_version(waiting.story, merged.document))


def _base_of(waiting: Version) -> StoryDocument:
    """What the scheduled Version was made from; of one that would be the first, nothing."""
    if waiting.made_from is None or waiting.made_from.redacted_at is not None:
        document = waiting.document
        return StoryDocument(uid=document["uid"], slug=document["slug"], language=document["language"])
    return StoryDocument.model_validate(waiting.made_from.document)


def undone_by(waiting: Version, new: StoryDocument) -> list[tuple[Part, str]]:
    """The parts, with their names, that `new` brings and that the scheduled Version would take away again."""
    base, news, later = (
        take_apart(one) for one in (_base_of(waiting), new, StoryDocument.model_validate(waiting.document))
    )
    parts = dict.fromkeys([*news.values, *base.values])
    undone = [part for part in parts if news.says(part) != base.says(part) and later.says(part) != news.says(part)]
    return [(part, name_of(part, news, base)) for part in undone]


def _refuse_unseen(waiting: Version, before: Version, seen: Collection[Part]) -> None:
    undone = undone_by(waiting, StoryDocument.model_validate(before.document))
    if any(part not in seen for part, _ in undone):
        raise WouldUndo(undone)


def check_again(waiting: Version, before: Version | None) -> None:
    """Hold a scheduled Version to what is true by now: a correction that goes before it must not be undone unseen."""
    live = before.document if before is not None and before.withdrawn_at is None else None
    try:
        shown = checked(waiting, StoryDocument.model_validate(waiting.document), live)
    except NotReady as refusal:
        raise NotReady(refusal.findings, of_scheduled=True) from refusal
    if shown.as_json() != waiting.document:
        _give(waiting, shown)


def checked(waiting: Version, document: StoryDocument, live: object) -> StoryDocument:
    """The document as it may go out at the Version's moment, or NotReady."""
    shown, findings = check_story(waiting.story, document, live=live, at=waiting.live_from)  # type: ignore[arg-type]
    if any(finding.refuses for finding in findings):
        raise NotReady(findings)
    return shown

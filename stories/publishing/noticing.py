"""Notices: what the newsroom tells readers about a fault or a change, published with the mended text as one act."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from stories.audit import record
from stories.draft import read_draft
from stories.models import Notice, Story, Version
from stories.publishing.chain import By, hold_now, latest_of, refuse_embargoed, scheduled_of
from stories.publishing.issuing import Terms, issue, settle_draft
from stories.publishing.scheduling import call_off, change_scheduled
from stories.publishing.waiting import ScheduledChoice
from stories.refusals import NothingChanged, ReasonNeeded, Refused
from stories.versions import kept_note

MENDS = {Notice.Kind.CORRECTION, Notice.Kind.CLARIFICATION}
AS_IT_IS = Terms()
KIND_OF_VERSION = {
    Notice.Kind.CORRECTION: Version.Kind.CORRECTION,
    Notice.Kind.CLARIFICATION: Version.Kind.CORRECTION,
    Notice.Kind.RETRACTION: Version.Kind.CORRECTION,
    Notice.Kind.UPDATE: Version.Kind.UPDATE,
    Notice.Kind.EDITORS_NOTE: Version.Kind.MINOR,
}


@transaction.atomic
def issue_notice(
    version: Version,
    *,
    by: By,
    kind: str,
    text: str,
    passage: str = "",
    at: datetime | None = None,
    terms: Terms = AS_IT_IS,
) -> Notice:
    """Publish the mended draft and the notice about `passage` of `version` (or about all of it) as one act.

    Of the `terms`, kind and note follow from the notice. A correction or clarification needs a mended draft; the
    others may stand alone. Raises what `publish` raises, ReasonNeeded without a text, and Refused for a passage that
    the Version does not have or a Version nobody saw.
    """
    story, at = hold_now(version.story, at)
    version, kind = story.versions.get(pk=version.pk), Notice.Kind(kind)
    version.story = story
    early = refuse_embargoed(story, at, release_early=terms.release_early)
    text = _checked(version, passage, text, at)
    terms = replace(terms, kind=KIND_OF_VERSION[kind], note=text)
    mended_by = _mended(version, kind, by=by, at=at, terms=terms)
    notice = Notice(story=story, kind=kind, text=text, passage=passage, version=version, mended_by=mended_by)
    notice.issued_by, notice.issued_at = by, at
    notice.save()
    about = f"{passage or 'all'} of version {version.number}"
    beside = f", with version {mended_by.number}{early}" if mended_by else ""
    record("notice", f"{kind.label.capitalize()} about {about}{beside}: {text}", by=by, version=version)
    return notice


def _mended(version: Version, kind: Notice.Kind, *, by: By, at: datetime, terms: Terms) -> Version | None:
    """The Version that mends, None where nothing has changed and nothing had to."""
    try:
        with transaction.atomic():
            mended_by = issue(version.story, read_draft(version.story), by=by, at=at, terms=terms)
            settle_draft(version.story, mended_by, at)
            return mended_by
    except NothingChanged as unchanged:
        if kind not in MENDS:
            _settle_schedule(version.story, terms, by=by, at=at)
            return None
        raise NothingChanged(
            f"A {kind.label} goes out with the mended text, and the draft says what readers have. Mend it first."
        ) from unchanged


def _settle_schedule(story: Story, terms: Terms, *, by: By, at: datetime) -> None:
    """Nothing is published with the notice; what was chosen about a scheduled Version is done all the same."""
    if scheduled_of(story, at) is None:
        return
    if terms.scheduled == ScheduledChoice.CALL_OFF:
        call_off(story, by=by, at=at)
    elif terms.scheduled == ScheduledChoice.FREEZE_AGAIN:
        change_scheduled(story, by=by, at=at)


def _checked(version: Version, passage: str, text: str, at: datetime) -> str:
    text = kept_note(text)
    if not text:
        raise ReasonNeeded("Write what readers are to know.")
    if version.live_from > at or version.is_hidden:
        raise Refused(f"Readers do not see version {version.number}, so there is nothing to tell about it.")
    if passage and passage not in passages_of(version):
        raise Refused(f"Version {version.number} has no passage {passage}.")
    latest = latest_of(version.story, at)
    if latest is None or latest.withdrawn_at is not None:
        raise Refused("The story is not live; its address shows the reason for which it was withdrawn.")
    return text


def passages_of(version: Version) -> dict[str, str]:
    """The sentences and events of a Version that a notice can be about: their texts, by id, in their order."""
    document = version.document
    sentences = {s["id"]: s["text"] for section in document.get("sections", []) for s in section["sentences"]}
    events = {event["id"]: event["text"] for event in document.get("timeline", [])}
    return {**sentences, **events}

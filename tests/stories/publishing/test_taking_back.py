from datetime import timedelta

import pytest

from stories import publishing, refusals
from stories.draft import read_draft, write_draft
from stories.models import Article, Snapshot, Story, Version
from stories.versions import checksum_of, faults
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def mistaken():
    """A story whose Version 2 should not have gone out."""
    story = factories.live(headline="Right")
    factories.edit(story, headline="Wrong")
    publishing.publish(story, by=None, at=NOON + HOUR)
    return story


def headline(story, at):
    return next(iter(story.versions.live(at).values_list("headline", flat=True)), None)


def test_taking_back_restores_what_readers_had_at_once():
    story = mistaken()
    version = publishing.take_back(story, by=None, reason="Sent by mistake.", at=NOON + 2 * HOUR)
    assert (version.number, version.headline, version.kind) == (3, "Right", "minor")
    assert version.updated == NOON
    assert headline(story, NOON + 2 * HOUR) == "Right"
    assert headline(story, NOON + 2 * HOUR - MINUTE) == "Wrong"
    assert factories.version(story, 2).taken_back_reason == "Sent by mistake."
    assert faults(story) == []
    story.refresh_from_db()
    assert story.headline == "Wrong"  # the draft is there to be mended


def test_taking_back_the_only_version_withdraws_the_story():
    story = factories.live()
    assert publishing.take_back(story, by=None, reason="Not ours.", at=NOON + HOUR) is None
    version = factories.version(story)
    assert (version.withdrawn_at, version.withdrawn_reason, version.taken_back_at) == (
        NOON + HOUR,
        "Not ours.",
        NOON + HOUR,
    )


def test_taking_back_after_a_withdrawal_does_not_bring_the_withdrawn_words_back():
    story = factories.live(headline="Withdrawn")
    publishing.withdraw(story, by=None, reason="Wrong.", at=NOON + HOUR)
    factories.edit(story, headline="Again")
    publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    publishing.take_back(story, by=None, reason="Too soon.", at=NOON + 3 * HOUR)
    assert headline(story, NOON + 3 * HOUR) is None


def test_taking_back_twice_stops_at_a_withdrawal():
    story = factories.live(headline="Withdrawn")
    publishing.withdraw(story, by=None, reason="Wrong.", at=NOON + HOUR)
    for hours, words in ((2, "Again"), (3, "Worse")):
        factories.edit(story, headline=words)
        publishing.publish(story, by=None, at=NOON + hours * HOUR)
    publishing.take_back(story, by=None, reason="Worse.", at=NOON + 4 * HOUR)
    publishing.take_back(story, by=None, reason="All of it.", at=NOON + 5 * HOUR)
    assert headline(story, NOON + 5 * HOUR) is None


def test_taking_back_twice_goes_back_twice():
    story = mistaken()
    factories.edit(story, headline="Worse")
    publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    publishing.take_back(story, by=None, reason="Worse.", at=NOON + 3 * HOUR)
    assert headline(story, NOON + 3 * HOUR) == "Wrong"
    publishing.take_back(story, by=None, reason="Wrong.", at=NOON + 4 * HOUR)
    assert headline(story, NOON + 4 * HOUR) == "Right"
    assert faults(story) == []


def test_a_fault_of_the_earlier_version_does_not_hold_it_up():
    story = mistaken()
    Article.objects.update(status="retracted")
    assert publishing.take_back(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR).headline == "Right"


def test_a_scheduled_version_is_chosen_about():
    story = mistaken()
    factories.edit(story, headline="Later")
    publishing.schedule(story, by=None, live_from=NOON + 5 * HOUR, at=NOON + HOUR + MINUTE)
    with pytest.raises(refusals.ScheduleChoiceNeeded):
        publishing.take_back(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR)
    publishing.take_back(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR, scheduled="call_off")
    assert headline(story, NOON + 5 * HOUR) == "Right"


def test_it_needs_a_reason_and_a_live_version():
    with pytest.raises(refusals.ReasonNeeded):
        publishing.take_back(mistaken(), by=None, reason=" ", at=NOON + 2 * HOUR)
    with pytest.raises(refusals.NothingToTakeBack):
        publishing.take_back(factories.draft(), by=None, reason="Why.", at=NOON)


def test_a_version_taken_back_is_not_restored_until_it_is_reinstated():
    story = mistaken()
    publishing.take_back(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR)
    with pytest.raises(refusals.Refused, match="taken back"):
        publishing.restore(factories.version(story, 2), by=None, at=NOON + 3 * HOUR)
    publishing.reinstate(factories.version(story, 2), by=None, at=NOON + 3 * HOUR)
    assert factories.version(story, 2).taken_back_reason == ""
    assert publishing.restore(factories.version(story, 2), by=None, at=NOON + 4 * HOUR).headline == "Wrong"
    with pytest.raises(refusals.Refused, match="was not taken back"):
        publishing.reinstate(factories.version(story, 2), by=None)


def test_redaction_removes_the_words_and_keeps_both_hashes():
    story = mistaken()
    publishing.take_back(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR)
    before = factories.version(story, 2)
    write_draft(story, read_draft(Story.objects.get()).model_copy(update={"headline": "Mended"}))
    publishing.redact(before, by=None, reason="By order of a court.", at=NOON + 3 * HOUR)
    after = factories.version(story, 2)
    assert (after.document, after.headline, after.lead_picture) == ({}, "", None)
    assert (after.document_sha256, after.checksum) == (before.document_sha256, before.checksum)
    assert after.checksum == checksum_of(after, factories.version(story, 1).checksum)
    assert not after.citations.exists()
    assert not Snapshot.objects.filter(story=story).exists()
    assert faults(story) == []
    with pytest.raises(refusals.Refused, match="removed already"):
        publishing.redact(after, by=None, reason="Again.", at=NOON + 4 * HOUR)


def test_what_readers_have_or_are_to_have_is_not_redacted():
    story = mistaken()
    factories.edit(story, headline="Later")
    waiting = publishing.schedule(story, by=None, live_from=NOON + 5 * HOUR, at=NOON + HOUR + MINUTE)
    for version in (factories.version(story, 2), waiting):
        with pytest.raises(refusals.StillLive):
            publishing.redact(version, by=None, reason="Why.", at=NOON + 2 * HOUR)
    assert Version.objects.filter(redacted_at=None).count() == 3


def test_no_part_is_held_back_against_a_version_whose_words_are_gone():
    story = mistaken()
    publishing.withdraw(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR)
    publishing.redact(factories.version(story, 2), by=None, reason="Court.", at=NOON + 3 * HOUR)
    assert publishing.publish(story, by=None, at=NOON + 4 * HOUR).number == 3


def test_a_version_that_was_not_looked_at_is_not_taken_back():
    story = mistaken()
    factories.edit(story, headline="Published meanwhile")
    publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    with pytest.raises(refusals.Refused, match="Version 3 was published meanwhile"):
        publishing.take_back(story, by=None, reason="Wrong.", number=2, at=NOON + 3 * HOUR)
    assert publishing.take_back(story, by=None, reason="Wrong.", number=3, at=NOON + 3 * HOUR).headline == "Wrong"


def test_a_schedule_that_rests_on_redacted_words_can_still_be_chosen_about():
    story = mistaken()
    publishing.withdraw(story, by=None, reason="Wrong.", at=NOON + 2 * HOUR)
    publishing.schedule(story, by=None, live_from=NOON + 9 * HOUR, at=NOON + 3 * HOUR)
    publishing.redact(factories.version(story, 2), by=None, reason="Court.", at=NOON + 4 * HOUR)
    factories.edit(story, headline="Mended")
    version = publishing.publish(story, by=None, at=NOON + 5 * HOUR, scheduled="freeze_again")
    assert version.headline == "Mended"
    assert faults(story) == []


def test_redaction_leaves_no_words_in_the_audit_trail():
    story = mistaken()
    publishing.take_back(story, by=None, reason="Libel.", at=NOON + 2 * HOUR)
    factories.edit(story, headline="Mended")
    publishing.redact(factories.version(story, 2), by=None, reason="Court.", at=NOON + 3 * HOUR)
    assert not [entry for entry in story.audit_entries.all() if "Wrong" in f"{entry.about} {entry.sentence}"]


def test_a_notice_of_a_version_taken_back_is_not_told_again_when_that_is_reinstated(client):
    story = factories.live(headline="Before")
    factories.edit(story, headline="After")
    fault = factories.version(story)
    publishing.issue_notice(fault, by=None, kind="correction", text="It was mended.", at=NOON + HOUR)
    publishing.take_back(story, by=None, reason="It was not.", at=NOON + 2 * HOUR)
    publishing.reinstate(factories.version(story, 2), by=None, at=NOON + 3 * HOUR)
    assert b"It was mended." not in client.get(story.get_absolute_url()).content

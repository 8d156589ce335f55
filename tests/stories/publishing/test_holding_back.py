"""Parts that stay behind, schedules that must not undo the news, embargoes."""

from datetime import timedelta

import pytest

from stories import publishing, refusals
from stories.draft import read_draft, write_draft
from stories.models import AuditEntry, Story
from stories.parts import Part
from stories.publishing import ScheduledChoice
from stories.versions import faults
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]
S1, S2 = Part("section", "s1"), Part("section", "s2")


def live():
    return factories.live(sections=SECTIONS)


def write(story, **bodies):
    story.refresh_from_db()
    draft = read_draft(story)
    sections = [
        entry.model_copy(update={"body": f"<p>{bodies[entry.id]}</p>" if entry.id in bodies else entry.body})
        for entry in draft.sections
    ]
    stripped = [entry.model_copy(update={"sentences": []}) for entry in sections]
    timeline = [entry.model_copy(update={"sentences": []}) for entry in draft.timeline]
    write_draft(story, draft.model_copy(update={"sections": stripped, "timeline": timeline}))


def bodies(version):
    return [section["body"] for section in version.document["sections"]]


def live_bodies(story, at):
    return bodies(story.versions.live(at).get())


def test_a_part_held_back_goes_out_as_readers_have_it_and_stays_in_the_draft():
    story = live()
    write(story, s1="Finished [1].", s2="Unfinished [1]")
    version = publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S2])
    assert bodies(version) == ["<p>Finished [1].</p>", "<p>Part 2 [1].</p>"]
    assert [section.body for section in story.sections.all()] == ["<p>Finished [1].</p>", "<p>Unfinished [1]</p>"]
    assert "Held back: section:s2." in AuditEntry.objects.filter(act="publish").first().sentence
    later = publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    assert bodies(later)[1] == "<p>Unfinished [1]</p>"


def test_only_what_goes_out_can_refuse():
    story = live()
    write(story, s1="Fine [1].", s2="Nobody says so [9].")
    with pytest.raises(refusals.NotReady):
        publishing.publish(story, by=None, at=NOON + HOUR)
    assert publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S2]).number == 2


def test_holding_everything_back_changes_nothing():
    story = live()
    write(story, s1="New [1].")
    with pytest.raises(refusals.NothingChanged):
        publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S1])


def test_a_part_can_be_held_back_from_the_first_version():
    story = factories.draft(sections=SECTIONS)
    version = publishing.publish(story, by=None, at=NOON, held_back=[S2])
    assert [section["id"] for section in version.document["sections"]] == ["s1"]


def test_a_held_back_topic_stays_the_one_that_readers_know():
    story = live()
    changed = read_draft(story).model_copy(update={"headline": "New"})
    topic = {"slug": "science", "name": "Science"}
    write_draft(story, type(changed).model_validate({**changed.as_json(), "topic": topic}))
    version = publishing.publish(story, by=None, at=NOON + HOUR, held_back=[Part("head", "topic")])
    assert (version.topic.slug, version.document["topic"]["slug"]) == ("world", "world")


def scheduled():
    """Version 1 live, Version 2 scheduled with another s2, and the draft has news in s1."""
    story = live()
    write(story, s2="Scheduled [1].")
    publishing.schedule(story, by=None, live_from=NOON + 3 * HOUR, at=NOON + MINUTE)
    write(story, s1="Breaking [1].")
    return story


def test_breaking_news_and_the_scheduled_version_are_brought_together():
    story = scheduled()
    publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S2], scheduled=ScheduledChoice.MERGE)
    assert live_bodies(story, NOON + HOUR) == ["<p>Breaking [1].</p>", "<p>Part 2 [1].</p>"]
    assert live_bodies(story, NOON + 3 * HOUR - MINUTE) == ["<p>Breaking [1].</p>", "<p>Part 2 [1].</p>"]
    assert live_bodies(story, NOON + 3 * HOUR) == ["<p>Breaking [1].</p>", "<p>Scheduled [1].</p>"]
    assert faults(story) == []
    sentences = [s["id"] for s in story.versions.get(number=3).document["sections"][1]["sentences"]]
    assert sentences == [section.sentences[0]["id"] for section in story.sections.filter(key=2)]


def test_both_changing_the_same_part_is_refused_and_named():
    story = scheduled()
    write(story, s2="Breaking too [1].")
    with pytest.raises(refusals.Refused, match="Section “Part 2”"):
        publishing.publish(story, by=None, at=NOON + HOUR, scheduled=ScheduledChoice.MERGE)
    assert story.versions.count() == 2


def test_keeping_a_schedule_says_what_it_would_undo_before_it_does():
    story = scheduled()
    with pytest.raises(refusals.WouldUndo) as refusal:
        publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S2], scheduled=ScheduledChoice.KEEP)
    assert refusal.value.undone == [(S1, "Section “Part 1”")]
    assert story.versions.count() == 2
    terms = {"held_back": [S2], "scheduled": ScheduledChoice.KEEP, "undo_seen": [S1]}
    publishing.publish(story, by=None, at=NOON + HOUR, **terms)
    assert live_bodies(story, NOON + 3 * HOUR) == ["<p>Part 1 [1].</p>", "<p>Scheduled [1].</p>"]


def test_a_scheduled_version_is_changed_and_keeps_its_moment():
    story = scheduled()
    version = publishing.change_scheduled(story, by=None, at=NOON + HOUR)
    assert (version.number, version.live_from, bodies(version)) == (
        2,
        NOON + 3 * HOUR,
        ["<p>Breaking [1].</p>", "<p>Scheduled [1].</p>"],
    )
    assert faults(story) == []


def test_nothing_goes_out_before_the_end_of_an_embargo_unless_confirmed():
    story = factories.draft()
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON, embargo=True)
    for act in (
        lambda: publishing.publish(story, by=None, at=NOON + MINUTE, scheduled="call_off"),
        lambda: publishing.reschedule(story, by=None, live_from=NOON + 2 * MINUTE, at=NOON + MINUTE),
    ):
        with pytest.raises(refusals.UnderEmbargo, match="Confirm"):
            act()
    assert not story.versions.live(NOON + 2 * MINUTE).exists()
    publishing.publish(story, by=None, at=NOON + MINUTE, scheduled="call_off", release_early=True)
    assert story.versions.live(NOON + MINUTE).exists()
    assert Story.objects.get().embargo_until is None


def test_calling_off_an_embargoed_version_does_not_end_the_embargo():
    story = factories.draft()
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON, embargo=True)
    publishing.call_off(story, by=None, at=NOON + MINUTE)
    with pytest.raises(refusals.UnderEmbargo):
        publishing.publish(story, by=None, at=NOON + HOUR - MINUTE)
    with pytest.raises(refusals.UnderEmbargo):
        publishing.schedule(story, by=None, live_from=NOON + HOUR - MINUTE, at=NOON + 2 * MINUTE)
    publishing.publish(story, by=None, at=NOON + HOUR)


def test_an_embargoed_version_may_come_later_and_stays_under_embargo():
    story = factories.draft()
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON, embargo=True)
    publishing.reschedule(story, by=None, live_from=NOON + 2 * HOUR, at=NOON + MINUTE)
    assert Story.objects.get().embargo_until == NOON + HOUR


def test_a_topic_held_back_from_being_emptied_stays():
    story = live()
    write_draft(story, read_draft(story).model_copy(update={"topic": None, "headline": "New"}))
    version = publishing.publish(story, by=None, at=NOON + HOUR, held_back=[Part("head", "topic")])
    assert (version.topic.slug, version.document["topic"]["slug"]) == ("world", "world")


def test_a_merged_schedule_stands_under_the_topic_of_the_news():
    story = live()
    write(story, s2="Scheduled [1].")
    publishing.schedule(story, by=None, live_from=NOON + 3 * HOUR, at=NOON + MINUTE)
    story.refresh_from_db()
    topic = {"slug": "science", "name": "Science"}
    write_draft(story, type(read_draft(story)).model_validate({**read_draft(story).as_json(), "topic": topic}))
    publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S2], scheduled="merge")
    version = story.versions.get(number=3)
    assert (version.topic.slug, version.document["topic"]["slug"]) == ("science", "science")


def test_a_scheduled_update_that_said_the_same_for_a_while_is_news_again():
    story = scheduled()
    publishing.publish(story, by=None, at=NOON + HOUR, scheduled="freeze_again")
    assert story.versions.get(number=3).kind == "minor"
    write(story, s1="Big news [1].")
    assert publishing.change_scheduled(story, by=None, at=NOON + 2 * HOUR).kind == "update"


def test_a_fault_of_the_draft_that_is_scheduled_again_is_said_with_the_schedule():
    story = scheduled()
    write(story, s2="Nobody says so [9].")
    with pytest.raises(refusals.NotReady, match=r"The scheduled Version cannot go out as it is\..*no source 9"):
        publishing.publish(story, by=None, at=NOON + HOUR, held_back=[S2], scheduled="freeze_again")


def test_restoring_under_embargo_is_confirmed_too():
    story = live()
    write(story, s1="New [1].")
    publishing.publish(story, by=None, at=NOON + MINUTE)
    write(story, s1="Embargoed [1].")
    publishing.schedule(story, by=None, live_from=NOON + 3 * HOUR, at=NOON + 2 * MINUTE, embargo=True)
    terms = {"at": NOON + HOUR, "scheduled": "call_off"}
    with pytest.raises(refusals.UnderEmbargo):
        publishing.restore(factories.version(story), by=None, **terms)
    publishing.restore(factories.version(story), by=None, release_early=True, **terms)


def test_an_early_release_is_in_the_audit_trail():
    story = factories.draft()
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON, embargo=True)
    publishing.reschedule(story, by=None, at=NOON + MINUTE, live_from=NOON + 9 * MINUTE, release_early=True)
    assert Story.objects.get().embargo_until == NOON + 9 * MINUTE
    publishing.publish(story, by=None, at=NOON + 2 * MINUTE, scheduled="call_off", release_early=True)
    for act in ("reschedule", "publish"):
        assert "before the end of its embargo" in AuditEntry.objects.filter(act=act).first().sentence

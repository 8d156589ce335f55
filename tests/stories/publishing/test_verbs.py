"""The verbs of publishing, and the rules of Versions under any sequence of them."""

from datetime import timedelta

import pytest

from stories import publishing, refusals
from stories.draft import read_draft, write_draft
from stories.models import Placement, PreviousSlug, Story, Version
from stories.parts import Part
from stories.publishing import ScheduledChoice
from stories.versions import faults
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def headlines_live(story, at):
    return [version.headline for version in story.versions.live(at)]


def test_first_version_is_a_publication_live_from_its_moment():
    story = factories.draft(headline="One")
    version = publishing.publish(story, by=None, at=NOON, kind=Version.Kind.MINOR)
    assert (version.number, version.kind, version.live_from, version.live_until) == (1, "publication", NOON, None)
    assert (version.first_published, version.updated, version.article_count) == (NOON, NOON, 2)
    assert headlines_live(story, NOON - timedelta(microseconds=1)) == []
    assert headlines_live(story, NOON) == ["One"]


def test_publishing_again_ends_the_version_before():
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    assert headlines_live(story, NOON + HOUR - MINUTE) == ["One"]
    assert headlines_live(story, NOON + HOUR) == ["Two"]
    assert faults(story) == []


def test_work_on_the_draft_is_not_exposed():
    story = factories.live(headline="One")
    factories.edit(story, headline="Not yet")
    assert headlines_live(story, NOON + HOUR) == ["One"]


def test_an_unchanged_draft_makes_no_version():
    story = factories.live()
    with pytest.raises(refusals.NothingChanged, match="since Version 1"):
        publishing.publish(story, by=None, at=NOON + HOUR)
    assert story.versions.count() == 1


def test_a_minor_version_does_not_count_as_an_update():
    story = factories.live()
    factories.edit(story, headline="Mended")
    version = publishing.publish(story, by=None, kind=Version.Kind.MINOR, at=NOON + HOUR)
    assert (version.updated, version.first_published) == (NOON, NOON)


def test_a_scheduled_version_goes_live_by_itself():
    story = factories.draft(headline="Soon")
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON)
    assert headlines_live(story, NOON + HOUR - MINUTE) == []
    assert headlines_live(story, NOON + HOUR) == ["Soon"]


def test_a_schedule_must_lie_ahead():
    story = factories.draft()
    with pytest.raises(refusals.WrongMoment, match="is past"):
        publishing.schedule(story, by=None, live_from=NOON, at=NOON)
    assert not story.versions.exists()


def test_a_second_schedule_is_refused():
    story = factories.draft()
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON)
    with pytest.raises(refusals.AlreadyScheduled):
        publishing.schedule(story, by=None, live_from=NOON + 2 * HOUR, at=NOON)


def test_rescheduling_moves_the_version_and_the_end_of_the_one_before():
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON + MINUTE)
    publishing.reschedule(story, by=None, live_from=NOON + 3 * HOUR, at=NOON + 2 * MINUTE)
    assert headlines_live(story, NOON + 2 * HOUR) == ["One"]
    assert headlines_live(story, NOON + 3 * HOUR) == ["Two"]
    assert faults(story) == []


def test_calling_off_leaves_the_live_version_open_ended():
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON + MINUTE)
    publishing.call_off(story, by=None, at=NOON + 2 * MINUTE)
    assert headlines_live(story, NOON + 2 * HOUR) == ["One"]
    assert factories.version(story).live_until is None


def test_what_went_live_cannot_be_called_off():
    story = factories.draft()
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON)
    with pytest.raises(refusals.NothingScheduled):
        publishing.call_off(story, by=None, at=NOON + HOUR)


def scheduled_story():
    story = factories.live(headline="One")
    factories.edit(story, headline="Scheduled")
    publishing.schedule(story, by=None, live_from=NOON + 2 * HOUR, at=NOON + MINUTE)
    factories.edit(story, headline="Breaking")
    return story


def test_publishing_before_a_schedule_demands_a_choice():
    story = scheduled_story()
    with pytest.raises(refusals.ScheduleChoiceNeeded):
        publishing.publish(story, by=None, at=NOON + HOUR)
    assert headlines_live(story, NOON + HOUR) == ["One"]
    assert story.versions.count() == 2


@pytest.mark.parametrize(
    ("choice", "later"),
    [
        (ScheduledChoice.KEEP, "Scheduled"),
        (ScheduledChoice.FREEZE_AGAIN, "Breaking"),
        (ScheduledChoice.CALL_OFF, "Breaking"),
    ],
)
def test_breaking_news_goes_before_the_scheduled_version(choice, later):
    story, undone = scheduled_story(), {Part("head", "headline")}
    version = publishing.publish(story, by=None, at=NOON + HOUR, scheduled=choice, undo_seen=undone)
    assert version.number == 2
    assert headlines_live(story, NOON + HOUR) == ["Breaking"]
    assert headlines_live(story, NOON + 2 * HOUR) == [later]
    assert story.versions.count() == (2 if choice == ScheduledChoice.CALL_OFF else 3)
    assert faults(story) == []


def test_withdrawing_ends_the_live_version_and_calls_off_the_scheduled_one():
    story = scheduled_story()
    version = publishing.withdraw(story, by=None, reason="The figures were wrong.", at=NOON + HOUR)
    assert (version.number, version.live_until, version.withdrawn_at) == (1, NOON + HOUR, NOON + HOUR)
    assert headlines_live(story, NOON + HOUR) == headlines_live(story, NOON + 3 * HOUR) == []
    assert headlines_live(story, NOON + HOUR - MINUTE) == ["One"]
    assert story.versions.count() == 1


def test_withdrawing_needs_a_live_version_and_a_reason():
    story = factories.draft()
    with pytest.raises(refusals.NotLive):
        publishing.withdraw(story, by=None, reason="Wrong.", at=NOON)
    publishing.publish(story, by=None, at=NOON)
    with pytest.raises(refusals.ReasonNeeded):
        publishing.withdraw(story, by=None, reason="  ", at=NOON + HOUR)


def test_a_withdrawn_story_can_be_published_again_unchanged():
    story = factories.live(headline="One")
    publishing.withdraw(story, by=None, reason="Checking.", at=NOON + HOUR)
    publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    assert headlines_live(story, NOON + HOUR + MINUTE) == []
    assert headlines_live(story, NOON + 2 * HOUR) == ["One"]
    assert faults(story) == []


def test_restoring_publishes_the_old_words_as_a_new_version():
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    version = publishing.restore(factories.version(story, 1), by=None, at=NOON + 2 * HOUR)
    assert (version.number, version.headline, version.made_from.number) == (3, "One", 1)
    assert headlines_live(story, NOON + 2 * HOUR) == ["One"]
    story.refresh_from_db()
    assert story.headline == "One"


def test_restoring_leaves_a_draft_with_unpublished_changes_alone():
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    factories.edit(story, headline="Three, unfinished")
    publishing.restore(factories.version(story, 1), by=None, at=NOON + 2 * HOUR)
    story.refresh_from_db()
    assert story.headline == "Three, unfinished"


def test_a_faulty_draft_is_refused_and_nothing_is_written():
    story = factories.live()
    factories.edit(story, headline="")
    with pytest.raises(refusals.NotReady) as refusal:
        publishing.publish(story, by=None, at=NOON + HOUR)
    assert [finding.code for finding in refusal.value.findings if finding.refuses] == ["no_headline"]
    assert story.versions.count() == 1


def test_no_verb_acts_before_what_readers_have_seen():
    story = factories.live()
    factories.edit(story, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    factories.edit(story, headline="Three")
    with pytest.raises(refusals.WrongMoment):
        publishing.publish(story, by=None, at=NOON + HOUR)
    with pytest.raises(refusals.WrongMoment):
        publishing.publish(story, by=None, at=NOON - HOUR)
    assert story.versions.count() == 2


def test_a_rename_redirects_and_keeps_the_old_address_for_good():
    story = factories.live(headline="Old name")
    publishing.rename(story, by=None, slug="new-name", at=NOON + HOUR)
    story.refresh_from_db()
    assert story.slug == "new-name"
    assert PreviousSlug.objects.get().slug == "old-name"
    other = factories.draft(headline="Old name")
    assert other.slug == "old-name-2"
    with pytest.raises(refusals.BadSlug, match="had the address"):
        publishing.rename(other, by=None, slug="old-name")


def test_a_story_can_take_its_own_old_address_again():
    story = factories.live(headline="Old name")
    publishing.rename(story, by=None, slug="new-name")
    publishing.rename(story, by=None, slug="old-name")
    assert [previous.slug for previous in PreviousSlug.objects.all()] == ["new-name"]


def test_a_draft_that_nobody_saw_leaves_no_redirect():
    story = factories.draft(headline="Old name")
    publishing.rename(story, by=None, slug="new-name")
    assert not PreviousSlug.objects.exists()


@pytest.mark.parametrize("slug", ["", "Two words", "a/b", "x" * 121])
def test_a_slug_that_is_no_address_is_refused(slug):
    story = factories.draft()
    with pytest.raises(refusals.BadSlug):
        publishing.rename(story, by=None, slug=slug)


def test_a_placement_holds_from_its_moment_until_the_next():
    story = factories.live()
    publishing.place(story, by=None, rank=1, at=NOON)
    publishing.place(story, by=None, rank=4, at=NOON + HOUR)
    publishing.place(story, by=None, rank=None, at=NOON + 2 * HOUR)
    ranks = [[p.rank for p in Placement.objects.live(NOON + n * HOUR)] for n in (0, 1, 2)]
    assert ranks == [[1], [4], []]


def test_of_two_stories_on_one_rank_the_later_placed_stands_first():
    first, second = factories.live(), factories.live()
    publishing.place(first, by=None, rank=1, at=NOON)
    publishing.place(second, by=None, rank=1, at=NOON + MINUTE)
    assert [p.story_id for p in Placement.objects.live(NOON + HOUR)] == [second.pk, first.pk]


def test_a_placement_may_carry_an_end():
    story = factories.live()
    publishing.place(story, by=None, rank=1, at=NOON, live_until=NOON + HOUR)
    assert Placement.objects.live(NOON + HOUR - MINUTE).exists()
    assert not Placement.objects.live(NOON + HOUR).exists()
    with pytest.raises(refusals.WrongMoment):
        publishing.place(story, by=None, rank=1, at=NOON, live_until=NOON)
    with pytest.raises(refusals.BadRank):
        publishing.place(story, by=None, rank=0, at=NOON)


def test_the_parent_is_named_only_as_readers_know_it():
    parent = factories.draft(headline="Not public yet")
    entry = {"uid": parent.uid, "slug": parent.slug, "headline": parent.headline}
    child = factories.live(parent=entry)
    assert factories.version(child).document["parent"] == {"uid": str(parent.uid), "slug": "", "headline": ""}
    assert factories.version(child).parent_uid == parent.uid


def test_citations_say_what_rests_on_an_article():
    story = factories.live()
    rows = factories.version(story).citations.order_by("passage", "number")
    assert [(c.passage, c.number, c.article.url.split("/")[-1]) for c in rows] == [
        ("s1.1", 1, "berth"),
        ("s1.2", 2, "freight"),
        ("t1.1", 1, "berth"),
    ]


def test_a_restored_version_cites_the_article_it_had_not_the_one_now_under_its_number():
    story = factories.live()
    before = {c.passage: c.article_id for c in factories.version(story).citations.all()}
    replaced = read_draft(story)
    replaced.sources[0] = replaced.sources[0].model_copy(update={"url": "https://other.example/1", "title": "Other"})
    write_draft(story, replaced)
    publishing.publish(story, by=None, at=NOON + HOUR)
    version = publishing.restore(factories.version(story, 1), by=None, at=NOON + 2 * HOUR)
    assert {c.passage: c.article_id for c in version.citations.all()} == before


def test_a_changed_version_does_not_pass_the_check():
    story = factories.live()
    version = factories.version(story)
    version.document["headline"] = "Other words"
    Version.objects.filter(pk=version.pk).update(document=version.document)
    assert faults(story) == ["Version 1: its document is not the one that was published"]
    Version.objects.filter(pk=version.pk).update(change_note="Nothing to see")
    assert len(faults(story)) == 2


def test_a_save_after_publishing_does_not_touch_the_version():
    story = factories.live()
    before = factories.version(story)
    changed = read_draft(story).model_copy(update={"headline": "Changed"})
    write_draft(Story.objects.get(pk=story.pk), changed)
    after = factories.version(story)
    assert (after.document, after.checksum, after.headline) == (before.document, before.checksum, before.headline)

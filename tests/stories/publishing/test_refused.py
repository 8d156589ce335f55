"""What would harm the chain of Versions is refused in words, or done as the newsroom means it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing, refusals
from stories.draft import read_draft, write_draft
from stories.models import Article, Image, Story, Topic, Version
from stories.publishing import ScheduledChoice
from stories.reading import headlines
from stories.versions import LONGEST_NOTE, faults
from tests import factories
from tests.factories import NOON
from tests.stories.test_gallery import picture

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def under(story):
    return {"uid": story.uid, "slug": story.slug, "headline": story.headline}


def changed(story, **fields):
    document = read_draft(story)
    return write_draft(story, type(document).model_validate({**document.as_json(), **fields}))


def scheduled_story(**fields):
    story = factories.live(headline="One", **fields)
    factories.edit(story, headline="Scheduled")
    publishing.schedule(story, by=None, live_from=NOON + 5 * HOUR, at=NOON + HOUR)
    return factories.edit(story, headline="Breaking")


def test_a_kind_or_a_choice_that_there_is_not_chooses_nothing():
    story = scheduled_story()
    with pytest.raises(ValueError, match="keep_it"):
        publishing.publish(story, by=None, at=NOON + 2 * HOUR, scheduled="keep_it")
    with pytest.raises(ValueError, match="scoop"):
        publishing.publish(story, by=None, at=NOON + 2 * HOUR, kind="scoop", scheduled=ScheduledChoice.KEEP)
    assert story.versions.count() == 2


@pytest.mark.parametrize("note", ["half \0 a note", "half \ud800 a character", "x" * (LONGEST_NOTE + 1)])
def test_a_note_that_cannot_be_kept_is_refused(note):
    story = factories.draft()
    with pytest.raises(refusals.BadNote):
        publishing.publish(story, by=None, at=NOON, note=note)
    publishing.publish(story, by=None, at=NOON)
    with pytest.raises(refusals.BadNote):
        publishing.withdraw(story, by=None, at=NOON + HOUR, reason=note)
    assert factories.version(story).withdrawn_at is None


def test_a_clock_that_was_put_back_makes_no_schedule_of_what_readers_saw():
    story = factories.draft()
    publishing.publish(story, by=None)
    ahead = timezone.now() + HOUR
    Version.objects.update(live_from=ahead, created_at=ahead)
    factories.edit(story, headline="Two")
    acts = [
        lambda: publishing.call_off(story, by=None),
        lambda: publishing.reschedule(story, by=None, live_from=ahead + HOUR),
        lambda: publishing.publish(story, by=None, scheduled=ScheduledChoice.CALL_OFF),
        lambda: publishing.schedule(story, by=None, live_from=ahead + HOUR),
        lambda: publishing.withdraw(story, by=None, reason="Wrong."),
    ]
    for act in acts:
        with pytest.raises(refusals.WrongMoment, match="later moment"):
            act()
    assert story.versions.get().live_from == ahead


def test_a_version_frozen_again_leaves_out_the_picture_whose_rights_will_have_ended():
    story = scheduled_story(gallery=[picture().model_dump()])
    Image.objects.update(rights_until=NOON + 4 * HOUR)
    version = publishing.publish(story, by=None, at=NOON + 2 * HOUR, scheduled=ScheduledChoice.FREEZE_AGAIN)
    assert len(version.document["gallery"]) == 1
    assert factories.version(story, 3).document["gallery"] == []


def test_frozen_again_at_a_restoration_is_the_draft_not_what_was_restored():
    story = factories.live(headline="One")
    factories.edit(story, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    factories.edit(story, headline="Three")
    publishing.schedule(story, by=None, live_from=NOON + 9 * HOUR, at=NOON + 2 * HOUR)
    choice = ScheduledChoice.FREEZE_AGAIN
    publishing.restore(factories.version(story, 1), by=None, at=NOON + 3 * HOUR, scheduled=choice)
    assert [v.headline for v in story.versions.order_by("number")] == ["One", "Two", "One", "Three"]
    assert faults(story) == []


def test_a_version_is_restored_under_its_topic_whatever_that_is_called_now():
    story = factories.live()
    changed(story, topic={"slug": "sport", "name": "Sport"})
    publishing.publish(story, by=None, at=NOON + HOUR)
    Topic.objects.filter(slug="world").update(slug="globe", name="Globe")
    version = publishing.restore(factories.version(story), by=None, at=NOON + 2 * HOUR)
    assert (version.topic.slug, version.document["topic"]) == ("globe", {"slug": "globe", "name": "Globe"})
    assert Topic.objects.count() == 2


def test_a_version_is_restored_without_the_parent_that_is_gone():
    parent = factories.draft(topic=None)
    story = factories.live(parent=under(parent))
    changed(story, parent=None, headline="Now on top")
    publishing.publish(story, by=None, at=NOON + HOUR)
    parent.delete()
    version = publishing.restore(factories.version(story), by=None, at=NOON + 2 * HOUR)
    assert (version.parent_uid, version.document["parent"]) == (None, None)


def test_a_version_is_restored_without_the_parent_that_stands_below_the_story_now():
    other = factories.live()
    story = factories.live(parent=under(other))
    changed(story, parent=None, headline="Now on top")
    publishing.publish(story, by=None, at=NOON + HOUR)
    changed(other, parent=under(Story.objects.get(pk=story.pk)))
    version = publishing.restore(factories.version(story), by=None, at=NOON + 2 * HOUR)
    assert version.parent_uid is None
    assert Story.objects.get(pk=story.pk).parent is None


def test_a_version_is_restored_with_a_picture_that_left_the_library():
    story = factories.live(gallery=[picture().model_dump()])
    changed(story, gallery=[])
    publishing.publish(story, by=None, at=NOON + HOUR)
    Image.objects.all().delete()
    version = publishing.restore(factories.version(story), by=None, at=NOON + 2 * HOUR)
    assert version.document["gallery"] == factories.version(story).document["gallery"]
    assert Image.objects.get().sha256 == picture().sha256


def test_a_withheld_picture_is_no_unpublished_change():
    story = factories.draft(headline="One", gallery=[picture().model_dump()])
    Image.objects.update(rights_until=NOON)
    publishing.publish(story, by=None, at=NOON)
    factories.edit(story, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    publishing.restore(factories.version(story), by=None, at=NOON + 2 * HOUR)
    assert Story.objects.get(pk=story.pk).headline == "One"


def test_a_scheduled_sub_story_does_not_keep_a_headline_of_its_parent_that_nobody_may_read():
    parent = factories.draft(headline="Perhaps never")
    publishing.schedule(parent, by=None, live_from=NOON + HOUR, at=NOON)
    child = factories.draft(parent=under(parent))
    publishing.schedule(child, by=None, live_from=NOON + 2 * HOUR, at=NOON)
    publishing.call_off(parent, by=None, at=NOON)
    assert factories.version(child).document["parent"] == {"uid": str(parent.uid), "slug": "", "headline": ""}


def test_a_redacted_version_is_not_restored_and_does_not_stop_the_next():
    story = factories.live()
    publishing.publish(factories.edit(story, headline="Mended"), by=None, at=NOON + HOUR)
    publishing.redact(factories.version(story), by=None, reason="By order of a court.", at=NOON + 2 * HOUR)
    with pytest.raises(refusals.Refused, match="redacted"):
        publishing.restore(factories.version(story), by=None, at=NOON + 2 * HOUR)
    assert publishing.publish(factories.edit(story, headline="Again"), by=None, at=NOON + 3 * HOUR).number == 3
    assert faults(story) == []


def test_calling_off_keeping_and_freezing_again_keep_the_dates_of_updates_right():
    story = scheduled_story()
    factories.publish_before(story, NOON + 2 * HOUR, kind="minor")
    factories.edit(story, headline="Again")
    publishing.publish(story, by=None, kind="minor", at=NOON + 3 * HOUR, scheduled=ScheduledChoice.FREEZE_AGAIN)
    dates = [(v.number, v.kind, v.updated, v.first_published) for v in story.versions.order_by("number")]
    assert dates == [
        (1, "publication", NOON, NOON),
        (2, "minor", NOON, NOON),
        (3, "minor", NOON, NOON),
        (4, "minor", NOON, NOON),  # it says what Version 3 says
    ]
    publishing.call_off(story, by=None, at=NOON + 4 * HOUR)
    assert (story.versions.count(), faults(story)) == (3, [])


def test_a_parent_that_was_never_here_is_unknown():
    story = factories.draft()
    with pytest.raises(Exception, match="is not here"):
        changed(story, parent={"uid": uuid.uuid4(), "slug": "x", "headline": "X"})


def test_a_version_moved_beyond_the_rights_of_its_picture_leaves_the_picture_out():
    story = scheduled_story(gallery=[picture().model_dump()])
    Image.objects.update(rights_until=NOON + 6 * HOUR)
    publishing.reschedule(story, by=None, live_from=NOON + 8 * HOUR, at=NOON + 2 * HOUR)
    version = factories.version(story, 2)
    assert (version.document["gallery"], version.lead_picture) == ([], None)
    assert faults(story) == []


def test_a_version_whose_source_was_retracted_meanwhile_is_neither_moved_nor_kept():
    story = scheduled_story()
    sources = [{"number": 2, "title": "Another"}]
    Article.objects.filter(sources__story=story, sources__number=1).update(status=Article.Status.RETRACTED)
    section = {"id": "s1", "body": "<p>Rests on another [2].</p>"}
    changed(story, sections=[section], timeline=[], sources=sources, headline="Corrected")
    with pytest.raises(refusals.NotReady, match="The scheduled Version cannot go out as it is"):
        factories.publish_before(story, NOON + 2 * HOUR)
    publishing.publish(story, by=None, at=NOON + 2 * HOUR, scheduled=ScheduledChoice.FREEZE_AGAIN)
    assert factories.version(story, 3).document["sources"] == factories.version(story, 2).document["sources"]
    assert [c.number for c in factories.version(story, 3).citations.all()] == [2]


def test_frozen_again_at_a_restoration_the_draft_stands_under_its_topic():
    story = factories.live()
    changed(story, topic={"slug": "sport", "name": "Sport"}, headline="Two")
    publishing.publish(story, by=None, at=NOON + HOUR)
    changed(story, headline="Three")
    publishing.schedule(story, by=None, live_from=NOON + 9 * HOUR, at=NOON + 2 * HOUR)
    changed(story, headline="Two")
    choice = ScheduledChoice.FREEZE_AGAIN
    publishing.restore(factories.version(story, 1), by=None, at=NOON + 3 * HOUR, scheduled=choice)
    again = factories.version(story, 4)
    assert again.topic.slug == again.document["topic"]["slug"] == "world"


def test_an_address_that_no_reader_knew_is_free_again():
    story = factories.draft(headline="Harbour")
    publishing.schedule(story, by=None, live_from=NOON + HOUR, at=NOON)
    publishing.rename(story, by=None, slug="quay", at=NOON)
    assert not story.previous_slugs.exists()
    publishing.rename(story, by=None, slug="pier", at=NOON + HOUR)
    assert story.previous_slugs.get().slug == "quay"


def test_a_renamed_topic_does_not_make_news_of_an_unchanged_draft():
    story = factories.live()
    Topic.objects.update(name="Planet")
    with pytest.raises(refusals.NothingChanged):
        publishing.publish(story, by=None, at=NOON + HOUR)


def test_two_stories_do_not_stand_below_each_other_for_readers():
    above = factories.live(headline="Above")
    below = factories.live(headline="Below", parent=under(above))
    changed(below, parent=None)
    changed(above, parent=under(below))
    with pytest.raises(refusals.NotReady, match="is still a sub-story of this one"):
        publishing.publish(above, by=None, at=NOON + HOUR)
    publishing.publish(below, by=None, at=NOON + HOUR)
    publishing.publish(above, by=None, at=NOON + HOUR)
    assert [card.headline for card in headlines(NOON + HOUR)] == ["Below"]


def test_a_withdrawn_story_does_not_come_back_to_its_place():
    factories.live(headline="Other")
    story = factories.live(headline="Placed", at=NOON - HOUR)
    publishing.place(story, by=None, rank=1, at=NOON + HOUR)
    publishing.withdraw(story, by=None, reason="The figures were wrong.", at=NOON + 2 * HOUR)
    publishing.restore(factories.version(story), by=None, at=NOON + 3 * HOUR)
    assert not story.placements.live(NOON + 2 * HOUR).exists()
    assert [card.headline for card in headlines(NOON + 90 * timedelta(minutes=1))] == ["Placed", "Other"]


def test_a_story_cannot_be_placed_before_it_was_placed_last():
    story = factories.live()
    publishing.place(story, by=None, rank=1, at=NOON + HOUR)
    with pytest.raises(refusals.WrongMoment):
        publishing.place(story, by=None, rank=2, at=NOON)

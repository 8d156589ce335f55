"""The draft and its document are one thing: what is written is read back exactly."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories import publishing
from stories.document import StoryDocument, complete
from stories.draft import DraftRefused, free_slug, new_story, put_back, read_draft, reread_sentences, write_draft
from stories.models import Article, Evidence, GalleryItem, Image, Outlet, Section, Source, Story, Topic
from stories.refusals import NothingChanged
from tests import factories
from tests.stories.strategies import story_documents
from timelines.models import TimelineEvent

pytestmark = pytest.mark.django_db
PROPERTY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def forget_everything():
    """Shared rows of other stories would keep their own words; here each example stands alone."""
    for model in (GalleryItem, Source, Section, TimelineEvent, Story, Article, Outlet, Image, Topic):
        model.objects.all().delete()


def storable(document, **changes):
    """The document with a parent that exists (none) and an address that a story can have."""
    return complete(document.model_copy(update={"parent": None, "slug": f"story-{document.uid.hex}", **changes}))


@PROPERTY
@given(story_documents())
def test_a_new_draft_reads_as_it_was_written(document):
    forget_everything()
    document = storable(document)
    assert read_draft(new_story(document)) == document


@PROPERTY
@given(story_documents(), story_documents())
def test_a_draft_written_over_reads_as_the_new_document(first, second):
    forget_everything()
    story = new_story(storable(first))
    second = storable(second, uid=story.uid, slug=story.slug)
    write_draft(story, second)
    assert read_draft(Story.objects.get(pk=story.pk)) == second
    assert read_draft(write_draft(story, second)) == second


def sentence_ids(story):
    return {s.text: s.id for s in read_draft(Story.objects.get(pk=story.pk)).sentences()}


def with_body(story, *bodies, keys=None):
    sections = [{"id": f"s{k}", "body": f"<p>{body}</p>"} for k, body in zip(keys or range(1, 9), bodies, strict=False)]
    values = read_draft(Story.objects.get(pk=story.pk)).as_json()
    return StoryDocument.model_validate({**values, "sections": sections, "timeline": []})


def test_a_sentence_keeps_its_id_when_it_moves_to_another_section():
    story = factories.draft(sections=[])
    write_draft(story, with_body(story, "The berth opened [1].", "Freight moved first [2]."))
    write_draft(story, with_body(story, "Rates fell [1].", "Freight moved first [2]. The berth opened [1]."))
    assert sentence_ids(story) == {
        "Rates fell [1].": "s1.2",
        "Freight moved first [2].": "s2.1",
        "The berth opened [1].": "s1.1",
    }


def test_ids_that_readers_saw_are_not_given_again_after_their_section_came_back():
    story = factories.live()
    write_draft(story, with_body(story, "Freight moved first [2].", keys=[2]))
    assert not Section.objects.filter(story=story, key=1).exists()
    write_draft(story, with_body(story, "Something quite different happened [1].", keys=[1]))
    assert list(sentence_ids(story).values()) == ["s1.3"]


@pytest.mark.parametrize("known_by", ["an old version", "a snapshot", "evidence"])
def test_a_section_that_comes_back_as_it_was_earlier_gives_no_number_that_is_known_of_it(known_by):
    story = factories.draft(sections=[])
    early, later = (with_body(story, body) for body in ("Rates fell [1].", "Rates fell [1]. The berth opened [1]."))
    write_draft(story, early)
    early = read_draft(story)
    write_draft(story, later)
    if known_by == "an old version":
        publishing.publish(story, by=None)
    if known_by == "evidence":
        Evidence.objects.create(story=story, passage="s1.2", number=1, quote="The berth")
    write_draft(story, with_body(story, "Freight moved first [2].", keys=[2]))
    if known_by == "an old version":
        publishing.publish(story, by=None)
    if known_by != "a snapshot":
        story.snapshots.all().delete()
    put_back(story, early, by=None, what="The snapshot")
    if known_by != "a snapshot":
        story.snapshots.all().delete()
    write_draft(story, with_body(story, "Rates fell [1]. Something quite different happened [1]."))
    assert sentence_ids(story)["Something quite different happened [1]."] == "s1.3"


def test_rows_edited_one_by_one_get_their_sentences_read_again():
    story = factories.draft()
    section = story.sections.get()
    section.body = "<p>The line opened a second berth [1]. Rates fell [2].</p>"
    section.save()
    reread_sentences(story)
    assert sentence_ids(story) == {
        "The line opened a second berth [1].": "s1.1",
        "Rates fell [2].": "s1.3",
        "The second berth opens [1].": "t1.1",
    }
    assert story.sections.get().last_sentence_number == 3


def test_counters_rise_and_never_fall():
    story = factories.draft()
    document = read_draft(story)
    write_draft(story, document.model_copy(update={"sources": [], "sections": [], "timeline": []}))
    story.refresh_from_db()
    assert (story.last_section_number, story.last_event_number, story.last_source_number) == (1, 1, 2)


def test_every_write_is_a_newer_draft():
    story = factories.draft()
    before = story.lock_version
    assert write_draft(story, read_draft(story)).lock_version == before + 1


def test_the_address_is_content_only_until_readers_know_it():
    story = factories.draft(headline="A name")
    write_draft(story, read_draft(story).model_copy(update={"slug": "another-name"}))
    assert Story.objects.get(pk=story.pk).slug == "another-name"
    seen = factories.live(headline="Known")
    write_draft(seen, read_draft(seen).model_copy(update={"slug": "unknown"}))
    assert Story.objects.get(pk=seen.pk).slug == "known"


def test_a_taken_address_is_refused_and_nothing_is_written():
    taken, story = factories.draft(headline="Taken"), factories.draft(headline="Mine")
    changed = read_draft(story).model_copy(update={"slug": taken.slug, "headline": "Changed"})
    with pytest.raises(DraftRefused, match="has the address “taken”"):
        write_draft(story, changed)
    assert Story.objects.get(pk=story.pk).headline == "Mine"


def test_a_story_without_words_in_its_headline_gets_an_address_from_its_uid():
    story = factories.draft(headline="!!!")
    assert story.slug == f"story-{story.uid.hex[:8]}"
    assert factories.draft(headline="Ünïcode – ja").slug == "ünïcode-ja"


def test_a_long_headline_gives_an_address_that_fits_beside_its_like():
    slugs = {factories.draft(headline="long " * 50).slug for _ in range(3)}
    assert len(slugs) == 3
    assert max(map(len, slugs)) <= 120
    assert free_slug("x" * 120, Story()) == "x" * 120


def test_an_unknown_parent_a_second_story_of_one_uid_and_another_storys_document_are_refused():
    story = factories.draft()
    stranger = {"uid": uuid.uuid4(), "slug": "elsewhere", "headline": "Elsewhere"}
    with pytest.raises(DraftRefused, match="Import it first"):
        factories.draft(parent=stranger)
    with pytest.raises(DraftRefused, match="already a story"):
        new_story(read_draft(story))
    with pytest.raises(DraftRefused, match="of another story"):
        write_draft(story, factories.document())
    assert Story.objects.count() == 1


def test_a_parent_below_the_story_is_refused():
    parent = factories.draft()
    child = factories.draft(parent={"uid": parent.uid, "slug": parent.slug, "headline": parent.headline})
    below = {"uid": child.uid, "slug": child.slug, "headline": child.headline}
    document = StoryDocument.model_validate({**read_draft(parent).as_json(), "parent": below})
    with pytest.raises(Exception, match="stands below this story"):
        write_draft(parent, document)


def test_a_topic_is_found_by_its_slug_and_keeps_its_name():
    factories.draft(topic={"slug": "world", "name": "World"})
    story = factories.draft(topic={"slug": "world", "name": "The World"})
    assert story.topic.name == "World"
    with pytest.raises(DraftRefused, match="already a topic “World”"):
        factories.draft(topic={"slug": "elsewhere", "name": "World"})


@pytest.mark.parametrize("size", [1, 40])
def test_reading_a_draft_costs_five_queries_whatever_its_size(size, django_assert_num_queries):
    timeline = [{"id": f"t{n}", "date": "2026-03-01", "text": f"Event {n} [1]."} for n in range(1, size + 1)]
    story = Story.objects.select_related("topic", "parent").get(pk=factories.draft(timeline=timeline).pk)
    with django_assert_num_queries(5):
        read_draft(story)


def test_an_unreadable_date_is_kept_as_its_wording():
    story = factories.draft(timeline=[{"id": "t1", "date": "", "label": "one spring", "text": "It began."}])
    [event] = read_draft(story).timeline
    assert (event.date, event.label, event.earliest, event.latest) == ("", "one spring", None, None)


@given(st.lists(st.sampled_from(["2024-07", "2024-07-15", "2024", "", "2024-07-15T10:00:00Z", "../2023"]), max_size=8))
@PROPERTY
def test_a_timeline_is_read_in_time_order_with_unreadable_dates_last(dates):
    forget_everything()
    timeline = [{"id": f"t{n}", "date": date, "label": "", "text": f"Event {n}."} for n, date in enumerate(dates, 1)]
    order = [event.date for event in read_draft(factories.draft(timeline=timeline)).timeline]
    assert order == sorted(dates, key=["../2023", "2024", "2024-07", "2024-07-15", "2024-07-15T10:00:00Z", ""].index)


def test_a_sentence_that_is_cut_and_pasted_back_keeps_its_id_and_makes_no_news():
    story = factories.live()
    section = story.sections.get()
    before, ids = section.body, sentence_ids(story)
    for body in ("<p>Freight moved first, the operator said [2].</p>", before):
        Section.objects.filter(pk=section.pk).update(body=body)
        reread_sentences(story)
    assert sentence_ids(story) == ids
    with pytest.raises(NothingChanged):
        publishing.publish(story, by=None)


def test_a_section_that_comes_back_has_the_sentences_that_readers_know():
    story = factories.live()
    (section, ids) = story.sections.get(), sentence_ids(story)
    section.delete()
    reread_sentences(story)
    Section.objects.create(story=story, key=2, heading=section.heading, body=section.body)
    reread_sentences(story)
    assert sentence_ids(story) == ids

import pytest

from stories.marking import marked, resting_on
from stories.story_page import story_page
from tests import factories
from tests.stories.test_version_changes import document, event, section


@pytest.mark.django_db
def test_only_the_sentences_of_these_ids_are_marked():
    stored = factories.version(factories.live()).document
    page = story_page(stored)
    ids = [sentence["id"] for sentence in stored["sections"][0]["sentences"]]
    html = marked(page, {ids[1], "t1.1"}, "is-new").sections[0].html
    assert html.count("is-new") == 1
    assert f'<span class="sentence is-new" id="{ids[1]}">' in html
    assert 'class="sentence rests" id="t1.1"' in marked(page, {"t1.1"}, "rests").years[0].events[0].html
    assert marked(page, (), "is-new") is page


@pytest.mark.django_db
def test_what_is_marked_already_can_be_marked_once_more():
    page = story_page(factories.version(factories.live()).document)
    both = marked(marked(page, {"s1.1"}, "is-new"), {"s1.1"}, "rests")
    assert '<span class="sentence is-new rests" id="s1.1">' in both.sections[0].html


def test_what_rests_on_a_source_is_counted_and_named_by_its_first_words():
    told = resting_on(document(timeline=[event(), event("t2", "2026-04-01")]), [1])
    assert (told.sentences, told.events) == (1, 2)
    assert told.ids == {"s1.1", "t1.1", "t2.1"}
    assert told.places[0] == ("s1.1", "The line opened a berth.")
    assert told.more == 0
    assert resting_on(document(), [9]).ids == frozenset()


def test_of_many_places_the_first_are_named():
    sentences = [(f"s1.{count}", f"Sentence {count} [1].", [1]) for count in range(1, 13)]
    told = resting_on(document(sections=[section(sentences=sentences)], timeline=[]), {1})
    assert (len(told.places), told.more) == (8, 4)

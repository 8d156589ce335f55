"""What rests on a report, in drafts and Versions, and on it alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.impact import AT_ONCE, impact_of
from stories.models import Article, GalleryItem, Image
from tests.factories import NOON, draft, live, version

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BODY = "<p>A berth opened [1]. Freight moved [1, 2]. A pilot left [2]. The tide turned.</p>"
SECTIONS = [{"id": "s1", "heading": "At the quay", "body": BODY}]


def article_of(story, number=1):
    return story.sources.get(number=number).article


def change(story, **fields):
    story.refresh_from_db()
    return write_draft(story, read_draft(story).model_copy(update=fields))


def rewritten(story, body):
    [section] = read_draft(story).sections
    return change(story, sections=[section.model_copy(update={"body": body, "sentences": []})])


def told(impact):
    """Of each story: the id of each passage, whether it rests on the report alone, in the draft, in which Versions."""
    return [
        [(r.passage.id, r.alone, r.in_draft, [mark.number for mark in r.versions]) for r in one.passages]
        for one in impact.stories
    ]


def test_every_passage_is_listed_where_it_stands_and_marked_where_it_rests_on_the_report_alone():
    story = live(sections=SECTIONS)
    impact = impact_of(article_of(story))
    assert told(impact) == [[("s1.1", True, True, [1]), ("t1.1", True, True, [1]), ("s1.2", False, True, [1])]]
    first, event, _ = impact.stories[0].passages
    assert (first.passage.place, first.passage.text) == ("Section “At the quay”", "A berth opened [1].")
    assert (event.passage.place, event.passage.anchor) == ("Event of Mar 1 2026", "t1")
    assert impact.sentence() == "3 passages in 1 story rest on it, 2 of them on it alone."


def test_two_numbers_of_one_report_are_one_report():
    shared = {"url": "https://wire.example/1", "title": "One"}
    body = [{"id": "s1", "body": "<p>It opened [1, 2].</p>"}]
    story = draft(sections=body, timeline=[], sources=[{"number": 1, **shared}, {"number": 2, **shared}])
    impact = impact_of(Article.objects.get())
    assert told(impact) == [[("s1.1", True, True, [])]]
    assert impact.stories[0].numbers == [1, 2]
    assert impact.sentence() == "1 passage in 1 story rests on it alone."
    assert story == impact.stories[0].story


def test_a_passage_whose_other_sources_are_all_retracted_rests_on_it_alone():
    story = live(sections=SECTIONS)
    Article.objects.filter(pk=article_of(story, 2).pk).update(status="corrected")
    assert told(impact_of(article_of(story)))[0][-1] == ("s1.2", False, True, [1])
    Article.objects.filter(pk=article_of(story, 2).pk).update(status="retracted")
    impact = impact_of(article_of(story))
    resting = next(one for one in impact.stories[0].passages if one.passage.id == "s1.2")
    assert (resting.alone, resting.fallen) == (True, (2,))


def test_a_source_without_details_is_another_source_and_a_number_without_source_is_none():
    body = [{"id": "s1", "body": "<p>It opened [1, 3]. It closed [1, 77].</p>"}]
    sources = [{"number": 1, "url": "https://wire.example/1"}, {"number": 3}]
    draft(sections=body, timeline=[], sources=sources)
    assert told(impact_of(Article.objects.get())) == [[("s1.2", True, True, []), ("s1.1", False, True, [])]]


def test_a_sentence_that_changed_is_listed_as_each_version_said_it():
    story = live(sections=SECTIONS, timeline=[])
    rewritten(story, BODY.replace("A berth opened", "A second berth opened"))
    publishing.publish(story, by=None, at=NOON + HOUR)
    change(story, headline="Another")
    publishing.publish(story, by=None, at=NOON + 2 * HOUR)
    [one] = impact_of(article_of(story)).stories
    said = [(r.passage.text, [(m.number, m.state) for m in r.versions]) for r in one.passages if r.alone]
    assert said == [
        ("A second berth opened [1].", [(3, "live"), (2, "past")]),
        ("A berth opened [1].", [(1, "past")]),
    ]
    assert [r.passage.text for r in one.past] == ["A berth opened [1]."]


def test_captions_and_the_standfirst_rest_on_a_report_too():
    picture = {"file": "pictures/q.jpg", "sha256": "a" * 64, "width": 8, "height": 6, "alt_text": "A quay"}
    picture.update(credit_line="Courier", caption="The quay [1]")
    story = live(gallery=[picture], standfirst="Winter [1].", sections=[], timeline=[])
    assert told(impact_of(article_of(story))) == [
        [("standfirst", True, True, [1]), ("picture-1", True, True, [1])],
    ]
    GalleryItem.objects.update(caption="No number")
    Image.objects.update(caption="The quay [1], elsewhere")
    assert told(impact_of(article_of(story)))[0][1] == ("picture-1", True, False, [1])


def test_a_scheduled_version_counts_as_what_readers_are_to_have():
    story = draft(sections=SECTIONS, timeline=[])
    publishing.schedule(story, by=None, live_from=timezone.now() + HOUR)
    article = article_of(story)
    change(story, sections=[], sources=[])
    [one] = impact_of(article).stories
    assert [(r.passage.id, r.is_current, r.versions[0].state) for r in one.passages] == [
        ("s1.1", True, "scheduled"),
        ("s1.2", True, "scheduled"),
    ]


def test_what_only_past_versions_say_is_not_counted():
    story = live(sections=SECTIONS, timeline=[])
    article = article_of(story)
    change(story, sections=[], sources=[])
    publishing.publish(story, by=None, at=NOON + HOUR)
    impact = impact_of(article)
    assert (impact.passages, impact.current, len(impact.past)) == (0, [], 1)
    assert impact.sentence() == "Nothing that readers have, and nothing in a draft, rests on it."


def test_a_version_whose_words_were_removed_is_not_listed():
    story = live(sections=SECTIONS, timeline=[])
    article = article_of(story)
    change(story, sections=[], sources=[])
    publishing.publish(story, by=None, at=NOON + HOUR)
    publishing.redact(version(story), by=None, reason="Asked for")
    assert impact_of(article).stories == []


def test_a_taken_back_version_is_named_without_its_words():
    story = live(sections=SECTIONS, timeline=[])
    article = article_of(story)
    publishing.take_back(story, by=None, reason="A slip", at=NOON + HOUR)
    change(story, sections=[], sources=[])
    [one] = impact_of(article).stories
    assert one.passages == []
    assert [(mark.number, mark.is_hidden) for mark in one.hidden] == [(1, True)]


def test_stories_that_rest_on_it_alone_stand_first():
    shared = [{"number": 1, "url": "https://wire.example/1"}, {"number": 2, "url": "https://wire.example/2"}]
    both, alone = ([{"id": "s1", "body": f"<p>It opened {marker}.</p>"}] for marker in ("[1, 2]", "[1]"))
    draft(headline="A", sections=both, sources=shared, timeline=[])
    draft(headline="B", sections=alone, sources=shared, timeline=[])
    draft(headline="0", sections=[], sources=shared, timeline=[])
    impact = impact_of(Article.objects.get(url="https://wire.example/1"))
    assert [one.story.headline for one in impact.stories] == ["B", "A", "0"]
    assert impact.sentence() == "2 passages in 2 stories rest on it, 1 of them on it alone."


def test_it_can_be_asked_of_one_story():
    shared = [{"number": 1, "url": "https://wire.example/1"}]
    event = [{"id": "t1", "date": "2026-03-01", "text": "It opens [1]."}]
    story = live(sections=[], sources=shared, timeline=event)
    live(sections=[], sources=shared, timeline=event)
    assert [one.story for one in impact_of(Article.objects.get(), story=story).stories] == [story]


def test_documents_are_read_in_chunks_and_the_rest_at_once():
    shared = [{"number": 1, "url": "https://wire.example/1"}]
    event = [{"id": "t1", "date": "2026-03-01", "text": "It opens [1]."}]
    article = article_of(live(sections=[], sources=shared, timeline=event))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            impact_of(article)
        return len(captured)

    before = cost()
    for _ in range(AT_ONCE):
        live(sections=[], sources=shared, timeline=event)
    assert cost() == before + 1

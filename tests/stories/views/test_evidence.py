"""What a story's page shows of the reports that it rests on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stories import publishing
from stories.document import SectionEntry
from stories.draft import read_draft, write_draft
from tests import factories
from tests.stories.views.reading import by_class, page, part, words

pytestmark = pytest.mark.django_db
QUOTE = {"passage": "s1.1", "number": 1, "quote": "A <second> berth", "locator": "paragraph 3"}


def shown(client, address="/stories/ferry/", **fields):
    factories.live(timezone.now() - timedelta(hours=1), slug="ferry", **fields)
    return page(client, address)


def test_a_source_tells_how_often_it_is_cited_and_leads_to_each_place(client):
    tree = shown(client)
    first, second = (part(tree, f"source-{number}") for number in (1, 2))
    assert "Cited 2 times at 1 2" in words(first)
    assert "Cited once at 1" in words(second)
    places = first.find_class("places")[0]
    assert [link.get("href") for link in places.iter("a")] == ["?source=1", "#cite-s1.1-1", "#cite-t1.1-1"]


@pytest.mark.parametrize("address", ["/stories/ferry/", "/stories/ferry/versions/1/"])
def test_a_source_shows_the_words_that_carry_a_citation_and_where(client, address):
    tree = shown(client, address, evidence=[QUOTE])
    (quote,) = part(tree, "source-1").find_class("quotes")
    assert words(quote) == "A <second> berth paragraph 3 1"
    assert [link.get("href") for link in quote.iter("a")] == ["#cite-s1.1-1"]
    assert not part(tree, "source-2").find_class("quotes")


@pytest.mark.parametrize("address", ["/stories/ferry/", "/stories/ferry/versions/1/"])
def test_what_rests_on_a_source_is_marked_by_address(client, address):
    tree = shown(client, f"{address}?source=1")
    assert [one.get("id") for one in by_class(tree, "rests")] == ["s1.1", "t1.1"]
    (told,) = by_class(tree, "resting-on")
    assert "Marked: 1 sentence and 1 event resting on [1] A second berth opens, Harbour Courier." in words(told)
    assert [link.get("href") for link in told.iter("a")] == [address, "#s1.1", "#t1.1"]


def test_what_rests_on_an_outlet_is_marked_by_address(client):
    tree = shown(client, "/stories/ferry/?outlet=Strait%20Wire")
    assert [one.get("id") for one in by_class(tree, "rests")] == ["s1.2"]
    (told,) = by_class(tree, "resting-on")
    assert "Marked: 1 sentence resting on reports of Strait Wire." in words(told)
    assert client.get("/outlets/?name=Strait%20Wire").headers["Location"] == "/outlets/strait-wire/"
    assert client.get("/outlets/?name=Unknown").status_code == 404
    assert client.get("/outlets/?name=a%00").status_code == 404


@pytest.mark.parametrize("asked", ["source=99", "source=x", "source=", "outlet=", "outlet=Nobody", "source=1%00"])
def test_a_source_that_the_story_does_not_have_marks_nothing(client, asked):
    tree = shown(client, f"/stories/ferry/?{asked}")
    assert not by_class(tree, "rests")
    assert not by_class(tree, "resting-on")


def test_what_is_new_and_what_rests_on_a_source_can_be_marked_together(client):
    story = factories.live(timezone.now() - timedelta(hours=2), slug="ferry")
    section = {"id": "s1", "heading": "A crossing", "body": "<p>A third berth [1]. Freight moved first [2].</p>"}
    write_draft(story, read_draft(story).model_copy(update={"sections": [SectionEntry.model_validate(section)]}))
    publishing.publish(story, by=None, at=timezone.now() - timedelta(hours=1))
    tree = page(client, "/stories/ferry/?since=1&source=1")
    both = [one.get("id") for one in by_class(tree, "rests") if "is-new" in one.classes]
    assert len(both) == 1


def test_the_evidence_of_a_story_is_counted_without_a_judgement(client):
    tree = shown(client)
    said = words(part(tree, "evidence"))
    assert "Sentences 2 of 2 cite a report (100 %)" in said
    assert "Events 1 of 1 cite a report (100 %)" in said
    assert "Reports 2 of 2 are cited" in said
    assert "Kinds 1 news, 1 wire agency" in said
    assert "Newest report Mar 1 2026" in said
    rows = [" ".join(words(cell) for cell in row) for row in part(tree, "evidence").xpath(".//tbody/tr")]
    assert rows == ["Harbour Courier news 1 2", "Strait Wire wire agency 1 1"]
    links = [link.get("href") for link in part(tree, "evidence").xpath(".//tbody//a")]
    assert links == ["?outlet=Harbour%20Courier", "?outlet=Strait%20Wire"]


def test_an_outlet_with_a_hostile_name_stays_text(client):
    name = "\"><script>alert(1)</script>&'"
    source = {"number": 1, "title": "A", "url": "https://a.example/", "outlet": name}
    tree = shown(client, sources=[source], sections=[{"id": "s1", "body": "<p>One [1].</p>"}])
    (link,) = part(tree, "evidence").xpath(".//tbody//a")
    assert words(link) == name
    marked = page(client, f"/stories/ferry/{link.get('href')}")
    assert name in words(by_class(marked, "resting-on")[0])
    assert [one.get("id") for one in by_class(marked, "rests")] == ["s1.1", "t1.1"]


def test_a_story_without_sources_has_no_summary(client):
    tree = shown(client, sources=[], sections=[], timeline=[])
    assert not tree.xpath("//*[@id='evidence']")


def test_marks_cost_no_query(client, django_assert_num_queries):
    shown(client)
    with CaptureQueriesContext(connection) as plain:
        client.get("/stories/ferry/")
    with django_assert_num_queries(len(plain)):
        client.get("/stories/ferry/?source=1")

from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import Outlet
from tests import factories
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db


def live(**fields):
    return factories.live(timezone.now() - timedelta(hours=1), **fields)


def outlet(client, number=""):
    return page(client, f"/outlets/harbour-courier/{number}")


def test_the_outlets_of_live_stories_are_listed_with_what_rests_on_them(client):
    live()
    live()
    factories.draft()
    rows = [words(row) for row in page(client, "/outlets/").xpath("//main//li")]
    assert rows == ["Harbour Courier news 2 stories 4 citations", "Strait Wire wire agency 2 stories 2 citations"]
    assert "/outlets/" in page(client, "/").xpath("//footer//a/@href")


def test_an_outlet_lists_the_sentences_that_rest_on_it(client):
    story = live(slug="ferry", headline="Ferries sail")
    tree = outlet(client)
    assert words(tree.xpath("//h2")[0]) == "Ferries sail"
    rows = tree.xpath("//ul[@class='resting']/li")
    assert [words(row) for row in rows] == ["The line opened a second berth [1].", "The second berth opens [1]."]
    sentence = factories.version(story).document["sections"][0]["sentences"][0]["id"]
    assert rows[0].xpath(".//a/@href") == [f"/stories/ferry/#{sentence}"]


def test_an_outlet_that_no_live_story_rests_on_has_no_page(client):
    story = live()
    publishing.withdraw(story, by=None, reason="Untrue.")
    Outlet.objects.create(name="Another", slug="another")
    for slug in ("harbour-courier", "another", "unknown"):
        page(client, f"/outlets/{slug}/", status=404)
    assert "No story rests on any yet." in words(page(client, "/outlets/"))


def test_many_stories_come_in_pages(client, monkeypatch):
    monkeypatch.setattr("stories.views.outlets.PAGE_LENGTH", 2)
    for number in range(3):
        live(headline=f"Story {number}")
    assert len(outlet(client).xpath("//h2")) == 2
    assert words(outlet(client, "?page=2").xpath("//h2")[0]) == "Story 0"
    page(client, "/outlets/harbour-courier/?page=9", status=404)


@pytest.mark.parametrize("address", ["/outlets/", "/outlets/harbour-courier/"])
def test_the_cost_does_not_grow(client, queries_do_not_grow, address):
    queries_do_not_grow(lambda: client.get(address), grow=live)

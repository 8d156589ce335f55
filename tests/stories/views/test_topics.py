from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import Topic
from stories.views.front_page import TOPIC_PAGE_LENGTH
from tests import factories
from tests.stories.views.reading import headlines, page, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ago(hours: float):
    return timezone.now() - HOUR * hours


def test_topic_page_lists_its_stories_by_recency(client):
    factories.live(ago(2), headline="Older")
    factories.live(ago(1), headline="Newer")
    factories.live(ago(1), headline="Elsewhere", topic={"slug": "sport", "name": "Sport"})
    assert headlines(page(client, "/topics/world/")) == ["Newer", "Older"]


def test_long_topic_has_pages(client):
    for hours in range(1, TOPIC_PAGE_LENGTH + 3):
        factories.live(ago(hours), headline=f"Story {hours}")
    first, second = page(client, "/topics/world/"), page(client, "/topics/world/?page=2")
    assert len(headlines(first)) == TOPIC_PAGE_LENGTH
    assert headlines(second) == ["Story 31", "Story 32"]
    assert "Page 2 of 2" in words(second)
    assert second.xpath("//link[@rel='prev']/@href") == ["?page=1"]


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "", "9" * 40])
def test_page_that_is_not_there_is_not_found(client, number):
    factories.live(ago(1))
    page(client, f"/topics/world/?page={number}", status=404)


def test_topic_that_no_reader_has_seen_is_not_found(client):
    publishing.schedule(factories.draft(), by=None, live_from=timezone.now() + HOUR)
    assert Topic.objects.filter(slug="world").exists()
    page(client, "/topics/world/", status=404)
    page(client, "/topics/nowhere/", status=404)


def test_topic_whose_stories_are_gone_says_so(client):
    publishing.withdraw(factories.live(ago(1), headline="Gone"), by=None, reason="It was wrong.")
    tree = page(client, "/topics/world/")
    assert "No story of this topic is on the site at the moment." in words(tree)
    assert "Gone" not in words(tree)


def test_only_topics_with_live_stories_are_offered(client):
    factories.live(ago(1))
    publishing.schedule(
        factories.draft(topic={"slug": "secret", "name": "Secret"}), by=None, live_from=timezone.now() + HOUR
    )
    assert page(client, "/").xpath("//nav[@aria-label='Topics']//a/text()") == ["World"]


def test_topic_page_marks_its_topic_in_the_navigation(client):
    factories.live(ago(1))
    assert page(client, "/topics/world/").xpath("//a[@aria-current='page']/text()") == ["World"]


def test_queries_of_a_topic_page_do_not_grow(client, queries_do_not_grow):
    queries_do_not_grow(lambda: client.get("/topics/world/"), grow=lambda: factories.live(ago(1)))


def test_what_is_placed_on_the_front_page_leads_its_topic(client):
    placed = factories.live(ago(9), headline="Placed")
    factories.live(ago(2), headline="Older")
    factories.live(ago(1), headline="Newer")
    other = factories.live(ago(1), headline="Elsewhere", topic={"slug": "sport", "name": "Sport"})
    for rank, story in enumerate((other, placed), 1):
        publishing.place(story, by=None, rank=rank, at=ago(1))
    first = page(client, "/topics/world/")
    assert headlines(first) == ["Placed", "Newer", "Older"]
    assert first.xpath("//article[contains(@class, 'lead')]//h2//text()") == ["Placed"]


def test_a_further_page_has_neither_lead_nor_seconds(client):
    for hours in range(1, TOPIC_PAGE_LENGTH + 2):
        factories.live(ago(hours))
    assert page(client, "/topics/world/?page=2").xpath("//article") == []


def test_a_placed_story_stands_on_no_further_page(client):
    old = factories.live(ago(TOPIC_PAGE_LENGTH + 9), headline="Old and placed")
    for hours in range(1, TOPIC_PAGE_LENGTH + 3):
        factories.live(ago(hours), headline=f"Story {hours}")
    publishing.place(old, by=None, rank=1, at=ago(0))
    first, second = page(client, "/topics/world/"), page(client, "/topics/world/?page=2")
    assert headlines(first)[0] == "Old and placed"
    assert headlines(second) == ["Story 31", "Story 32"]

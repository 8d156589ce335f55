from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import Topic
from stories.reading import headlines as headlines_at
from tests import factories
from tests.stories.views.reading import by_class, headlines, page, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PICTURE = {
    "file": f"pictures/{'a' * 64}.jpg",
    "sha256": "a" * 64,
    "width": 1600,
    "height": 1000,
    "alt_text": "A ferry at a quay",
    "credit_line": "Harbour Courier",
}


def ago(hours: float):
    return timezone.now() - HOUR * hours


def entry_of(story):
    return {"uid": story.uid, "slug": story.slug, "headline": story.headline}


def names(at):
    return [card.headline for card in headlines_at(at)]


def test_empty_front_page_says_that_nothing_has_been_published(client):
    assert "Nothing has been published yet." in words(page(client, "/"))


def test_stories_stand_by_placement_then_by_recency(client):
    factories.live(ago(3), headline="Oldest")
    second = factories.live(ago(2), headline="Second")
    factories.live(ago(1), headline="Newest")
    publishing.place(second, by=None, rank=1)
    assert headlines(page(client, "/")) == ["Second", "Newest", "Oldest"]


def test_of_two_stories_on_one_rank_the_one_placed_later_stands_first():
    first, second = factories.live(ago(4), headline="First"), factories.live(ago(3), headline="Second")
    publishing.place(first, by=None, rank=1, at=ago(2))
    publishing.place(second, by=None, rank=1, at=ago(1))
    assert names(timezone.now()) == ["Second", "First"]
    assert names(ago(1) - HOUR / 60) == ["First", "Second"]


def test_a_story_stands_at_the_top_while_readers_do_not_see_its_parent():
    parent = factories.live(ago(5), headline="Parent")
    factories.live(ago(4), headline="Below", parent=entry_of(parent))
    assert names(ago(3)) == ["Parent"]
    publishing.withdraw(parent, by=None, reason="It was wrong.", at=ago(2))
    assert names(ago(1)) == ["Below"]
    assert names(ago(2) - HOUR / 60) == ["Parent"]


def test_headlines_say_their_language(client):
    parent = factories.live(ago(5), headline="Parent")
    for number in range(6):
        factories.live(ago(4), headline=f"El faro {number}", standfirst="Alumbra.", language="es")
    factories.live(ago(3), headline="La isla", language="es", parent=entry_of(parent))
    for address in ("/", "/topics/world/", f"/stories/{parent.slug}/"):
        found = page(client, address).xpath("//a[starts-with(text(), 'El faro') or text()='La isla']/..")
        assert found
        assert {element.get("lang") for element in found} == {"es"}


def test_a_busy_topic_leads_on_to_its_page_and_leaves_room_for_others(client):
    for number in range(20):
        factories.live(ago(4), headline=f"Freight {number}", topic={"slug": "economy", "name": "Economy"})
    factories.live(ago(30), headline="Chess")
    tree = page(client, "/")
    columns = tree.xpath("//*[@class='topic-column']")
    assert sorted(len(column.xpath(".//*[@class='brief']")) for column in columns) == [1, 8]
    assert tree.xpath("//a[@href='/topics/economy/' and text()='More in Economy']")
    assert not tree.xpath("//a[text()='More in World']")


def test_placement_ends_at_its_minute():
    old, end = factories.live(ago(5), headline="Old"), ago(1)
    factories.live(ago(4), headline="New")
    publishing.place(old, by=None, rank=1, at=ago(3), live_until=end)
    assert names(end - HOUR / 60) == ["Old", "New"]
    assert names(end) == ["New", "Old"]


def test_sub_stories_stand_on_the_front_page_only_when_placed():
    parent = factories.live(ago(3), headline="Parent")
    child = factories.live(ago(2), headline="Child", parent=entry_of(parent))
    assert names(timezone.now()) == ["Parent"]
    publishing.place(child, by=None, rank=1)
    assert names(timezone.now()) == ["Child", "Parent"]


def test_drafts_scheduled_and_withdrawn_stories_are_not_on_the_front_page(client):
    factories.draft(headline="A draft")
    publishing.schedule(factories.draft(headline="Scheduled"), by=None, live_from=timezone.now() + HOUR)
    publishing.withdraw(factories.live(ago(2), headline="Withdrawn"), by=None, reason="It was wrong.")
    placed = factories.draft(headline="Placed too early")
    publishing.place(placed, by=None, rank=1)
    assert headlines(page(client, "/")) == []


def test_lead_shows_its_picture_and_stands_without_one(client):
    factories.live(ago(2), headline="Without")
    assert not page(client, "/").xpath("//img")
    factories.live(ago(1), headline="With", gallery=[PICTURE])
    (image,) = page(client, "/").xpath("//img")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("A ferry at a quay", "1600", "1000")


def test_lead_and_seconds_come_first_and_the_rest_by_topic_in_the_topics_order(client):
    for hours, topic in enumerate(["World", "World", "World", "World", "Sport", "World", "Sport"], 1):
        factories.live(ago(hours), headline=f"{topic} {hours}", topic={"slug": topic.lower(), "name": topic})
    Topic.objects.filter(slug="world").update(position=2)
    tree = page(client, "/")
    assert [words(h) for h in tree.xpath("//h2[not(@id)]")] == ["World 1", "World 2", "World 3", "World 4"]
    assert [words(h) for h in by_class(tree, "topic-column")[0].xpath(".//h2 | .//h3")] == [
        "Sport",
        "Sport 5",
        "Sport 7",
    ]
    assert [words(h) for h in by_class(tree, "topic-column")[1].xpath(".//h2 | .//h3")] == ["World", "World 6"]


def test_stories_without_topic_stand_last(client):
    for hours in range(1, 6):
        factories.live(ago(hours), headline=f"Nowhere {hours}", topic=None)
    assert [words(h) for h in by_class(page(client, "/"), "topic-column")[0].xpath(".//h2")] == ["More stories"]


def test_card_tells_topic_time_with_zone_and_number_of_articles(client):
    factories.live(ago(1))
    said = words(by_class(page(client, "/"), "lead")[0])
    assert "World" in said
    assert "UTC" in said
    assert "2 articles" in said


def test_front_page_takes_three_queries_and_no_more_as_stories_grow(
    client, queries_do_not_grow, django_assert_max_num_queries
):
    queries_do_not_grow(lambda: client.get("/"), grow=lambda: publishing.place(factories.live(ago(1)), by=None, rank=1))
    with django_assert_max_num_queries(3):
        client.get("/")


def test_seconds_show_their_pictures_where_they_have_one(client):
    other = {**PICTURE, "file": f"pictures/{'d' * 64}.jpg", "sha256": "d" * 64}
    for hours, gallery in ((1, []), (2, [PICTURE]), (3, []), (4, [other])):
        factories.live(ago(hours), headline=f"Story {hours}", gallery=gallery)
    seconds = page(client, "/").xpath("//article[@class='second']")
    assert [len(second.xpath(".//img")) for second in seconds] == [1, 0, 1]
    assert [second.xpath("string(.//h2)").strip() for second in seconds] == ["Story 2", "Story 3", "Story 4"]


def test_one_picture_of_two_stories_has_the_words_of_each(client):
    for hours, alt in ((1, "Of the lead"), (2, "Of the second")):
        factories.live(ago(hours), gallery=[{**PICTURE, "alt_text": alt}])
    assert page(client, "/").xpath("//img/@alt") == ["Of the lead", "Of the second"]

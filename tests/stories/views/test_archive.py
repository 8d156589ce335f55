"""The archive by date: days end in the site's time zone, and tell nothing that readers may not have."""

from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from django.utils import timezone

from stories import publishing
from tests import factories

pytestmark = pytest.mark.django_db
FEBRUARY_18 = datetime(2026, 2, 18, 12, tzinfo=UTC)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content)


def texts(tree, xpath):
    return [" ".join(one.text_content().split()) for one in tree.xpath(xpath)]


def test_a_day_shows_the_front_page_as_it_stood_when_it_ended(client):
    story = factories.live(FEBRUARY_18, headline="First words", slug="ferry")
    publishing.publish(factories.edit(story, headline="Later words"), by=None, at=FEBRUARY_18 + timedelta(hours=12))
    tree = page(client, "/archive/2026/02/18/")
    assert texts(tree, "//h1") == ["Front page of 18 February 2026"]
    assert texts(tree, "//h2[contains(@class, 'lead-headline')]") == ["First words"]
    assert tree.xpath("//h2[contains(@class, 'lead-headline')]/a/@href") == ["/stories/ferry/at/2026-02-18T23:59:59Z/"]
    assert texts(page(client, "/archive/2026/02/19/"), "//h2[contains(@class, 'lead-headline')]") == ["Later words"]


def test_days_end_in_the_time_zone_of_the_site(client, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    factories.live(FEBRUARY_18 + timedelta(hours=4), headline="One in the morning in Tokyo")
    assert client.get("/archive/2026/02/18/").status_code == 404
    assert "One in the morning" in client.get("/archive/2026/02/19/").content.decode()


def test_days_lead_to_their_neighbours_and_their_month(client):
    factories.live(FEBRUARY_18)
    links = page(client, "/archive/2026/02/19/").xpath("//*[@class='edition-links']/a/@href")
    assert links == ["/archive/2026/02/", "/", "/archive/2026/02/18/", "/archive/2026/02/20/"]
    assert "/archive/2026/02/17/" not in client.get("/archive/2026/02/18/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["2026/02/17", "2026/02/30", "2026/13", "2026/01", "2026/2", "2026/00/00", "9999/12", "9999/12/31", "1000/01/01"],
)
def test_there_is_no_page_before_the_first_day_after_today_or_for_no_day(client, address):
    factories.live(FEBRUARY_18)
    assert client.get(f"/archive/{address}/").status_code == 404


def test_today_is_the_front_page_as_it_stands(client):
    factories.live(timezone.now() - timedelta(minutes=1))
    assert client.get(f"/archive/{timezone.localdate():%Y/%m/%d}/").headers["Location"] == "/"


def test_before_anything_was_published_the_archive_is_empty(client):
    assert "Nothing has been published yet." in client.get("/archive/").content.decode()
    assert client.get(f"/archive/{timezone.localdate():%Y/%m/%d}/").status_code == 404


def test_years_and_months_begin_with_the_first_publication_and_come_newest_first(client):
    factories.live(datetime(2025, 11, 30, 12, tzinfo=UTC))
    links = page(client, "/archive/").xpath("//*[@class='months-of-year']//a/@href")
    assert links[-2:] == ["/archive/2025/12/", "/archive/2025/11/"]
    assert links[0] == f"/archive/{timezone.localdate():%Y/%m}/"
    assert texts(page(client, "/es/archive/"), "//*[@class='months-of-year']//a")[-1] == "noviembre"


def test_a_month_names_what_was_new_on_each_of_its_days(client):
    story = factories.live(FEBRUARY_18, headline="First words", slug="ferry")
    publishing.publish(factories.edit(story, headline="Later words"), by=None, at=FEBRUARY_18 + timedelta(hours=1))
    factories.live(FEBRUARY_18 - timedelta(days=1), headline="The day before")
    factories.live(FEBRUARY_18 + timedelta(days=20), headline="In March")
    for number in range(6):
        factories.live(FEBRUARY_18 + timedelta(days=2), headline=f"One of six {number}")
    tree = page(client, "/archive/2026/02/")
    assert texts(tree, "//h1") == ["February 2026"]
    assert texts(tree, "//h2") == ["Feb 20 2026", "Feb 18 2026", "Feb 17 2026"]
    assert texts(tree, "//li[@lang='en']")[-2:] == ["First words", "The day before"]
    assert len(texts(tree, "//li[contains(., 'One of six')]")) == 5
    assert tree.xpath("//a[text()='First words']/@href") == ["/stories/ferry/versions/1/"]
    assert tree.xpath("//nav[@class='paging']/a/@href") == ["/archive/2026/03/"]


def test_words_that_were_taken_from_readers_are_not_in_the_archive(client):
    story = factories.live(FEBRUARY_18, headline="Quagga", slug="ferry")
    publishing.publish(factories.edit(story, headline="Zebra"), by=None, at=FEBRUARY_18 + timedelta(hours=30))
    publishing.redact(story.versions.get(number=1), by=None, reason="A court.")
    for address in ("/archive/2026/02/", "/archive/2026/02/18/"):
        assert "Quagga" not in client.get(address).content.decode()


def test_a_withdrawn_story_is_named_by_no_month(client):
    story = factories.live(FEBRUARY_18, headline="Quagga")
    publishing.withdraw(story, by=None, reason="Wrong.")
    assert "Quagga" not in client.get("/archive/2026/02/").content.decode()


def test_a_story_is_new_on_the_day_of_the_first_words_that_can_be_read(client):
    story = factories.live(FEBRUARY_18, headline="Quagga", slug="ferry")
    publishing.publish(factories.edit(story, headline="Zebra"), by=None, at=FEBRUARY_18 + timedelta(hours=30))
    publishing.redact(story.versions.get(number=1), by=None, reason="A court.")
    assert texts(page(client, "/archive/2026/02/"), "//h2") == ["Feb 19 2026"]


def test_a_day_ends_with_its_last_second_where_an_hour_comes_twice(client, settings):
    settings.TIME_ZONE = "Africa/Cairo"  # on 30 October 2025 the hour before midnight came twice
    factories.live(datetime(2025, 10, 30, 21, 30, tzinfo=UTC), headline="In the second one")
    factories.live(datetime(2026, 2, 18, 21, 59, 59, 500_000, tzinfo=UTC), headline="In the last second")
    assert "In the second one" in client.get("/archive/2025/10/30/").content.decode()
    assert "In the last second" in client.get("/archive/2026/02/18/").content.decode()


def test_a_month_costs_the_same_with_more_stories(client, queries_do_not_grow):
    queries_do_not_grow(lambda: client.get("/archive/2026/03/"), grow=factories.live)
    queries_do_not_grow(lambda: client.get("/archive/2026/03/02/"), grow=factories.live)

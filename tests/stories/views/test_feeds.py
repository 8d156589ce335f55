import pytest

from tests import factories
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db
FEEDS = {"/feeds/headlines.rss": "application/rss+xml", "/feeds/headlines.atom": "application/atom+xml"}


def test_page_lists_both_feeds_with_their_whole_addresses(client):
    tree = page(client, "/feeds/")
    listed = {link.get("href"): link.get("type") for link in tree.xpath("//main//a")}
    assert listed == FEEDS
    assert tree.xpath("//main//code[contains(., '/feeds/')]/text()") == [f"http://testserver{feed}" for feed in FEEDS]
    assert words(tree.xpath("//h1")[0]) == "Feeds"


@pytest.mark.parametrize(
    "address", ["/", "/feeds/", "/stories/ferries/", "/stories/ferries/versions/", "/topics/world/"]
)
def test_every_page_announces_the_feeds_and_leads_to_their_page(client, address):
    factories.live(slug="ferries", headline="Ferries")
    tree = page(client, address)
    announced = {link.get("href"): link.get("type") for link in tree.xpath("//head/link[@rel='alternate'][@type]")}
    assert announced == FEEDS
    assert tree.xpath("//footer//a[@href='/feeds/']")


def test_pages_that_are_not_there_announce_the_feeds_too(client):
    assert len(page(client, "/nothing/", status=404).xpath("//head/link[@rel='alternate']")) == 2


def test_feeds_page_cost_does_not_grow(client, queries_do_not_grow):
    queries_do_not_grow(lambda: client.get("/feeds/"), grow=factories.live)

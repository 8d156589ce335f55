"""What a story's page shows of the reports that it rests on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.stories.views.reading import page, part, words

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
    assert [link.get("href") for link in places.iter("a")] == ["#cite-s1.1-1", "#cite-t1.1-1"]


@pytest.mark.parametrize("address", ["/stories/ferry/", "/stories/ferry/versions/1/"])
def test_a_source_shows_the_words_that_carry_a_citation_and_where(client, address):
    tree = shown(client, address, evidence=[QUOTE])
    (quote,) = part(tree, "source-1").find_class("quotes")
    assert words(quote) == "A <second> berth paragraph 3 1"
    assert [link.get("href") for link in quote.iter("a")] == ["#cite-s1.1-1"]
    assert not part(tree, "source-2").find_class("quotes")

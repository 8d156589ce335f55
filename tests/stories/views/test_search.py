from datetime import timedelta

import lxml.html
import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
CHOSEN = "//*[@class='choices']//*[@aria-current]"


def page(client, **given):
    response = client.get("/search/", given)
    assert response.status_code == 200, given
    return lxml.html.fromstring(response.content)


def pick(tree, name, tag=None):
    """The elements of a class, or those of a tag that stand within them."""
    found = tree.find_class(name)
    return [inner for one in found for inner in one.iter(tag)] if tag else found


def texts(tree, name, tag=None):
    return [" ".join(one.text_content().split()) for one in pick(tree, name, tag)]


def field(tree, name):
    return tree.xpath(f"//main//input[@name='{name}']")[0]


@pytest.fixture
def stories():
    at = timezone.now() - timedelta(hours=1)
    factories.live(at, headline="Quagga seen again", slug="again")
    factories.live(at, headline="No quagga on the <b>plain</b>", slug="plain", topic=None)


def test_what_is_found_is_marked_and_leads_to_its_passage(client, stories):
    factories.live(
        timezone.now(), slug="text", sections=[{"id": "s1", "body": "<p>A zebra stood. The quaggas left [1].</p>"}]
    )
    tree = page(client, q="quaggas left")
    assert texts(tree, "found", "h2") == ["1 story"]
    assert texts(tree, "excerpt", "mark") == ["quaggas", "left"]
    assert pick(tree, "excerpt", "a")[0].get("href") == "/stories/text/#s1.2"


def test_a_headline_cannot_write_html(client, stories):
    tree = page(client, q="plain")
    assert texts(tree, "result", "h3") == ["No quagga on the <b>plain</b>"]
    assert [mark.text for mark in tree.iter("mark")] == ["plain"]
    assert page(client, q="<script>alert(1)</script>").xpath("//script[not(@src)]") == []


def test_filters_lead_to_their_hits_and_back(client, stories):
    tree = page(client, q="quagga")
    [world] = [a for a in pick(tree, "choices", "a") if "World" in a.text_content()]
    narrowed = page(client, q="quagga", topic="world")
    assert world.get("href") == "?q=quagga&topic=world"
    assert texts(narrowed, "result", "h3") == ["Quagga seen again"]
    [chosen] = narrowed.xpath(CHOSEN)
    assert chosen.get("href") == "?q=quagga"
    assert "leave this" in chosen.text_content()


def test_a_filter_without_any_hit_can_be_left(client, stories):
    tree = page(client, q="quagga", outlet="Nobody", topic="world")
    assert texts(tree, "found", "h2") == ["No story has all of that."]
    assert [a.get("href") for a in tree.xpath(CHOSEN)] == [
        "?q=quagga&outlet=Nobody",
        "?q=quagga&topic=world",
    ]


def test_nothing_found_offers_each_word_alone(client, stories):
    tree = page(client, q="quagga okapi")
    assert texts(tree, "ways-on") == ["quagga 2"]
    assert "Try fewer words" in tree.text_content()


def test_hits_have_pages(client):
    for number in range(21):
        factories.live(timezone.now() - timedelta(hours=number + 1), headline=f"Quagga {number}")
    first, second, third = (page(client, q="quagga", page=number) for number in (1, 2, 3))
    assert (len(pick(first, "result")), texts(second, "result", "h3")) == (20, ["Quagga 20"])
    assert first.xpath("//a[@rel='next']")[0].get("href") == "?q=quagga&page=2"
    assert "There are no more of them." in third.text_content()
    assert third.xpath("//a[@rel='prev']")[0].get("href") == "?q=quagga&page=2"


@pytest.mark.parametrize(
    "typed",
    [
        *('"', "'", '"""" "', "AND", "OR NOT", "NEAR(a b, 2)", "*", "-", "--", "a:*", "headline:quagga", "%"),
        *("\\", "^", "\0quagga", "q\0", "{a b}", "(((", "&|!<->", "quagga'; DROP TABLE stories_story; --"),
        *("🦓🦓", "\u202e", "؟", "ﷺ", "漢", "مكتبة", "กขค", "½ ﬁ ß İ", "１", "٣", "[6]", "_", "\n\t"),
        *("x" * 10_000, "a " * 5_000, "é" * 3_000, '"' + "b " * 3_000, "-a " * 3_000, "-quagga", "+quagga", "quagga~2"),
    ],
    ids=lambda typed: ascii(typed[:20]),
)
def test_every_query_answers(client, stories, typed):
    page(client, q=typed)
    assert client.get("/search/suggestions.json", {"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        *(
            {"age": "eon"},
            {"since": "tomorrow"},
            {"until": "2026-02-30"},
            {"since": "0001-01-01"},
            {"until": "9999-12-31"},
        ),
        *({"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "99999999"}, {"page": "²"}),
    ],
    ids=str,
)
def test_what_narrows_nothing_is_left_out_and_said(client, stories, given):
    tree = page(client, q="quagga", **given)
    assert "was left out" in tree.text_content()
    assert len(pick(tree, "result")) == 2 or "page" in given


def test_filters_may_hold_anything(client, stories):
    for name in ("topic", "outlet"):
        for value in ("\0", "'", "x" * 5000, "%s", "🦓"):
            page(client, q="quagga", **{name: value})


def test_days_narrow_with_both_ends_included(client, stories):
    today = timezone.localdate().isoformat()
    tree = page(client, q="quagga", since=today, until=today)
    assert len(pick(tree, "result")) in {0, 2}  # within an hour of midnight it was another day
    assert tree.xpath("//main//input[@name='since']/@value") == [today, today]  # in both forms


def test_without_a_query_the_page_offers_topics(client, stories):
    tree = page(client)
    assert texts(tree, "ways-on") == ["World"]
    assert field(tree, "q").get("autofocus") is not None


def test_more_words_than_are_searched_for_are_said(client, stories):
    assert "the first 16 words" in page(client, q=" ".join(f"w{n}" for n in range(20))).text_content()


def test_suggestions_are_headlines_with_their_addresses_in_the_language_of_the_page(client, stories):
    told = client.get("/es/search/suggestions.json", {"q": "quagga se"})
    assert told.json() == {
        "stories": [{"headline": "Quagga seen again", "address": "/es/stories/again/", "language": "en"}]
    }
    assert told["Cache-Control"] == "max-age=60"
    assert client.get("/search/suggestions.json").json() == {"stories": []}


def test_a_search_costs_the_same_with_more_stories(client, queries_do_not_grow):
    queries_do_not_grow(
        lambda: client.get("/search/", {"q": "ferry winter"}), grow=lambda: factories.live(timezone.now())
    )


def test_search_engines_are_kept_from_searches(client):
    assert page(client, q="x").xpath("//meta[@name='robots']/@content")[0] == "noindex"


def test_every_page_has_the_way_to_it(client, stories):
    [form] = pick(lxml.html.fromstring(client.get("/stories/again/").content), "site-search")
    assert (form.get("action"), list(form.fields)) == ("/search/", ["q"])

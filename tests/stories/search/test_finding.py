from datetime import timedelta

import pytest
from django.utils import timezone

from stories.models import Version
from stories.search.finding import Narrowing, Search, suggested
from stories.search.query import beginning, read_query
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
OF_ONE_OUTLET = {
    "sections": [{"id": "s1", "body": "<p>It rests on one [1].</p>"}],
    "sources": [{"number": 1, "title": "One", "outlet": "Lone Post"}],
}


def ago(**span):
    return NOW - timedelta(**span)


def search(typed, **narrowing):
    return Search(read_query(typed), Narrowing(**narrowing), NOW)


def headlines(keys):
    return [Version.objects.get(pk=key).headline for key in keys]


def found(typed, **narrowing):
    return headlines(hit.pk for hit in search(typed, **narrowing).hits())


def test_each_part_of_a_story_is_searched():
    factories.live(ago(hours=1), headline="One", standfirst="Under a gibbous moon.")
    typed = ("one", "gibbous", "winter", "berth", "operator", "Mar", "freight first", "courier")
    assert {word: found(word) for word in typed} == {word: ["One"] for word in typed if word != "Mar"} | {"Mar": []}


def test_a_headline_goes_before_a_text_and_news_before_what_is_old():
    body = [{"id": "s1", "body": "<p>The quagga was a plains animal [1].</p>"}]
    factories.live(ago(hours=3), headline="In the text", sections=body)
    factories.live(ago(days=300), headline="Quagga long ago")
    factories.live(ago(hours=2), headline="Quagga today")
    assert found("quagga")[0] == "Quagga today"
    assert set(found("quagga")) == {"Quagga today", "Quagga long ago", "In the text"}
    factories.live(ago(hours=3), headline="Quagga today too")
    assert found("quagga")[:2] == ["Quagga today", "Quagga today too"]


def test_words_are_found_by_their_stem_in_the_language_of_the_story():
    factories.live(ago(hours=1), headline="Negotiations resume")
    factories.live(ago(hours=1), headline="Las negociaciones siguen", language="es")
    factories.live(ago(hours=1), headline="東京都の知事選", language="ja")
    assert found("negotiation") == ["Negotiations resume"]
    assert found("NEGOCIACIÓN") == ["Las negociaciones siguen"]
    assert found("知事") == found("事") == ["東京都の知事選"]
    assert found("京知") == []


def test_a_phrase_stands_side_by_side_within_one_part():
    factories.live(ago(hours=1), headline="Night ferry to the north", standfirst="Crossing ends.")
    assert found('"night ferry"') == found('"ferries to the north"') == ["Night ferry to the north"]
    assert found('"ferry night"') == found('"north crossing"') == []
    assert found("night -ferry") == []
    assert found('night -"ferry night"') == ["Night ferry to the north"]


def test_hits_are_narrowed_and_counted():
    science = {"slug": "science", "name": "Science"}
    factories.live(ago(hours=2), headline="Quagga one")
    factories.live(ago(days=3), headline="Quagga two", topic=science)
    factories.live(ago(days=20), headline="Quagga three", topic=None, **OF_ONE_OUTLET)
    assert search("quagga").count() == 3
    assert [(one.value, one.hits) for one in search("quagga").topics()] == [("world", 1), ("science", 1)]
    assert [(one.value, one.hits) for one in search("quagga", topic="science").outlets()] == [
        ("Harbour Courier", 1),
        ("Strait Wire", 1),
    ]
    assert search("quagga").ages() == {"day": 1, "week": 2, "month": 3, "year": 3}
    assert found("quagga", topic="science") == ["Quagga two"]
    assert found("quagga", outlet="Lone Post") == ["Quagga three"]
    assert found("quagga", age="week") == ["Quagga one", "Quagga two"]
    assert sorted(found("quagga", since=ago(days=30), until=ago(days=1))) == ["Quagga three", "Quagga two"]
    assert found("quagga", topic="nowhere", outlet="Nobody") == []


def test_hits_come_in_pages_without_one_twice():
    for number in range(7):
        factories.live(ago(minutes=number + 1), headline=f"Quagga {number}")
    pages = [headlines(hit.pk for hit in search("quagga").hits(start, 3)) for start in (0, 3, 6)]
    assert [headline for page in pages for headline in page] == [f"Quagga {number}" for number in range(7)]


def test_suggestions_are_headlines_that_begin_so():
    factories.live(ago(hours=1), headline="Negotiations in the harbour")
    factories.live(ago(hours=2), headline="Harbour master resigns")
    assert headlines(suggested(beginning("harbour negotia"), NOW, 8)) == ["Negotiations in the harbour"]
    assert len(suggested(beginning("harb"), NOW, 8)) == 2
    assert len(suggested(beginning("harb"), NOW, 1)) == 1
    assert suggested(beginning("berth"), NOW, 8) == []


def test_a_story_of_more_words_than_the_database_indexes_is_published_all_the_same():
    text = " ".join(f"{number:x}zq" for number in range(120_000))
    sections = [{"id": "s1", "body": f"<p>beginning {text} [1].</p>"}]
    factories.live(ago(hours=1), headline="Endless", sections=sections)
    assert found("beginning endless") == ["Endless"]


def test_a_story_of_any_size_is_indexed():
    text = " ".join(f"word{number}" for number in range(20_000))
    sections = [{"id": "s1", "body": f"<p>{text} ending [1].</p>"}]
    factories.live(ago(hours=1), headline="Long", sections=sections)
    assert found("word19999 ending") == ["Long"]

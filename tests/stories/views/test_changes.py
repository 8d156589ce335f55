"""The comparison of any two Versions, as readers get it."""

from datetime import timedelta

import pytest

from stories import publishing
from stories.draft import read_draft, write_draft
from tests import factories
from tests.factories import NOON
from tests.stories.views.reading import by_class, page, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STORY = "/stories/ferry/"


def rewritten(story, old, new):
    """The draft with other words in its first section."""
    document = read_draft(story)
    changed = document.as_json()
    changed["sections"][0]["body"] = changed["sections"][0]["body"].replace(old, new)
    write_draft(story, type(document).model_validate(changed))
    story.refresh_from_db()
    return story


@pytest.fixture
def story():
    story = factories.live(slug="ferry", headline="First <words>")
    rewritten(story, "second berth", "third berth")
    publishing.publish(story, by=None, at=NOON + HOUR, note="Counts the berths.", kind="correction")
    publishing.publish(factories.edit(story, headline="Second words"), by=None, at=NOON + 2 * HOUR)
    return story


def test_words_are_compared_within_their_sentence(client, story):
    tree = page(client, f"{STORY}versions/1..2/")
    sentence = by_class(tree, "differs")[0]
    assert words(sentence.xpath(".//ins")[0]) == "[added: third]"
    assert words(sentence.xpath(".//del")[0]) == "[removed: second]"
    assert sentence.xpath(".//a/@href")[0].startswith(f"{STORY}versions/2/#s1.")
    assert "Version 2, correction. Counts the berths." in words(tree)
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_any_two_are_compared(client, story):
    tree = page(client, f"{STORY}versions/1..3/")
    assert words(tree.xpath("//*[@class='field-changes']//ins")[0]) == "[added: Second]"
    assert "<words>" not in client.get(f"{STORY}versions/1..3/").content.decode()
    assert "third" in words(by_class(tree, "differs")[0])


def test_the_list_of_versions_leads_to_each_and_to_any(client, story):
    tree = page(client, f"{STORY}versions/")
    assert {f"{STORY}versions/1..2/", f"{STORY}versions/2..3/"} <= set(tree.xpath("//ol//a/@href"))
    chosen = client.get(f"{STORY}versions/", {"from": "3", "to": "1"})
    assert chosen.headers["Location"] == f"{STORY}versions/1..3/"
    for faulty in ({"from": "x", "to": "1"}, {"from": "1"}, {"from": "99999999999", "to": "1"}):
        assert client.get(f"{STORY}versions/", faulty).status_code == 200


def test_the_order_and_one_version_alone_lead_on(client, story):
    assert client.get(f"{STORY}versions/3..1/").headers["Location"] == f"{STORY}versions/1..3/"
    assert client.get(f"{STORY}versions/2..2/").headers["Location"] == f"{STORY}versions/2/"
    assert client.get(f"{STORY}versions/1..9/").status_code == 404
    publishing.rename(story, slug="crossing", by=None)
    assert client.get(f"{STORY}versions/1..2/").headers["Location"] == "/stories/crossing/versions/1..2/"


def test_words_that_are_gone_are_compared_with_nothing(client, story):
    publishing.redact(factories.version(story, 2), by=None, reason="By order of a court.", at=NOON + 3 * HOUR)
    text = words(page(client, f"{STORY}versions/1..2/"))
    assert "The words of version 2 were removed" in text
    assert "third berth" not in text
    assert "Counts the berths" not in text


def test_a_withdrawn_storys_comparison_stands_under_the_notice(client, story):
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 3 * HOUR)
    tree = page(client, f"{STORY}versions/1..2/")
    assert "Untrue." in words(by_class(tree, "withdrawal")[0])
    assert words(tree.xpath("//h1")[0]) == "A withdrawn story"


def test_the_cost_does_not_grow_with_the_versions(client, story, queries_do_not_grow):
    hours = iter(range(3, 100))

    def another():
        number = next(hours)
        publishing.publish(factories.edit(story, headline=f"Words {number}"), by=None, at=NOON + number * HOUR)

    queries_do_not_grow(lambda: client.get(f"{STORY}versions/1..2/"), grow=another)


def test_a_returning_reader_is_told_and_shown_what_changed(client, story):
    tree = page(client, f"{STORY}?since=1")
    [told] = by_class(tree, "since-visit")
    assert "Since version 1" in words(told)
    assert "another headline, 1 sentence reworded" in words(told)
    assert f"{STORY}versions/1..3/" in told.xpath(".//a/@href")
    [sentence] = by_class(tree, "is-new")
    assert "third berth" in words(sentence)
    assert f"#{sentence.get('id')}" in told.xpath(".//a/@href")
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{STORY}"]


@pytest.mark.parametrize("number", ["3", "9", "x", "0", "-1", "", "99999999999999999999"])
def test_a_number_that_says_nothing_shows_the_story_as_it_is(client, story, number):
    assert not by_class(page(client, f"{STORY}?since={number}"), "since-visit")


def test_what_is_gone_is_compared_with_nothing(client, story):
    publishing.redact(factories.version(story), by=None, reason="By order of a court.", at=NOON + 3 * HOUR)
    assert not by_class(page(client, f"{STORY}?since=1"), "since-visit")


def test_the_newest_number_is_told_while_the_story_is_live(client, story):
    assert client.get(f"{STORY}versions/latest.json").json() == {"number": 3}
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 3 * HOUR)
    assert client.get(f"{STORY}versions/latest.json").status_code == 404

from datetime import timedelta

import pytest

from stories import publishing
from stories.draft import read_draft, write_draft
from tests import factories
from tests.factories import NOON
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def corrected(at=NOON, text="The line opened its third berth, not its second.", **fields):
    """A live story whose first sentence was corrected an hour after its publication."""
    story = factories.live(at, **fields)
    document = read_draft(story).as_json()
    document["sections"][0]["body"] = document["sections"][0]["body"].replace("second", "third")
    write_draft(story, type(read_draft(story)).model_validate(document))
    passage = factories.version(story).document["sections"][0]["sentences"][0]["id"]
    publishing.issue_notice(
        factories.version(story), by=None, kind="correction", text=text, passage=passage, at=at + HOUR
    )
    return story


def test_a_correction_is_listed_with_what_was_and_what_mended_it(client):
    corrected(slug="ferry", headline="Ferries sail")
    tree = page(client, "/corrections/")
    [row] = tree.xpath("//ol/li")
    assert words(row).startswith("correction Ferries sail The line opened its third berth, not its second.")
    links = row.xpath(".//a/@href")
    assert links[0] == "/stories/ferry/"
    assert links[1].startswith("/stories/ferry/versions/1/#s1.")
    assert links[2] == "/stories/ferry/versions/1..2/"
    assert "/corrections/" in page(client, "/").xpath("//footer//a/@href")


def test_the_newest_stands_first_and_all_are_listed(client, monkeypatch):
    monkeypatch.setattr("stories.views.corrections.PAGE_LENGTH", 2)
    for number in range(3):
        corrected(NOON + number * HOUR, text=f"Mended {number}")
    first, second = (words(page(client, f"/corrections/?page={number}")) for number in (1, 2))
    assert first.index("Mended 2") < first.index("Mended 1")
    assert "Mended 0" in second
    for number in ("3", "x", "0"):
        page(client, f"/corrections/?page={number}", status=404)


def test_nothing_to_correct_is_said(client, db):
    assert "There has been nothing to correct." in words(page(client, "/corrections/"))


def test_a_withdrawn_story_keeps_its_notice_and_not_its_headline(client):
    story = corrected(headline="Ferries sail")
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 2 * HOUR)
    text = words(page(client, "/corrections/"))
    assert "Ferries sail" not in text
    assert "A story that was withdrawn" in text


def test_a_notice_that_was_taken_back_is_not_listed(client):
    publishing.take_back(corrected(), by=None, reason="A mistake.", at=NOON + 2 * HOUR)
    assert "There has been nothing to correct." in words(page(client, "/corrections/"))


def test_the_cost_does_not_grow(client, queries_do_not_grow):
    queries_do_not_grow(lambda: client.get("/corrections/"), grow=corrected)

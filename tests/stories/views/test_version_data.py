"""A story's Versions for programs, and their checksums checked by a script that has nothing of the project."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from tests import factories
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STORY = "/stories/ferry/"
LIST = f"{STORY}versions/checksums.json"


@pytest.fixture
def story():
    story = factories.live(slug="ferry", headline="Fähre “eins” \u2028 <\u202f\N{BUS}>")
    changed = factories.edit(story, headline="Second words")
    publishing.publish(changed, by=None, at=NOON + HOUR, note="Names the berth – “two”.")
    publishing.publish(factories.edit(story, headline="Third words"), by=None, at=NOON + 2 * HOUR)
    return story


# docs/versions.md has these lines as a script.
def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def unfit(read):
    """The numbers of the Versions that do not fit; `read(address)` gives an address's JSON."""
    found, before = [], ""
    for one in read(LIST)["versions"]:
        fixed = {name: one[name] for name in ("number", "live_from", "kind", "change_note", "document_sha256")}
        fits = one["checksum"] == hashlib.sha256(before.encode() + canonical(fixed)).hexdigest()
        if one["document"]:
            document = read(one["document"])["document"]
            fits = fits and hashlib.sha256(canonical(document)).hexdigest() == one["document_sha256"]
        if one["change_note"] is not None and not fits:
            found.append(one["number"])
        before = one["checksum"]
    return found


@pytest.fixture
def read(client):
    return lambda address: client.get(address.removeprefix("http://testserver")).json()


def test_anybody_can_check_the_chain(read, story):
    assert [one["number"] for one in read(LIST)["versions"]] == [1, 2, 3]
    assert unfit(read) == []


def test_a_change_breaks_the_chain_for_everybody(read, story):
    story.versions.filter(number=2).update(change_note="Names the berth.")
    assert unfit(read) == [2]
    document = factories.version(story, 3).document | {"byline": "Somebody"}
    story.versions.filter(number=3).update(document=document)
    assert unfit(read) == [2, 3]


def test_each_document_has_its_place_in_the_chain(read, story):
    one, two = (read(f"{STORY}versions/{number}/document.json") for number in (1, 2))
    assert (one["previous_checksum"], two["previous_checksum"]) == ("", one["checksum"])
    assert two["document"] == factories.version(story, 2).document
    assert two["change_note"] == "Names the berth – “two”."


def test_removed_words_are_in_neither_and_the_chain_goes_on(client, read, story):
    publishing.redact(factories.version(story, 2), by=None, reason="By order of a court.", at=NOON + 3 * HOUR)
    listed = read(LIST)["versions"][1]
    assert (listed["document"], listed["change_note"], listed["reason"]) == (None, None, "By order of a court.")
    assert listed["removed"] == "2026-03-02T15:00:00.000000Z"
    assert unfit(read) == []
    for address in (LIST, f"{STORY}versions/2/document.json"):
        text = client.get(address).content.decode()
        assert "Second words" not in text
        assert "berth – “two”" not in text


def test_a_version_that_was_taken_back_gives_no_words(client, read, story):
    publishing.take_back(story, by=None, reason="A mistake.", at=NOON + 3 * HOUR)
    listed = read(LIST)["versions"][2]
    assert (listed["document"], listed["reason"]) == (None, "A mistake.")
    assert "Third words" not in client.get(f"{STORY}versions/3/document.json").content.decode()
    assert unfit(read) == []


def test_what_ended_says_when_and_why(read, story):
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 3 * HOUR)
    first, _, last = read(LIST)["versions"]
    assert (first["live_until"], first.get("withdrawn")) == ("2026-03-02T13:00:00.000000Z", None)
    assert (last["live_until"], last["withdrawn"]) == ("2026-03-02T15:00:00.000000Z", "Untrue.")
    assert read(f"{STORY}versions/1/document.json")["withdrawn"] == "Untrue."


def test_a_schedule_is_nobodys_yet(read, client, story):
    publishing.schedule(factories.edit(story, headline="Fourth"), by=None, live_from=timezone.now() + HOUR)
    assert [one["number"] for one in read(LIST)["versions"]] == [1, 2, 3]
    assert "live_until" not in read(LIST)["versions"][2]
    assert client.get(f"{STORY}versions/4/document.json").status_code == 404


@pytest.mark.parametrize("end", ["versions/checksums.json", "versions/1/document.json", "versions/timemap/"])
def test_a_former_address_leads_on_and_an_unknown_one_is_unknown(client, story, end):
    publishing.rename(story, slug="crossing", by=None)
    assert client.get(f"{STORY}{end}").headers["Location"] == f"/stories/crossing/{end}"
    assert client.get(f"/stories/unknown/{end}").status_code == 404


@pytest.mark.parametrize("end", ["checksums.json", "timemap/"])
def test_the_cost_does_not_grow_with_the_versions(client, story, queries_do_not_grow, end):
    hours = iter(range(3, 100))

    def another():
        number = next(hours)
        publishing.publish(factories.edit(story, headline=f"Words {number}"), by=None, at=NOON + number * HOUR)

    queries_do_not_grow(lambda: client.get(f"{STORY}versions/{end}"), grow=another)

"""The front page and each story as of a moment, by address and by datetime negotiation (RFC 7089)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from stories import publishing
from stories.images.library import add_picture
from stories.models import Image
from tests import factories
from tests.factories import NOON
from tests.stories.images.pictures import as_file, four_corners
from tests.stories.views.reading import by_class, headlines, page, part, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STORY = "/stories/ferry/"


@pytest.fixture
def story():
    """Version 1 at noon of 2 March 2026, Version 2 an hour later."""
    story = factories.live(headline="First words", slug="ferry")
    publishing.publish(factories.edit(story, headline="Second words"), by=None, at=NOON + HOUR)
    return story


def http_date(moment):
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


def asked(client, address, moment):
    return client.get(address, headers={"Accept-Datetime": http_date(moment)})


def links(response):
    found = re.findall(r'<http://testserver([^>]*)>; rel="([^"]+)"', response.headers["Link"])
    return {rel: address for address, rel in found}


def test_the_front_page_stands_as_it_stood(client, story):
    factories.live(NOON + 2 * HOUR, headline="Later story")
    tree = page(client, "/at/2026-03-02T12:30:00Z/")
    assert headlines(tree) == ["First words"]
    assert tree.xpath("//a[@class='headline-link']/@href") == [f"{STORY}at/2026-03-02T12:30:00Z/"]
    assert "The front page as it stood Mar 2 2026, 12:30 UTC" in words(tree)
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert tree.xpath("//link[@rel='canonical']") == []
    assert headlines(page(client, "/at/2026-03-02T13:00:00Z/")) == ["Second words"]
    assert "Nothing was to be read at that moment." in words(page(client, "/at/2026-03-02T11:59:59Z/"))


def test_a_placement_is_true_of_its_time_too(client, story):
    other = factories.live(NOON + 2 * HOUR, headline="Other story")
    publishing.place(story, rank=1, by=None, at=NOON + 3 * HOUR)
    assert headlines(page(client, "/at/2026-03-02T14:30:00Z/"))[0] == other.headline
    assert headlines(page(client, "/at/2026-03-02T15:00:00Z/"))[0] == "Second words"


def test_words_that_were_taken_from_readers_are_not_shown_again(client, story):
    publishing.redact(factories.version(story), by=None, reason="By order of a court.", at=NOON + 2 * HOUR)
    text = words(page(client, "/at/2026-03-02T12:30:00Z/"))
    assert "First words" not in text
    assert "A story whose words of that time were removed" in text


def test_a_story_that_was_taken_back_or_withdrawn_since_says_so(client, story):
    publishing.take_back(story, by=None, reason="A mistake.", at=NOON + 2 * HOUR)
    text = words(page(client, "/at/2026-03-02T13:30:00Z/"))
    assert "A story whose version of that time was taken back" in text
    assert "Second words" not in text
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 3 * HOUR)
    text = words(page(client, "/at/2026-03-02T12:30:00Z/"))
    assert "A story that was withdrawn since" in text
    assert "First words" not in text


def test_a_picture_that_may_not_be_shown_today_is_not_shown_as_of_then(client):
    image = add_picture(as_file(four_corners(900, 600)), credit_line="Skell Courier")
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    factories.live(gallery=[{**file, "alt_text": "Four corners", "credit_line": "Skell Courier"}])
    assert page(client, "/at/2026-03-02T12:30:00Z/").xpath("//main//img")
    Image.objects.update(killed_at=timezone.now())
    assert not page(client, "/at/2026-03-02T12:30:00Z/").xpath("//main//img")


@pytest.mark.parametrize("before", ["/", STORY])
@pytest.mark.parametrize("spelling", ["2026-03-02T12:30", "2026-03-02T13:30:00+01:00", "2026-03-02T12:30:00.5Z"])
def test_a_moment_has_one_address(client, story, before, spelling):
    response = client.get(f"{before}at/{spelling}/")
    assert (response.status_code, response.headers["Location"]) == (301, f"{before}at/2026-03-02T12:30:00Z/")


def test_a_day_alone_is_its_end_and_today_is_now(client, story):
    assert client.get("/at/2026-03-02/").headers["Location"] == "/at/2026-03-02T23:59:59Z/"
    response = client.get(f"/at/{timezone.now().date().isoformat()}/")
    assert response.status_code == 302
    assert page(client, response.headers["Location"]) is not None


@pytest.mark.parametrize("before", ["/", STORY])
@pytest.mark.parametrize("moment", ["2999-01-01T00:00:00Z", "2999-01-01", "2026-02-30T00:00:00Z", "now", "2026"])
def test_the_future_and_what_is_no_moment_have_no_page(client, story, before, moment):
    assert client.get(f"{before}at/{moment}/").status_code == 404


def test_a_version_that_is_scheduled_shows_nowhere(client, story):
    ahead = timezone.now() + HOUR
    publishing.schedule(factories.edit(story, headline="Third words"), by=None, live_from=ahead)
    assert client.get(f"/at/{ahead.strftime('%Y-%m-%dT%H:%M:%SZ')}/").status_code == 404
    assert asked(client, STORY, ahead).headers["Location"].endswith("/versions/2/")
    assert "versions/3" not in client.get(f"{STORY}versions/timemap/").content.decode()


def test_a_story_as_of_a_moment_is_the_version_of_then(client, story):
    for moment, number in (("12:00:00", 1), ("12:59:59", 1), ("13:00:00", 2)):
        response = client.get(f"{STORY}at/2026-03-02T{moment}Z/")
        assert (response.status_code, response.headers["Location"]) == (302, f"{STORY}versions/{number}/")
    assert client.get(f"{STORY}at/2026-03-02T11:59:59Z/").status_code == 404


def test_a_story_that_was_withdrawn_then_is_not_to_be_had(client, story):
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 2 * HOUR)
    assert client.get(f"{STORY}at/2026-03-02T14:00:00Z/").status_code == 404
    assert client.get(f"{STORY}at/2026-03-02T13:59:59Z/").headers["Location"] == f"{STORY}versions/2/"


def test_a_former_address_leads_on_with_its_moment(client, story):
    publishing.rename(story, slug="crossing", by=None)
    response = client.get(f"{STORY}at/2026-03-02T12:30:00Z/")
    assert (response.status_code, response.headers["Location"]) == (301, "/stories/crossing/at/2026-03-02T12:30:00Z/")


# The forms that lead there.


def field(tree, name):
    [found] = tree.xpath(f"//form[@id='as-of']//input[@name='{name}']")
    return found


def fault_at(tree, name):
    """The sentence that the field names as what describes it."""
    return words(part(tree, field(tree, name).get("aria-describedby")))


@pytest.mark.parametrize(("form", "to"), [("/at/", "/at/"), (f"{STORY}versions/", f"{STORY}at/")])
def test_a_form_leads_to_the_moment(client, story, form, to):
    tree = page(client, form)
    assert tree.xpath("//form[@id='as-of']/@action") == [form]
    assert (field(tree, "day").get("type"), field(tree, "time").get("type")) == ("date", "time")
    response = client.get(form, {"day": "2026-03-02", "time": "12:30"})
    assert (response.status_code, response.headers["Location"]) == (302, f"{to}2026-03-02T12:30:00Z/")
    assert client.get(form, {"day": "2026-03-02"}).headers["Location"] == f"{to}2026-03-02T23:59:59Z/"
    assert client.get(response.headers["Location"]).status_code in {200, 302}


@pytest.mark.parametrize("form", ["/at/", f"{STORY}versions/"])
@pytest.mark.parametrize(
    ("day", "time", "wrong", "sentence"),
    [
        ("", "", "day", "Choose a date."),
        ("2026-02-30", "12:30", "day", "This is no date of the calendar."),
        ('"><b>', "", "day", "This is no date of the calendar."),
        ("2026-03-02", "25:00", "time", "This is no time of the clock."),
        ("2999-01-01", "12:30", "day", "That moment has not come yet."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(client, story, form, day, time, wrong, sentence):
    response = client.get(form, {"day": day, "time": time})
    tree = html.fromstring(response.content.decode())
    assert response.status_code == 200
    assert fault_at(tree, wrong).startswith(sentence)
    assert (field(tree, "day").get("value"), field(tree, "time").get("value")) == (day, time)
    assert field(tree, wrong).get("aria-invalid") == "true"
    assert not tree.xpath("//form//b")


def test_a_moment_without_the_story_is_said_at_the_field(client, story):
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 2 * HOUR)
    for day, time in (("2026-03-02", "11:59"), ("2026-03-02", "14:00"), ("2026-03-03", "")):
        response = client.get(f"{STORY}versions/", {"day": day, "time": time})
        tree = html.fromstring(response.content.decode())
        assert fault_at(tree, "day").startswith("At that moment readers did not have the story.")
        assert field(tree, "day").get("value") == day
    assert client.get(f"{STORY}versions/", {"day": "2026-03-02", "time": "13:59"}).status_code == 302


def test_the_front_page_and_a_story_lead_to_their_forms_from_the_foot(client, story):
    tree = page(client, "/")
    assert tree.xpath("//form[@id='as-of']/@action") == ["/at/"]
    assert (field(tree, "day").get("type"), field(tree, "time").get("type")) == ("date", "time")
    tree = page(client, "/at/2026-03-02T12:30:00Z/")
    assert (field(tree, "day").get("value"), field(tree, "time").get("value")) == ("2026-03-02", "12:30")
    for address in (STORY, f"{STORY}versions/1/"):
        foot = page(client, address).xpath("//footer[@class='story-foot']//a/@href")
        assert {f"{STORY}versions/", f"{STORY}versions/#as-of"} <= set(foot)


def test_the_form_of_a_former_address_is_that_of_the_new_one(client, story):
    publishing.rename(story, slug="crossing", by=None)
    assert client.get(f"{STORY}versions/", {"day": "2026-03-02"}).headers["Location"] == "/stories/crossing/versions/"


# A Memento client's requests, as RFC 7089 has them.


def test_a_client_is_led_from_the_story_to_the_version_of_its_moment(client, story):
    current = client.get(STORY)
    assert links(current) == {"original timegate": STORY, "timemap": f"{STORY}versions/timemap/"}
    assert "Accept-Datetime" in current.headers["Vary"]
    assert "Memento-Datetime" not in current.headers
    answer = asked(client, STORY, NOON + timedelta(minutes=30))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{STORY}versions/1/")
    assert "Accept-Datetime" in answer.headers["Vary"]
    assert "Memento-Datetime" not in answer.headers
    memento = client.get(answer.headers["Location"])
    assert memento.headers["Memento-Datetime"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    assert links(memento) == {
        "original timegate": STORY,
        "timemap": f"{STORY}versions/timemap/",
        "first memento": f"{STORY}versions/1/",
        "last next memento": f"{STORY}versions/2/",
    }


def test_a_moment_before_the_first_leads_to_the_first_and_one_ahead_to_the_last(client, story):
    assert asked(client, STORY, NOON - HOUR).headers["Location"] == f"{STORY}versions/1/"
    assert asked(client, STORY, timezone.now() + HOUR).headers["Location"] == f"{STORY}versions/2/"


def test_a_version_is_found_by_the_second_that_it_is_told_by(client):
    story = factories.live(NOON.replace(microsecond=700_000), slug="ferry")
    told = client.get(f"{STORY}versions/1/").headers["Memento-Datetime"]
    publishing.publish(factories.edit(story, headline="Next"), by=None, at=NOON + HOUR)
    assert client.get(STORY, headers={"Accept-Datetime": told}).headers["Location"] == f"{STORY}versions/1/"


@pytest.mark.parametrize("address", ["/", STORY])
def test_what_is_no_date_is_answered_in_words(client, story, address):
    response = client.get(address, headers={"Accept-Datetime": "yesterday"})
    assert response.status_code == 400
    assert "Accept-Datetime is no HTTP date" in response.content.decode()


def test_a_withdrawn_story_leads_to_its_past(client, story):
    publishing.withdraw(story, by=None, reason="Untrue.", at=NOON + 2 * HOUR)
    assert client.get(STORY).status_code == 410
    assert "timemap" in links(client.get(STORY))
    assert asked(client, STORY, NOON + 3 * HOUR).headers["Location"] == f"{STORY}versions/2/"


def test_a_tombstone_is_no_memento(client, story):
    publishing.redact(factories.version(story), by=None, reason="By order of a court.", at=NOON + 2 * HOUR)
    response = client.get(f"{STORY}versions/1/")
    assert "Memento-Datetime" not in response.headers
    assert links(response)["last next memento"] == f"{STORY}versions/2/"


def test_the_list_of_versions_is_in_link_format(client, story):
    response = client.get(f"{STORY}versions/timemap/")
    assert response.headers["Content-Type"] == "application/link-format"
    rows = response.content.decode().split(",\n")
    assert rows[0] == f'<http://testserver{STORY}>; rel="original timegate"'
    assert rows[2] == (
        f'<http://testserver{STORY}versions/1/>; rel="first memento"; datetime="Mon, 02 Mar 2026 12:00:00 GMT"'
    )
    assert len(rows) == 4


def test_the_front_page_is_negotiated_too(client, story):
    assert links(client.get("/")) == {"original timegate": "/"}
    answer = asked(client, "/", NOON + timedelta(minutes=30))
    assert answer.headers["Location"] == "/at/2026-03-02T12:30:00Z/"
    memento = client.get(answer.headers["Location"])
    assert memento.headers["Memento-Datetime"] == "Mon, 02 Mar 2026 12:30:00 GMT"
    assert asked(client, "/", NOON - HOUR).headers["Location"] == "/at/2026-03-02T12:00:00Z/"
    assert by_class(page(client, "/at/2026-03-02T12:30:00Z/"), "edition")


def test_nothing_published_is_no_reason_to_fail(client, db):
    assert asked(client, "/", datetime(2026, 1, 1, tzinfo=UTC)).headers["Location"] == "/at/2026-01-01T00:00:00Z/"


def test_the_cost_does_not_grow(client, story, queries_do_not_grow):
    for address in ("/at/2026-03-02T13:30:00Z/", "/at/"):
        queries_do_not_grow(lambda address=address: client.get(address), grow=factories.live)

"""The form with which readers report an error."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from stories import publishing
from stories.models import ErrorReport
from stories.views import report as view
from tests import factories
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db
ABOUT = "/report/?story=ferry&version=1&passage=s1.1"
TEXT = "The berth opened a year before."


@pytest.fixture
def story():
    return factories.live(timezone.now() - timedelta(hours=2), slug="ferry", headline="Ferry sails")


@pytest.fixture
def written(monkeypatch):
    """As if every form had been open long enough to be written."""
    monkeypatch.setattr(view, "SOONEST", timedelta(0))


def form_of(tree):
    return {name: value or "" for name, value in tree.find_class("report-form")[0].fields.items()}


def send(client, where=ABOUT, **typed):
    return client.post(where, form_of(page(client, where)) | {"text": TEXT} | typed)


def refusals(response):
    return [words(one) for one in html.fromstring(response.content.decode()).find_class("refused")]


def test_the_form_shows_what_it_is_about(client, story):
    tree = page(client, ABOUT)
    said = words(tree.get_element_by_id("content"))
    assert "About version 1 of Ferry sails, published" in said
    assert "and in it: The line opened a second berth [1]." in said
    assert "/stories/ferry/versions/1/#s1.1" in [link.get("href") for link in tree.iter("a")]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_report_reaches_the_desk_without_a_cookie(story, written):
    client = Client(enforce_csrf_checks=True)
    response = send(client, email="ada@example.org")
    assert (response.status_code, response.headers["Location"]) == (303, "/report/thanks/")
    assert not client.cookies
    report = ErrorReport.objects.get()
    assert (report.story, report.version.number, report.passage) == (story, 1, "s1.1")
    assert (report.text, report.passage_text) == (TEXT, "The line opened a second berth [1].")
    assert "Your report is with the newsroom." in words(page(client, "/report/thanks/").get_element_by_id("content"))


@pytest.mark.parametrize("passage", ["s1", "t1", "t1.1", "s1.2"])
def test_sections_events_and_their_sentences_can_be_reported(client, story, written, passage):
    send(client, f"/report/?story=ferry&version=1&passage={passage}")
    assert ErrorReport.objects.get().passage == passage


def test_a_page_can_be_reported(client, written):
    send(client, "/report/?page=/corrections/")
    assert ErrorReport.objects.get().page == "/corrections/"


@pytest.mark.parametrize("asked", ["//evil.example/", "https://evil.example/", "/\\evil.example", "x", "/a%0Ab"])
def test_only_a_page_of_this_site_is_taken(client, written, asked):
    tree = page(client, f"/report/?page={asked}")
    assert "not here" in words(tree.get_element_by_id("content"))
    assert not [link for link in tree.iter("a") if "evil" in link.get("href", "").partition("?")[0]]
    send(client, f"/report/?page={asked}")
    assert ErrorReport.objects.get().page == ""


@pytest.mark.parametrize(
    "asked", ["story=nothing", "story=ferry%00", "story=ferry&version=9", "story=ferry&version=1&passage=s9"]
)
def test_what_is_not_there_can_still_be_written_about(client, story, written, asked):
    assert "not here, or not any more" in words(page(client, f"/report/?{asked}").get_element_by_id("content"))
    assert send(client, f"/report/?{asked}").status_code == 303
    assert ErrorReport.objects.get().passage == ""


def test_of_a_version_that_is_not_there_the_story_is_kept_and_one_that_waits_is_no_other(client, story, written):
    publishing.schedule(
        factories.edit(story, headline="To come"), by=None, live_from=timezone.now() + timedelta(hours=1)
    )
    asked = [page(client, f"/report/?story=ferry&version={number}").get_element_by_id("content") for number in (2, 9)]
    assert words(asked[0]) == words(asked[1])
    assert "About the story /stories/ferry/" in words(asked[1])
    send(client, "/report/?story=ferry&version=9")
    report = ErrorReport.objects.get()
    assert (report.story, report.version) == (story, None)


def test_a_story_that_has_another_address_since_is_still_what_it_is_about(client, story, written):
    form = form_of(page(client, ABOUT)) | {"text": TEXT}
    for slug in ("boat", "ship"):
        publishing.rename(story, by=None, slug=slug)
    client.post(ABOUT, form)
    report = ErrorReport.objects.get()
    assert (report.story, report.version.number, report.passage) == (story, 1, "s1.1")
    links = [link.get("href") for link in page(client, ABOUT).iter("a")]
    assert "/stories/ship/versions/1/#s1.1" in links


def test_a_story_that_readers_never_had_is_not_told_by_an_address_it_had(client):
    draft = factories.draft(slug="ferry", headline="Ferry sails")
    draft.previous_slugs.create(slug="boat")
    publishing.schedule(draft, by=None, live_from=timezone.now() + timedelta(hours=1))
    asked = [
        words(page(client, f"/report/?story={slug}&version=1").get_element_by_id("content"))
        for slug in ("ferry", "boat", "none")
    ]
    assert len(set(asked)) == 1


def test_words_that_were_removed_are_not_shown_here(client, story):
    publishing.publish(factories.edit(story, headline="Other"), by=None, at=timezone.now() - timedelta(hours=1))
    publishing.redact(factories.version(story, 1), by=None, reason="A court ordered it.")
    said = words(page(client, ABOUT).get_element_by_id("content"))
    assert "berth" not in said
    assert "Ferry sails" not in said


def test_what_is_too_short_too_long_or_no_address_is_refused_in_words_and_kept(client, story, written):
    response = send(client, text="Wrong", email="ada", address="javascript:alert(1)")
    assert response.status_code == 422
    said = refusals(response)
    assert said[0] == "Say a little more: at least 10 characters."
    assert "This is no e-mail address. Mend it, or leave it out." in said
    assert len(said) == 3
    assert 'value="ada"' in response.content.decode()
    long = send(client, text="x" * 4001)
    assert refusals(long) == ["At most 4000 characters are kept, and this has 4001. Shorten it."]
    assert "x" * 4001 in long.content.decode()
    assert refusals(send(client, text="")) == ["Say what is wrong."]
    assert send(client, text="A NUL \0 character in it").status_code == 422
    assert not ErrorReport.objects.exists()


def test_a_line_break_counts_once_as_the_browser_counts_it(client, story, written):
    longest = "\n".join(["x" * 39] * 100 + ["y"])
    assert len(longest) == 4001
    assert refusals(send(client, text=longest.replace("\n", "\r\n"))) == [
        "At most 4000 characters are kept, and this has 4001. Shorten it."
    ]
    send(client, text=longest[1:].replace("\n", "\r\n"))
    assert ErrorReport.objects.get().text == longest[1:]


def test_each_field_is_described_by_its_help_and_its_refusal(client, story, written):
    tree = html.fromstring(send(client, text="Wrong", email="ada", address="x").content.decode())
    described = {
        field.get("name"): " ".join(words(tree.get_element_by_id(one)) for one in field.get("aria-describedby").split())
        for field in tree.xpath("//*[@aria-describedby]")
    }
    assert described["text"] == "Say a little more: at least 10 characters."
    assert described["email"].startswith("Only if the newsroom may ask you back.")
    assert described["email"].endswith("This is no e-mail address. Mend it, or leave it out.")
    assert "Write it in full" in described["address"]


def test_an_e_mail_longer_than_is_kept_is_refused_in_words(client, story, written):
    longest = f"{'a' * 242}@example.org"
    response = send(client, email=f"a{longest}")
    assert (response.status_code, len(longest)) == (422, 254)
    assert refusals(response) == ["At most 254 characters of an e-mail address are kept. Mend it, or leave it out."]
    assert TEXT in response.content.decode()
    send(client, email=longest)
    assert ErrorReport.objects.get().email == longest


def test_quicker_than_anybody_writes_is_asked_for_once_more_and_nothing_is_lost(client, story):
    response = send(client)
    assert refusals(response) == [view.TOO_SOON]
    assert TEXT in response.content.decode()


def test_a_form_that_was_open_too_long_or_is_not_ours_can_be_sent_again(client, story, written, monkeypatch):
    monkeypatch.setattr(view, "LATEST", timedelta(seconds=-1))
    response = send(client)
    assert refusals(response) == [view.TOO_OLD]
    monkeypatch.undo()
    monkeypatch.setattr(view, "SOONEST", timedelta(0))
    assert refusals(send(client, token="forged")) == [view.TOO_OLD]
    other = form_of(page(client, "/report/?page=/"))
    assert refusals(send(client, token=other["token"])) == [view.TOO_OLD]
    assert not ErrorReport.objects.exists()


def test_a_double_click_is_one_report(client, story, written):
    form = form_of(page(client, ABOUT)) | {"text": TEXT}
    assert [client.post(ABOUT, form).status_code for _ in range(2)] == [303, 303]
    assert ErrorReport.objects.count() == 1


def test_a_sixth_report_within_the_hour_is_kept_in_the_form(client, story, written):
    for count in range(5):
        assert send(client, text=f"Fault number {count}.").status_code == 303
    response = send(client, text="Fault number 6.")
    assert response.status_code == 429
    assert "Fault number 6." in response.content.decode()
    assert "from your address" in refusals(response)[0]


def test_a_program_that_fills_every_field_gets_the_same_thanks(client, story, written):
    assert send(client, website="https://casino.example").headers["Location"] == "/report/thanks/"
    assert ErrorReport.objects.get().state == "spam"


def test_every_page_and_every_story_leads_here(client, story):
    links = [link.get("href") for link in page(client, "/corrections/").iter("a")]
    assert "/report/?page=/corrections/" in links
    for address in ("/stories/ferry/", "/stories/ferry/versions/1/"):
        links = [link.get("href") for link in page(client, address).iter("a")]
        assert "/report/?story=ferry&version=1" in links
    links = [link.get("href") for link in page(client, "/stories/ferry/versions/1/passages/").iter("a")]
    assert ABOUT in links


def test_a_body_of_ten_megabytes_is_refused(client, story):
    assert client.post(ABOUT, {"text": "x" * 10_000_000}).status_code in {400, 413, 422}
    assert not ErrorReport.objects.exists()


def test_more_reports_cost_no_more_queries(client, story, written, queries_do_not_grow):
    queries_do_not_grow(
        lambda: client.get(ABOUT), grow=lambda: send(client, text=f"Fault {ErrorReport.objects.count()} there.")
    )

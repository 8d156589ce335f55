"""Taking in what readers report, from whom nobody knows, and closing it."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.models import User

from stories import error_reports, publishing
from stories.audit import acting_from
from stories.error_reports import About, Sent, TooManyReports, handle, receive
from stories.models import AuditEntry, ErrorReport
from tests.factories import NOON, edit, live, version

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def come_from():
    tokens = []
    yield lambda address: tokens.append(acting_from.set(address))
    for token in reversed(tokens):
        acting_from.reset(token)


FRONT_PAGE = About(page="/")


def send(text="The year is wrong.", *, token="", at=NOON, about=FRONT_PAGE, **sent):
    return receive(about, Sent(text, **sent), token=token or sha256(f"{text} {at}".encode()).hexdigest(), at=at)


def about_passage(story):
    return About(story, version(story), "s1.1", "The line opened a second berth [1].")


def test_a_report_is_kept_with_the_passage_as_it_was_read():
    story = live()
    report = send(about=about_passage(story), address="https://harbour.example/a", email="ada@example.org")
    report.refresh_from_db()
    assert (report.story, report.version, report.passage) == (story, version(story), "s1.1")
    assert report.passage_text == "The line opened a second berth [1]."
    assert (report.state, report.address, report.email) == ("new", "https://harbour.example/a", "ada@example.org")


def test_one_form_makes_one_report():
    assert send(token="one") == send("Something else was typed.", token="one")
    assert ErrorReport.objects.count() == 1


def test_the_same_from_the_same_reader_is_one_report(come_from):
    come_from("192.0.2.7")
    assert send(token="one") == send(token="two", at=NOON + HOUR)
    assert send(token="three", about=About(page="/corrections/")) != send(token="one")


def test_the_same_words_about_another_story_are_another_report(come_from):
    come_from("192.0.2.7")
    ferry, port = live(headline="Ferry"), live(headline="Port")
    assert send(about=About(ferry), token="one") != send(about=About(port), token="two")
    assert send(about=About(ferry), token="three") == send(about=About(ferry), token="four")


def test_one_address_sends_five_an_hour_and_others_are_not_held_up(come_from):
    come_from("192.0.2.7")
    for count in range(5):
        send(f"Fault number {count}.")
    with pytest.raises(TooManyReports, match="from your address"):
        send("Fault number 6.")
    send("Fault number 6.", at=NOON + HOUR)
    come_from("192.0.2.8")
    send("Fault number 7.")
    assert ErrorReport.objects.count() == 7


def test_an_ipv6_household_is_one_sender(come_from):
    for count in range(5):
        come_from(f"2001:db8:1:2::{count}")
        send(f"Fault number {count}.")
    with pytest.raises(TooManyReports):
        send("Fault number 6.")
    come_from("2001:db8:1:3::1")
    send("Fault number 7.")


def test_midnight_does_not_begin_a_new_hour(come_from):
    come_from("192.0.2.7")
    late = NOON.replace(hour=23, minute=50)
    for count in range(5):
        send(f"Fault number {count}.", at=late)
    with pytest.raises(TooManyReports):
        send("Fault number 6.", at=late + timedelta(minutes=20))


def test_all_together_send_so_many_an_hour(come_from, monkeypatch):
    monkeypatch.setattr(error_reports, "MOST_OF_ALL", 3)
    for count in range(3):
        come_from(f"192.0.2.{count}")
        send(f"Fault number {count}.")
    come_from("192.0.2.99")
    with pytest.raises(TooManyReports, match="Very many"):
        send("One more fault.")


def test_the_network_address_is_not_stored(come_from):
    come_from("192.0.2.7")
    first, next_day = send(), send(at=NOON + timedelta(days=2))
    assert "192.0.2" not in str(ErrorReport.objects.values().get(pk=first.pk))
    assert first.sender != next_day.sender


@pytest.mark.parametrize(
    ("text", "trap", "state"),
    [
        ("The year is wrong.", "", "new"),
        ("The year is wrong.", "https://casino.example", "spam"),
        ("See https://a.example and https://b.example for it.", "", "new"),
        ("Buy https://a.example https://b.example www.c.example now", "", "spam"),
    ],
)
def test_what_looks_like_spam_is_kept_as_such(text, trap, state):
    assert send(text, trap=trap).state == state


def test_the_same_text_from_elsewhere_is_spam(come_from):
    come_from("192.0.2.7")
    assert send("Buy our fine ferries.").state == "new"
    come_from("192.0.2.8")
    assert send("Buy our fine ferries.", at=NOON + HOUR).state == "spam"
    assert send("Buy our fine ferries.", at=NOON + timedelta(days=3)).state == "new"


def test_closing_removes_who_it_was_and_is_written_down():
    report, ada = send(email="ada@example.org", about=about_passage(live())), User.objects.create_user("ada")
    handle(report, state="in_hand", note="Asking the line.", by=ada)
    report.refresh_from_db()
    assert (report.email, bool(report.sender), report.is_open) == ("ada@example.org", True, True)
    handle(report, state="mended", note="It was 1974.", by=ada)
    report.refresh_from_db()
    assert (report.email, report.sender, report.is_open, report.handled_by) == ("", "", False, ada)
    told = [entry.sentence for entry in AuditEntry.objects.filter(act="error report").order_by("pk")]
    assert told == ["From “new” to “being looked into”.", "From “being looked into” to “mended”."]


def test_redaction_takes_the_words_out_of_reports_too():
    story = live()
    report = send(about=about_passage(story))
    publishing.publish(edit(story, headline="Other"), by=None, at=NOON + HOUR)
    publishing.redact(version(story, 1), by=None, reason="A court ordered it.", at=NOON + 2 * HOUR)
    report.refresh_from_db()
    assert (report.passage_text, report.text) == ("", "The year is wrong.")

"""What the desk makes of readers' reports."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories import publishing
from stories.error_reports import About, Sent, receive
from stories.models import ErrorReport
from tests.factories import edit, live, version
from tests.stories.admin.story_form import text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:stories_errorreport_changelist")


@pytest.fixture
def story():
    return live(timezone.now() - timedelta(hours=2), headline="Ferry sails")


def reported(story, words="The year is wrong.", **sent):
    about = About(story, version(story), "s1.1", "The line opened a second berth [1].")
    return receive(about, Sent(words, **sent), token=words)


def page_of(report):
    return reverse("admin:stories_errorreport_change", args=[report.pk])


def handle(client, report, **typed):
    return client.post(page_of(report), {"state": "new", "note": ""} | typed, follow=True)


@pytest.mark.parametrize(
    ("role", "may"), [("Reporter", True), ("Editor", True), ("Chief", True), ("Photo desk", False)]
)
def test_who_writes_stories_sees_the_reports(client, sign_in, story, role, may):
    sign_in(role)
    reported(story)
    assert (client.get(LIST).status_code == 200) is may
    assert ("Reported by readers" in text(client.get("/admin/"))) is may


def test_the_list_shows_open_ones_first_and_others_when_asked(client, sign_in, story):
    sign_in("Editor")
    reported(story, "An open one, it seems.")
    reported(story, "Buy things at our place.", trap="x")
    shown = text(client.get(LIST))
    assert "An open one" in shown
    assert "Ferry sails, version 1, s1.1" in shown
    assert "Buy things" not in shown
    assert "Buy things" in text(client.get(f"{LIST}?state=spam"))
    assert "An open one" not in text(client.get(f"{LIST}?state=spam"))
    both = text(client.get(f"{LIST}?state=all"))
    assert "Buy things" in both
    assert "An open one" in both


def test_a_report_stands_beside_what_readers_have_now_with_the_ways_to_mend_it(client, sign_in, story):
    sign_in("Editor")
    report = reported(story, address="https://harbour.example/a")
    response = client.get(page_of(report))
    shown = text(response)
    assert "The line opened a second berth [1]." in shown
    assert "The same (version 1)" in shown
    links = response.content.decode()
    assert f'href="/admin/stories/story/{story.pk}/change/#s1"' in links
    assert f'href="{version(story).get_absolute_url()}#s1.1"' in links
    notice = f"/admin/stories/story/{story.pk}/versions/1/notice/?passage=s1.1"
    assert f'href="{notice}"' in links
    assert 'href="https://harbour.example/a"' in links
    assert '<option value="s1.1" selected>' in client.get(notice).content.decode()


def test_a_report_about_a_story_alone_names_it_and_leads_to_its_draft(client, sign_in, story):
    sign_in("Editor")
    report = receive(About(story), Sent("The year is wrong."), token="one")
    assert "Ferry sails" in text(client.get(LIST))
    assert "The year is wrong. Ferry sails" in text(client.get("/admin/"))
    assert f'href="/admin/stories/story/{story.pk}/change/"' in client.get(page_of(report)).content.decode()


def test_a_story_that_readers_do_not_have_now_is_said(client, sign_in, story):
    sign_in("Chief")
    report = reported(story)
    publishing.withdraw(story, by=None, reason="It was wrong.")
    assert "Readers do not have the story now." in text(client.get(page_of(report)))


def test_closing_a_report_says_so_and_removes_the_e_mail(client, sign_in, story):
    sign_in("Editor")
    report = reported(story, email="ada@example.org")
    assert "ada@example.org" in text(client.get(page_of(report)))
    response = handle(client, report, state="mended", note="It was 1974.")
    assert "The report is saved." in text(response)
    report.refresh_from_db()
    assert (report.state, report.note, report.email) == ("mended", "It was 1974.", "")
    assert report.handled_by.username == "editor"
    assert handle(client, report, state="no such state").status_code == 200
    report.refresh_from_db()
    assert report.state == "mended"


def test_reports_are_neither_made_nor_deleted_by_hand(client, sign_in, story):
    sign_in("Chief")
    report = reported(story)
    assert client.get(reverse("admin:stories_errorreport_add")).status_code == 403
    assert client.post(reverse("admin:stories_errorreport_delete", args=[report.pk])).status_code == 403


def test_a_hostile_report_stays_text(client, sign_in, story):
    sign_in("Editor")
    report = reported(story, "<script>alert(1)</script> is wrong")
    for address in (LIST, page_of(report), "/admin/"):
        assert "<script>alert(1)" not in client.get(address).content.decode()


def test_more_reports_cost_no_more_queries(client, sign_in, story, queries_do_not_grow):
    sign_in("Editor")

    def grow():
        edit(story, headline=f"Ferry {ErrorReport.objects.count()}")
        publishing.publish(story, by=None)
        about = About(story, story.versions.order_by("-number").first(), "s1.1", "Words")
        receive(about, Sent(f"Fault {ErrorReport.objects.count()}."), token=str(ErrorReport.objects.count()))
        ErrorReport.objects.update(sent_at=timezone.now() - timedelta(hours=2))

    queries_do_not_grow(lambda: client.get(LIST), grow=grow)

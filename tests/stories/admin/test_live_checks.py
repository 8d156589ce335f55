"""What an open form is told of what is typed, before it is saved."""

import pytest
from lxml import html

from tests.factories import draft, live
from tests.newsroom import member
from tests.stories.admin.story_form import address, opened, text, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(member("Editor"))
    return client


def told(client, story, form):
    answer = client.post(address(story, "autosave"), form).json()
    return html.fromstring(answer["checks"]), answer["blocking"]


def words(element):
    return " ".join(element.text_content().split())


def test_a_typed_marker_without_a_source_blocks_and_leads_to_its_section(editor):
    story = draft()
    checks, blocking = told(editor, story, {**opened(editor, story), "sections-0-body": "<p>Typed [99].</p>"})
    assert blocking == "1 problem blocks publication"
    (link,) = checks.xpath(".//ul[@class='refusals']//a")
    assert "cites [99], but the story has no source 99." in words(link)
    assert link.get("href") == f"{address(story)}#s1"
    assert story.sections.get().body != "<p>Typed [99].</p>"


def test_findings_of_rows_that_are_not_saved_lead_to_their_fields(editor):
    story = draft()
    form = with_row(opened(editor, story), "sections", heading="New", body="<p>New [98]. New [97].</p>", position="2")
    form = with_row(form, "timeline", date="Feb 30 2026", text="Never.", position="2")
    form = with_row(form, "sources", title="New report")
    checks, blocking = told(editor, story, form)
    anchors = {link.get("href").partition("#")[2] for link in checks.xpath(".//a")}
    assert blocking == "3 problems block publication"
    assert {"id_sections-1-heading", "id_timeline-1-date"} <= anchors


def test_typed_text_that_mends_the_draft_is_told_as_ready(editor):
    story = draft(headline="")
    checks, blocking = told(editor, story, {**opened(editor, story), "headline": "Now it has one"})
    assert blocking == ""
    assert "Nothing that is typed stands in the way." in words(checks)


def test_typing_what_readers_have_says_that_nothing_is_unpublished(editor):
    story = live()
    checks, _ = told(editor, story, opened(editor, story))
    assert "Nothing unpublished" in words(checks)


def test_the_report_counts_what_is_typed(editor):
    story = draft()
    checks, _ = told(editor, story, {**opened(editor, story), "sections-0-body": "<p>One. Two. Three [1, 2].</p>"})
    assert "Citation report: 50 % cited" in words(checks)
    assert "Sentences cited2 of 4 (50 %)" in words(checks)


def test_the_publish_page_shows_the_citation_report(editor):
    story = draft()
    assert "Sentences cited3 of 3 (100 %)" in text(editor.get(address(story, "publish")))

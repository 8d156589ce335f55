"""One walk through what a story rests on and through its past: by keyboard, by touch, and without a script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.models import ErrorReport
from stories.views import report as report_view
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
QUOTE = {"passage": "s1.1", "number": 1, "quote": "A second berth was opened.", "locator": "paragraph 3"}
WAYS = {
    "keyboard": {},
    "touch": {"has_touch": True, "is_mobile": True, "viewport": {"width": 375, "height": 700}},
    "without a script": {"java_script_enabled": False},
}


def at(hours: float):
    return timezone.now() - timedelta(hours=hours)


@pytest.fixture
def story():
    """Three Versions; the last one mends what the first two say, with a correction."""
    story = factories.live(at(4), slug="ferry", headline="Ferry sails", evidence=[QUOTE])
    publishing.publish(factories.edit(story, standfirst="From Monday on."), by=None, at=at(3))
    draft = read_draft(story)
    body = draft.sections[0].body.replace("a second berth", "a third berth")
    section = draft.sections[0].model_copy(update={"body": body})
    write_draft(story, draft.model_copy(update={"sections": [section]}))
    said = {"kind": "correction", "text": "It was the third berth.", "passage": "s1.1"}
    publishing.issue_notice(factories.version(story, 2), by=None, at=at(2), **said)
    return story


@pytest.fixture(params=WAYS)
def way(request, browser: Browser):
    """A page, and how its reader follows and presses what is on it."""
    with browser.new_context(**WAYS[request.param]) as context:
        page = context.new_page()

        def act(target: Locator) -> None:
            if request.param == "touch":
                target.tap()
            elif request.param == "keyboard":
                target.focus()
                page.keyboard.press("Enter")
            else:
                target.click()

        yield page, act


def summary(page: Page, id: str) -> Locator:
    return page.locator(f"#{id} > summary")


def test_the_evidence_is_read_counted_and_marked(way, live_server, story):
    page, act = way
    page.goto(f"{live_server.url}/stories/ferry/")
    expect(page.locator("#source-1 q")).to_have_text("A second berth was opened.")
    act(page.locator("#source-1 .places a:not(.marks)").first)
    expect(page).to_have_url(re.compile(r"#cite-s1\.1-1$"))
    act(summary(page, "evidence"))
    expect(page.locator("#evidence")).to_contain_text("2 of 2 cite a report (100 %)")
    act(page.locator("#evidence").get_by_role("link", name="Strait Wire"))
    expect(page.locator(".sentence.rests")).to_have_count(1)
    expect(page.locator(".resting-on")).to_contain_text("1 sentence resting on reports of Strait Wire.")
    act(page.locator(".resting-on").get_by_role("link", name="What else rests on it"))
    expect(page.get_by_role("heading", name="Strait Wire")).to_be_visible()
    act(page.get_by_role("link", name="Freight moved first"))
    expect(page).to_have_url(re.compile(r"/stories/ferry/#s1\.2$"))


def test_the_past_is_listed_compared_and_read_with_what_was_corrected(way, live_server, story):
    page, act = way
    page.goto(f"{live_server.url}/stories/ferry/")
    act(page.locator(".status").get_by_role("link", name="Version 3"))
    page.locator("select[name=from]").select_option("1")
    page.locator("select[name=to]").select_option("3")
    act(page.get_by_role("button", name="What changed"))
    expect(page).to_have_url(re.compile(r"/versions/1\.\.3/$"))
    expect(page.locator(".differs ins")).to_have_text(re.compile("third"))
    expect(page.locator(".differs del")).to_have_text(re.compile("second"))
    act(page.get_by_role("link", name="version 1", exact=True))
    expect(page.locator(".edition-name")).to_have_text("An earlier version, number 1 of 3")
    expect(page.locator(".notices")).to_contain_text("It was the third berth.")
    act(page.get_by_role("link", name="Read the story as it stands"))
    expect(page.locator(".notices")).to_contain_text("It was the third berth.")
    page.goto(f"{live_server.url}/stories/ferry/?since=2")
    expect(page.locator(".since-visit").first).to_contain_text("1 sentence reworded")
    expect(page.locator(".sentence.is-new")).to_have_count(1)


def test_an_error_is_reported_from_the_page_of_passages(way, live_server, story, monkeypatch):
    monkeypatch.setattr(report_view, "SOONEST", timedelta(0))
    page, act = way
    page.goto(f"{live_server.url}/stories/ferry/")
    act(page.get_by_role("link", name="All passages, to link to and to cite"))
    act(page.locator("[id='s1.1'] summary"))
    expect(page.locator("[id='s1.1'] .quotation")).to_contain_text("version 3")
    act(page.locator("[id='s1.1']").get_by_role("link", name="Report an error"))
    page.get_by_label("What is wrong?").fill("It was the fourth berth.")
    act(page.get_by_role("button", name="Send the report"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert ErrorReport.objects.get().version.number == 3

"""Stories that were read are there offline, and go when the site no longer gives them, or the reader says so."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from stories import publishing
from tests import factories
from tests.browser.accessibility import violations
from tests.browser.test_lightbox import entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser_context_args(service_workers="allow")]


def kept(page: Page) -> list[str]:
    names = page.evaluate("caches.keys()")
    return [name.removeprefix("newsdesk kept ") for name in names if name.startswith("newsdesk kept ")]


def until_kept(page: Page, path: str, *, file: str = ".css") -> None:
    files = "async (path) => (await (await caches.open(`newsdesk kept ${path}`)).keys()).map(({ url }) => url)"
    for _ in range(100):
        if path in kept(page) and any(url.endswith(file) for url in page.evaluate(files, path)):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{path} was not kept with a {file}: {kept(page)}")


def test_a_story_that_was_read_is_there_offline_until_it_is_withdrawn(page, live_server, context):
    story = factories.live(timezone.now(), slug="ferry", headline="Ferries sail", gallery=[entry(600)])
    page.goto(f"{live_server.url}/stories/ferry/")
    until_kept(page, "/stories/ferry/", file="story.css")
    until_kept(page, "/stories/ferry/", file=".jpg")
    context.set_offline(True)
    page.goto(f"{live_server.url}/stories/ferry/?order=newest")
    expect(page.get_by_role("heading", name="Ferries sail")).to_be_visible()
    expect(page.locator(".kept-copy")).to_contain_text("Read offline: as of ")
    assert page.evaluate("getComputedStyle(document.querySelector('.headline')).fontSize") == "52px"
    expect(page.get_by_role("img", name="Corners of 600")).to_have_js_property("naturalWidth", 600)
    page.goto(f"{live_server.url}/corrections/")
    expect(page.get_by_text("The page you asked for cannot be reached now")).to_be_visible()
    expect(page.locator(".kept-stories li")).to_contain_text("Ferries sail")
    assert violations(page) == []
    context.set_offline(False)
    publishing.withdraw(story, by=None, reason="The figures were wrong.")
    page.goto(f"{live_server.url}/stories/ferry/")
    assert kept(page) == []


def test_fifty_stay_and_the_reader_removes_them(page, live_server):
    factories.live(timezone.now(), slug="ferry", headline="Ferries sail")
    page.goto(f"{live_server.url}/offline/")
    made = "async () => { for (let n = 0; n < 50; n++) await caches.open(`newsdesk kept /stories/${n}/`); }"
    page.evaluate(made)
    page.goto(f"{live_server.url}/stories/ferry/")
    until_kept(page, "/stories/ferry/")
    for _ in range(100):
        if len(kept(page)) == 50:
            break
        page.wait_for_timeout(50)
    assert kept(page) == [*(f"/stories/{n}/" for n in range(1, 50)), "/stories/ferry/"]
    page.goto(f"{live_server.url}/offline/")
    expect(page.locator(".kept-stories li")).to_have_count(1)
    page.get_by_role("button", name="Remove all copies").dblclick()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    page.get_by_label("Keep the stories that I read").uncheck()
    page.goto(f"{live_server.url}/stories/ferry/")
    page.wait_for_load_state("networkidle")
    assert kept(page) == []

"""Who comes back is told what changed since, by this browser alone; who stays is told of a newer version once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from stories import publishing
from stories.draft import read_draft, write_draft
from tests import factories
from tests.browser.accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


@pytest.fixture
def story():
    return factories.live(ago(60), slug="ferry", headline="Ferries sail")


def publish(story, old="second berth", new="third berth"):
    document = read_draft(story)
    changed = document.as_json()
    changed["sections"][0]["body"] = changed["sections"][0]["body"].replace(old, new)
    write_draft(story, type(document).model_validate(changed))
    story.refresh_from_db()
    publishing.publish(story, by=None)


def opened(page: Page, live_server):
    page.goto(f"{live_server.url}/stories/ferry/")
    return page


def test_the_first_visit_and_an_unchanged_story_say_nothing(page, live_server, story):
    for _ in range(2):
        opened(page, live_server)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".since-visit")).to_have_count(0)


def test_who_comes_back_is_told_and_shown_what_changed(page, live_server, story, context):
    opened(page, live_server)
    publish(story)
    opened(page, live_server)
    told = page.locator(".since-visit.is-floating")
    expect(told).to_contain_text("Since version 1")
    expect(told).to_contain_text("1 sentence reworded")
    expect(page.locator(".is-new")).to_contain_text("third berth")
    assert violations(page) == []
    expect(told.get_by_role("link", name="What changed")).to_have_attribute("href", "/stories/ferry/versions/1..2/")
    told.get_by_role("button", name="Hide the marks").click()
    assert page.evaluate("getComputedStyle(document.querySelector('.is-new')).backgroundColor") == "rgba(0, 0, 0, 0)"
    expect(told.get_by_role("button", name="Show the marks")).to_be_focused()
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    page.reload()  # in this tab the visit goes on, and the switch stays as it was
    expect(told.get_by_role("button", name="Show the marks")).to_be_visible()
    assert not context.cookies()
    later = context.new_page()
    opened(later, live_server).wait_for_load_state("networkidle")
    expect(later.locator(".since-visit")).to_have_count(0)  # another visit: this version was seen


@pytest.mark.parametrize("width", [320, 1280])
def test_it_moves_nothing_and_fits_the_window(page, live_server, story, width):
    page.set_viewport_size({"width": width, "height": 700})
    opened(page, live_server)
    publish(story)
    opened(page, live_server)
    before = page.locator(".headline").bounding_box()
    expect(page.locator(".since-visit.is-floating")).to_be_visible()
    assert page.locator(".headline").bounding_box() == before
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_address_tells_the_same(browser, live_server, story):
    publish(story)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/stories/ferry/?since=1")
    expect(page.locator(".since-visit")).to_contain_text("1 sentence reworded")
    expect(page.locator(".is-new")).to_contain_text("third berth")
    page.get_by_role("link", name="The line opened a third berth").click()
    assert "#s1." in page.url
    context.close()


def test_an_open_page_says_once_that_a_newer_version_is_there(page, live_server, story):
    page.clock.install()
    opened(page, live_server)
    publish(story)
    page.clock.run_for("02:30")
    expect(page.locator(".since-visit")).to_have_count(0)
    page.clock.run_for("01:00")
    told = page.locator(".since-visit.is-floating").filter(has_text="A newer version of this story is there.")
    expect(told).to_be_visible()
    expect(told.get_by_role("status")).to_have_count(1)
    told.get_by_role("button", name="Close").click()
    publish(story, "third berth", "fourth berth")
    page.clock.run_for("10:00")
    expect(page.locator(".since-visit")).to_have_count(0)


def test_the_newer_version_is_read_with_what_changed(page, live_server, story):
    page.clock.install()
    opened(page, live_server)
    publish(story)
    page.clock.run_for("04:00")
    page.get_by_role("link", name="Read it, with what changed").click()
    expect(page.locator(".is-new")).to_contain_text("third berth")

"""A marker shows its source: by pointer, by keyboard and by touch, one at a time; without a script it is a link."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return factories.live(timezone.now() - timedelta(hours=1), slug="ferry")


@pytest.fixture
def opened(page: Page, live_server, story):
    page.goto(f"{live_server.url}/stories/ferry/")
    return page


def marker(page: Page, number: int):
    return page.locator(f".sections .marker[href='#source-{number}']").first


def preview(page: Page):
    return page.locator(".source-preview")


def test_the_pointer_opens_it_and_may_go_into_it(opened):
    marker(opened, 1).hover()
    expect(preview(opened)).to_contain_text("[1] A second berth opens")
    expect(preview(opened)).to_contain_text("Harbour Courier Mar 1 2026")
    preview(opened).get_by_role("link", name="A second berth opens").hover()
    opened.wait_for_timeout(500)
    expect(preview(opened)).to_be_visible()
    assert violations(opened) == []
    marker(opened, 2).hover()
    expect(preview(opened)).to_contain_text("[2] Freight first")
    expect(preview(opened)).to_have_count(1)
    opened.mouse.move(5, 5)
    expect(preview(opened)).to_be_hidden()
    assert not marker(opened, 1).get_attribute("title")


def test_the_words_of_the_report_are_shown_at_their_own_citation(page, live_server):
    told = [("s1.1", "Opened on Monday."), ("t1.1", "Since Monday.")]
    evidence = [{"passage": passage, "number": 1, "quote": quote} for passage, quote in told]
    factories.live(timezone.now() - timedelta(hours=1), slug="quay", evidence=evidence)
    page.goto(f"{live_server.url}/stories/quay/")
    marker(page, 1).hover()
    expect(preview(page).locator("q")).to_have_text(["Opened on Monday."])
    page.locator(".timeline .marker").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(preview(page).locator("q")).to_have_text(["Since Monday."])
    assert violations(page) == []


def test_the_focus_opens_it_esc_closes_it_and_the_next_stop_is_the_next_marker(opened):
    marker(opened, 1).focus()
    opened.keyboard.press("Shift+Tab")
    opened.keyboard.press("Tab")
    expect(preview(opened)).to_contain_text("[1]")
    expect(marker(opened, 1)).to_have_attribute("aria-describedby", "source-preview")
    opened.keyboard.press("Tab")
    expect(marker(opened, 2)).to_be_focused()
    expect(preview(opened)).to_contain_text("[2]")
    opened.keyboard.press("Escape")
    expect(preview(opened)).to_be_hidden()
    expect(marker(opened, 2)).to_be_focused()
    assert marker(opened, 2).get_attribute("aria-describedby") is None
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#source-2")


def test_a_click_still_leads_to_the_source(opened):
    marker(opened, 1).click()
    assert opened.url.endswith("#source-1")


def test_a_tap_opens_it_a_second_leads_on_and_one_beside_closes_it(browser, live_server, story):
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 760})
    page = context.new_page()
    page.goto(f"{live_server.url}/stories/ferry/")
    marker(page, 1).tap()
    expect(preview(page)).to_contain_text("[1]")
    assert "#" not in page.url
    box = preview(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    page.locator(".headline").tap()
    expect(preview(page)).to_be_hidden()
    marker(page, 1).tap()
    expect(preview(page)).to_be_visible()
    marker(page, 1).tap()
    page.wait_for_url("**/#source-1")
    expect(preview(page)).to_be_hidden()
    context.close()


def test_without_a_script_a_marker_is_a_link_with_a_title(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/stories/ferry/")
    expect(marker(page, 1)).to_have_attribute("title", "Harbour Courier: A second berth opens")
    marker(page, 1).click()
    assert page.url.endswith("#source-1")
    context.close()


def test_an_old_version_shows_its_sources_too(opened, live_server):
    opened.goto(f"{live_server.url}/stories/ferry/versions/1/")
    marker(opened, 1).hover()
    expect(preview(opened)).to_contain_text("[1] A second berth opens")

"""Choosing a source or an outlet marks what rests on it: by keyboard, by touch, and without a script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server):
    factories.live(timezone.now() - timedelta(hours=1), slug="ferry")
    return f"{live_server.url}/stories/ferry/"


def marked(page: Page):
    return page.locator(".sentence.rests")


def bar(page: Page):
    return page.locator(".resting-on.is-floating")


def test_by_keyboard_a_source_marks_its_places_and_esc_takes_the_marks_away(page: Page, address):
    page.goto(address)
    chosen = page.locator("#source-1 a.marks")
    chosen.focus()
    page.keyboard.press("Enter")
    expect(bar(page)).to_contain_text("1 sentence and 1 event resting on [1] A second berth opens, Harbour Courier.")
    expect(marked(page)).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?source=1$"))
    assert violations(page) == []
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(bar(page)).to_have_count(0)
    expect(marked(page)).to_have_count(0)
    expect(chosen).to_be_focused()
    expect(page).to_have_url(address)


def test_another_choice_takes_the_place_of_the_first(page: Page, address):
    page.goto(address)
    page.locator("#source-1 a.marks").click()
    expect(marked(page)).to_have_count(2)
    page.locator("#evidence > summary").click()
    page.get_by_role("link", name="Strait Wire").click()
    expect(bar(page)).to_contain_text("1 sentence resting on reports of Strait Wire.")
    expect(bar(page)).to_have_count(1)
    expect(marked(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?outlet=Strait%20Wire$"))


def test_what_is_folded_opens_when_its_mark_is_next(page: Page, address):
    page.goto(address)
    page.locator("#timeline > summary").click()
    page.locator("#source-1 a.marks").click()
    expect(page.locator("#t1\\.1")).to_be_hidden()
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#t1\\.1")).to_be_in_viewport()


def test_by_touch(browser: Browser, address):
    with browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 700}) as context:
        page = context.new_page()
        page.goto(address)
        page.locator("#source-2 a.marks").tap()
        expect(marked(page)).to_have_count(1)
        page.get_by_role("button", name="Next").tap()
        expect(marked(page)).to_be_in_viewport()
        page.get_by_role("button", name="Close").tap()
        expect(marked(page)).to_have_count(0)


def test_without_a_script_the_page_comes_back_marked(browser: Browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.locator("#source-1 a.marks").click()
        expect(marked(page)).to_have_count(2)
        page.get_by_role("link", name="The second berth opens.").click()
        expect(page).to_have_url(re.compile(r"#t1\.1$"))
        page.get_by_role("link", name="Read without marks").click()
        expect(marked(page)).to_have_count(0)

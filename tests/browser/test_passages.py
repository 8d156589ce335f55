"""The menu of a passage: by pointer, by keyboard, by touch, and without a script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import factories
from tests.browser.accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server):
    factories.live(timezone.now() - timedelta(hours=1), slug="ferry", headline="Ferry sails")
    return f"{live_server.url}/stories/ferry/"


@pytest.fixture
def opened(page: Page, context: BrowserContext, address):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    return page


def sentence(page: Page, id: str):
    return page.locator(f"[id='{id}']")


def click_into(page: Page, id: str):
    sentence(page, id).click(position={"x": 30, "y": 10})


def menu(page: Page):
    return page.get_by_role("group", name="This passage")


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_a_click_opens_the_menu_and_copies_link_and_citation(opened, address):
    click_into(opened, "s1.1")
    expect(menu(opened)).to_be_visible()
    assert violations(opened) == []
    menu(opened).get_by_role("link", name="Link").click()
    expect(menu(opened).get_by_role("status")).to_have_text("Link copied")
    assert copied(opened) == f"{address}versions/1/#s1.1"
    menu(opened).get_by_role("link", name="Cite").click()
    expect(menu(opened).get_by_role("status")).to_have_text("Citation copied")
    first, second, *_ = copied(opened).splitlines()
    assert first == "“The line opened a second berth.”"
    assert second.endswith(f"{address}versions/1/#s1.1")
    expect(opened).to_have_url(address)


def test_one_menu_at_a_time_closed_by_esc_another_place_and_the_same_again(opened):
    click_into(opened, "s1.1")
    click_into(opened, "t1.1")
    expect(menu(opened)).to_have_count(1)
    expect(sentence(opened, "t1.1")).to_have_class(re.compile("is-chosen"))
    opened.keyboard.press("Escape")
    expect(menu(opened)).to_be_hidden()
    click_into(opened, "s1.1")
    click_into(opened, "s1.1")
    expect(menu(opened)).to_be_hidden()
    click_into(opened, "s1.1")
    opened.locator("h1").click()
    expect(menu(opened)).to_be_hidden()


def test_a_marker_and_words_that_are_selected_open_no_menu(opened):
    opened.locator(".sections .marker").first.hover()
    sentence(opened, "s1.1").dblclick(position={"x": 30, "y": 10})
    expect(menu(opened)).to_be_hidden()
    opened.locator(".sections .marker").first.click()
    expect(menu(opened)).to_be_hidden()
    expect(opened).to_have_url(re.compile("#source-1$"))


def test_passages_are_no_stops_until_they_are_entered(opened):
    entry = opened.get_by_role("button", name="Step through the passages")
    opened.keyboard.press("Tab")  # the first sign of a keyboard
    entry.focus()
    expect(entry).to_be_in_viewport()
    opened.keyboard.press("Tab")
    expect(opened.locator(".sections .marker").first).to_be_focused()
    entry.focus()
    opened.keyboard.press("Enter")
    expect(sentence(opened, "s1.1")).to_be_focused()
    opened.keyboard.press("ArrowDown")
    expect(sentence(opened, "s1.2")).to_be_focused()
    opened.keyboard.press("End")
    expect(sentence(opened, "t1.1")).to_be_focused()
    opened.keyboard.press("ArrowDown")
    expect(sentence(opened, "t1.1")).to_be_focused()
    opened.keyboard.press("Escape")
    expect(entry).to_be_focused()


def test_by_keyboard_the_menu_copies_and_gives_the_focus_back(opened, address):
    opened.keyboard.press("Tab")
    opened.get_by_role("button", name="Step through the passages").focus()
    opened.keyboard.press("Enter")
    opened.keyboard.press("Enter")
    expect(menu(opened).get_by_role("link", name="Link")).to_be_focused()
    opened.keyboard.press("ArrowRight")
    expect(menu(opened).get_by_role("link", name="Cite")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(menu(opened).get_by_role("status")).to_have_text("Citation copied")
    opened.keyboard.press("Escape")
    expect(sentence(opened, "s1.1")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(menu(opened)).to_be_visible()
    opened.keyboard.press("Tab")
    expect(menu(opened)).to_be_hidden()
    expect(opened.locator(".sections .marker").first).to_be_focused()


def test_a_passage_in_a_folded_part_is_unfolded(opened):
    opened.locator("#timeline > summary").click()
    opened.get_by_role("button", name="Step through the passages").focus()
    opened.keyboard.press("Enter")
    opened.keyboard.press("End")
    expect(sentence(opened, "t1.1")).to_be_focused()
    expect(sentence(opened, "t1.1")).to_be_in_viewport()


def test_by_touch_a_tap_opens_it_within_the_window(browser: Browser, address):
    with browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 700}) as context:
        page = context.new_page()
        page.goto(address)
        sentence(page, "s1.1").tap(position={"x": 30, "y": 10})
        expect(menu(page)).to_be_visible()
        box = menu(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["height"] >= 40
        page.locator("h1").tap()
        expect(menu(page)).to_be_hidden()


def test_where_nothing_can_be_copied_the_link_is_followed(page: Page, address):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(address)
    click_into(page, "s1.1")
    menu(page).get_by_role("link", name="Cite").click()
    expect(page).to_have_url(f"{address}versions/1/passages/#s1.1")


def test_with_the_server_away_the_reader_is_not_left_without_a_word(opened, address):
    opened.route("**/passages/", lambda route: route.abort())
    click_into(opened, "s1.1")
    menu(opened).get_by_role("link", name="Link").click()
    expect(menu(opened).get_by_role("status")).to_have_text("Link copied")
    opened.unroute("**/passages/")
    menu(opened).get_by_role("link", name="Cite").click()
    expect(menu(opened).get_by_role("status")).to_have_text("Citation copied")


def test_without_a_script_the_page_of_passages_has_it_all(browser: Browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_role("button", name="Step through the passages")).to_have_count(0)
        page.get_by_role("link", name="All passages, to link to and to cite").click()
        first = sentence(page, "s1.1")
        first.get_by_text("Cite").click()
        expect(first.locator(".quotation")).to_contain_text("It rests on:")
        first.get_by_role("link", name="Link").click()
        expect(page).to_have_url(f"{address}versions/1/#s1.1")

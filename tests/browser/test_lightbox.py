"""The gallery, large: by keyboard, buttons and touch; without script each picture leads to a page of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from stories.images.library import add_picture
from tests import factories
from tests.browser.accessibility import violations
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


def entry(side, **fields):
    image = add_picture(as_file(four_corners(side, 400)))
    file = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    told = {"alt_text": f"Corners of {side}", "caption": f"A field of {side}", "credit_line": "Skell Courier"}
    return {**file, **told, "source_url": "https://courier.example/quay", **fields}


def live(sides, **fields):
    gallery = [entry(side) for side in sides]
    return factories.live(timezone.now() - timedelta(hours=1), slug="corners", gallery=gallery, **fields)


def opened(page: Page, live_server, sides=(600, 500, 450), **fields):
    live(sides, **fields)
    page.goto(f"{live_server.url}/stories/corners/")
    page.get_by_role("link", name=f"Corners of {sides[0]}").click()
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    return box


def test_it_goes_by_keys_and_gives_the_focus_back(page, live_server):
    box = opened(page, live_server)
    expect(box.get_by_role("status")).to_have_text("1 of 3")
    expect(box.get_by_text("A field of 600")).to_be_visible()
    expect(box.locator("figure:not([hidden])").get_by_text("Skell Courier")).to_be_visible()
    for key, count in [
        ("ArrowRight", 2),
        ("End", 3),
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("Home", 1),
        ("ArrowLeft", 1),
    ]:
        page.keyboard.press(key)
        expect(box.get_by_role("status")).to_have_text(f"{count} of 3")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.get_by_role("link", name="Corners of 500")).to_be_focused()


def test_the_focus_stays_inside(page, live_server):
    box = opened(page, live_server)
    expect(box.get_by_role("button", name="Close")).to_be_focused()
    for key in ["Tab"] * 9 + ["Shift+Tab"] * 9:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.closest('dialog') !== null")


def test_it_goes_by_buttons_and_has_the_ways_on(page, live_server):
    box = opened(page, live_server)
    box.get_by_role("button", name="Next").click()
    expect(box.get_by_text("A field of 500")).to_be_visible()
    expect(box.get_by_role("link", name="Source")).to_have_attribute("href", "https://courier.example/quay")
    expect(box.get_by_role("link", name="Full size")).to_be_visible()
    expect(box.get_by_role("link", name="About this picture")).to_be_visible()
    box.get_by_role("button", name="Previous").click()
    expect(box.get_by_text("A field of 600")).to_be_visible()
    box.get_by_role("button", name="Close").click()
    expect(box).to_be_hidden()


@pytest.fixture
def finger(browser, live_server):
    """The lightbox on a touch screen, and what draws a finger over it: from, across and down in pixels."""
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 760})
    page = context.new_page()
    touch = context.new_cdp_session(page)

    def at(x, y):
        return [{"x": x, "y": y}]

    def swipe(across: int, down: int = 0):
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at(200, 380)})
        for step in range(1, 7):
            points = at(200 + across * step / 6, 380 + down * step / 6)
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    yield page, swipe
    context.close()


def test_it_goes_by_touch(finger, live_server):
    page, swipe = finger
    live((600, 500, 450))
    page.goto(f"{live_server.url}/stories/corners/")
    page.get_by_role("link", name="Corners of 600").tap()
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    for across, down, count in [(-120, 0, 2), (-20, 0, 2), (-60, 200, 2), (-150, 30, 3), (-120, 0, 3), (120, 0, 2)]:
        swipe(across, down)
        expect(box.get_by_role("status")).to_have_text(f"{count} of 3")


def test_what_is_printed_is_the_story_and_not_what_lies_over_it(page, live_server):
    box = opened(page, live_server)
    page.emulate_media(media="print")
    expect(box).to_be_hidden()
    page.emulate_media(media="screen")
    expect(box).to_be_visible()


def test_from_right_to_left_the_keys_follow_the_page(page, live_server):
    box = opened(page, live_server, language="ar", direction="rtl")
    page.keyboard.press("ArrowLeft")
    expect(box.get_by_role("status")).to_have_text("2 of 3")


def test_one_picture_has_no_next(page, live_server):
    box = opened(page, live_server, sides=(600,))
    expect(box.get_by_role("button")).to_have_count(1)
    expect(box.get_by_role("button", name="Close")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_has_no_fault_that_axe_can_find(page, live_server, width):
    page.set_viewport_size({"width": width, "height": 700})
    opened(page, live_server)
    assert violations(page) == []
    assert page.evaluate("document.querySelector('dialog').scrollWidth <= innerWidth")


def test_without_script_a_picture_leads_to_its_page(browser, live_server):
    live((600,))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/stories/corners/")
    page.get_by_role("link", name="Corners of 600").click()
    expect(page.get_by_role("heading", name="About the picture")).to_be_visible()
    context.close()

"""The focal point by click, by drag, by key and by number, with what each crop keeps seen at once."""

import json
import random

import pytest
from playwright.sync_api import Page, expect

from stories.images.crops import RATIOS, crop_box
from stories.images.library import add_picture
from stories.images.rendering import render_file
from tests.browser.desk import open_as, sign_in
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def image():
    words = {"caption": "Ferries", "alt_text": "Two ferries", "credit_line": "Harbour Courier"}
    return add_picture(as_file(four_corners(1600, 1200)), **words)


@pytest.fixture
def form(page: Page, live_server, image):
    open_as(page, member("Photo desk"), live_server.url, f"/admin/stories/image/{image.pk}/change/")
    expect(page.locator(".focal-marker")).to_be_visible()
    return page


def numbers(page: Page):
    return int(page.get_by_label("% from left").input_value()), int(page.get_by_label("% from top").input_value())


def shown(page: Page):
    """What each piece shows: left, top, right, bottom."""
    found = {}
    for ratio in RATIOS:
        view = page.get_by_role("img", name=f"The picture in {ratio}", exact=True).get_attribute("viewBox") or ""
        left, top, width, height = map(int, view.split())
        found[ratio] = (left, top, left + width, top + height)
    return found


def cut(focal):
    return {ratio: crop_box((1600, 1200), ratio, focal) for ratio in RATIOS}


def point(page: Page, x, y):
    """Where on the window a place of the picture is; x and y from 0 to 1."""
    stage = page.locator(".focal-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def save(page: Page):
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def test_a_click_sets_it_all_previews_follow_and_the_renditions_are_cut_there(form, image):
    form.mouse.click(*point(form, 0.25, 0.75))
    x, y = numbers(form)
    assert abs(x - 25) <= 1
    assert abs(y - 75) <= 1
    assert shown(form) == cut((x, y))
    save(form)
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (x, y)
    assert shown(form) == cut((x, y))
    render_file(image.sha256, at=image.uploaded_at)
    assert {one["ratio"] for one in image.files.get().renditions} == {"", *RATIOS}


def test_a_click_within_the_ring_moves_it_too_and_a_key_on_it_does_not(form):
    form.mouse.click(*point(form, 0.52, 0.5))
    x, _ = numbers(form)
    assert abs(x - 52) <= 1
    form.keyboard.press("Enter")
    form.keyboard.press("Space")
    assert numbers(form)[0] == x


def test_it_is_dragged(form):
    form.mouse.move(*point(form, 0.5, 0.5))
    form.mouse.down()
    form.mouse.move(*point(form, 0.4, 0.2), steps=4)
    form.mouse.move(*point(form, 0.8, -0.5), steps=4)  # out of the picture: it stays at the edge
    form.mouse.up()
    x, y = numbers(form)
    assert (abs(x - 80) <= 1, y) == (True, 0)
    assert shown(form) == cut((x, y))


def test_it_is_moved_by_keys_and_told(form):
    marker = form.get_by_role("button", name="Focal point: 50 % from the left, 50 % from the top.")
    marker.focus()
    for key in ("ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp"):
        form.keyboard.press(key)
    assert numbers(form) == (49, 30)
    expect(form.locator(".focal-told")).to_have_text("49 % from the left, 30 % from the top")
    assert shown(form) == cut((49, 30))
    for _ in range(12):
        form.keyboard.press("Shift+ArrowRight")
    assert numbers(form) == (100, 30)
    form.keyboard.press("Home")
    assert numbers(form) == (50, 50)


def test_numbers_move_it_and_what_is_none_leaves_it(form):
    form.get_by_label("% from left").fill("10")
    assert shown(form) == cut((10, 50))
    form.get_by_label("% from left").fill("400")
    assert shown(form) == cut((10, 50))
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".errorlist").first).to_contain_text("100")


def test_a_picture_that_is_not_cropped_is_shown_whole(form):
    form.get_by_label("May be cropped").uncheck()
    assert set(shown(form).values()) == {(0, 0, 1600, 1200)}
    expect(form.locator(".focal-told")).to_have_text("It is shown whole everywhere.")


def test_its_script_cuts_as_the_server_does(form, live_server):
    chance = random.Random(20)
    cases = []
    for _ in range(2000):
        size = chance.randint(1, 12_000), chance.randint(1, 12_000)
        cases.append((size, chance.choice(list(RATIOS)), (chance.randint(0, 100), chance.randint(0, 100))))
    flat = [(*size, *RATIOS[ratio], *focal) for size, ratio, focal in cases]
    boxes = form.evaluate(
        "async flat => { const { cropBox } = await import('/static/admin/newsdesk/crops.js');"
        " return JSON.parse(flat).map((one) => cropBox(...one)); }",
        json.dumps(flat),
    )
    wanted = [crop_box(*case) for case in cases]
    assert [(left, top, left + width, top + height) for left, top, width, height in boxes] == wanted


@pytest.mark.parametrize("width", [1280, 375])
def test_stage_and_previews_fit_their_window(form, width):
    form.set_viewport_size({"width": width, "height": 800})
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert form.locator(".focal-stage").bounding_box()["width"] > 200


def test_without_a_script_the_numbers_are_saved_and_the_crops_shown(browser, live_server, image):
    member("Photo desk")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/stories/image/{image.pk}/change/")
    sign_in(page, "photo-desk")
    page.get_by_label("% from top").fill("0")
    save(page)
    assert shown(page) == cut((50, 0))
    context.close()

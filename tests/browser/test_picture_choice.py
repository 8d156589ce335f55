"""Choosing pictures of the library for a story."""

import pytest
from playwright.sync_api import expect

from stories.images.library import add_picture
from tests.browser.accessibility import WCAG, faults
from tests.browser.desk import saved
from tests.factories import draft
from tests.stories.admin.story_form import address
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_picture_is_chosen_by_what_it_looks_like_and_the_row_shows_it_at_once(desk):
    add_picture(as_file(four_corners(90, 60)), caption="A crane")
    ferries = add_picture(as_file(), caption="Ferries", credit_line="Strait Wire")
    story = draft()
    page = desk(address(story))
    page.locator("[data-add=gallery]").click()
    page.locator("#gallery-part .select2-selection").click()
    options = page.locator(".select2-results__option .picture-choice")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("Strait Wire")
    expect(options.first.locator("img")).to_have_js_property("naturalWidth", 64)
    page.keyboard.type("ferries")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    heading = page.locator("#gallery-part .picture-row summary h3").last
    expect(heading).to_have_text("Ferries")
    expect(heading.locator("img")).to_have_js_property("naturalWidth", 64)
    saved(page)
    assert [item.image for item in story.gallery.all()] == [ferries]


def test_ticked_pictures_become_a_gallery_in_the_order_of_the_ticks(desk):
    images = [add_picture(as_file(four_corners(side, 60)), caption=f"Picture of {side}") for side in (70, 80, 90)]
    story = draft(headline="Ferries in snow")
    page = desk("/admin/stories/image/")
    for place in (1, 2, 0):  # the newest stands first
        page.locator(".action-select").nth(place).check()
    page.get_by_label("Action:").select_option("make_gallery")
    page.get_by_role("button", name="Go").click()
    page.locator(".select2-selection").click()
    page.keyboard.type("snow")
    options = page.locator(".select2-results__option")
    expect(options).to_have_count(1)  # “Searching…” stands beside what is found for a moment
    expect(options).to_have_text("Ferries in snow")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put 3 pictures into its gallery").click()
    expect(page.get_by_text("3 pictures came to the gallery of “Ferries in snow”.")).to_be_visible()
    assert [item.image for item in story.gallery.all()] == [images[1], images[0], images[2]]


def test_axe_finds_no_fault_in_the_page_that_makes_a_gallery(desk):
    image = add_picture(as_file(), caption="Ferries")
    page = desk(f"/admin/stories/image/make-gallery/?ids={image.pk}")
    expect(page.locator(".select2-selection[aria-label^=Story]")).to_be_visible()
    assert faults(page, WCAG, widths=(375, 1280)) == {}

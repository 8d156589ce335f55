"""Captions and alt text in one list by keyboard; and the grid they are chosen from."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from stories.images.library import add_picture
from stories.models import Image, MetadataTemplate
from tests.browser.accessibility import WCAG, faults
from tests.newsroom import PASSWORD
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)
CAPTIONS, LIST = "/admin/stories/image/captions/", "/admin/stories/image/"


@pytest.fixture
def pictures():
    """Three pictures in the order of the list."""
    return [add_picture(as_file(four_corners(800, height)), caption=f"Ferry {height}") for height in (600, 500, 400)][
        ::-1
    ]


def row(page, picture):
    return page.locator(f"#picture-{picture.pk}")


def state(page, picture):
    return row(page, picture).locator(".row-state")


def stored(picture, *names):
    return Image.objects.filter(pk=picture.pk).values_list(*names).get()


def test_captions_are_written_by_keyboard_from_row_to_row(desk, pictures):
    first, second, _ = pictures
    page = desk(CAPTIONS)
    row(page, first).get_by_label("Caption").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" at the quay")
    page.keyboard.press("Tab")
    page.keyboard.type("Two white ferries")
    expect(state(page, first)).to_have_text("Not saved yet")
    page.keyboard.press("Control+Enter")
    expect(row(page, second).get_by_label("Caption")).to_be_focused()
    expect(state(page, first)).to_have_text("Saved. Still needed: credit line.")
    assert stored(first, "caption", "alt_text") == ("Ferry 400 at the quay", "Two white ferries")

    row(page, second).get_by_label("Credit line").focus()
    page.keyboard.type("Strait Wire")
    page.keyboard.press("Alt+ArrowUp")
    expect(row(page, first).get_by_label("Credit line")).to_be_focused()
    page.keyboard.type("Harbour Courier")
    page.keyboard.press("Alt+ArrowDown")
    expect(row(page, second).get_by_label("Credit line")).to_be_focused()
    expect(state(page, first)).to_have_text("Saved.")
    expect(state(page, second)).to_have_text("Saved. Still needed: alt text.")

    page = desk(f"{CAPTIONS}?ids={first.pk}")
    expect(row(page, first).get_by_label("Alt text", exact=True)).to_have_value("Two white ferries")
    expect(row(page, first).get_by_label("Credit line")).to_have_value("Harbour Courier")


def test_leaving_a_row_saves_it_and_alt_text_equal_to_the_caption_is_questioned_at_once(desk, pictures):
    first, second, _ = pictures
    page = desk(CAPTIONS)
    row(page, first).get_by_label("Alt text", exact=True).fill("Ferry 400")
    expect(row(page, first).locator(".question")).to_contain_text("The alt text is the caption again.")
    row(page, first).get_by_label("Credit line").focus()
    expect(state(page, first)).to_have_text("Not saved yet")
    row(page, second).get_by_label("Caption").focus()
    expect(state(page, first)).to_contain_text("Saved. Still needed: credit line, alt text other than the caption.")
    row(page, first).get_by_label("Alt text", exact=True).fill("A white ferry")
    expect(row(page, first).locator(".question")).to_be_hidden()


@pytest.mark.parametrize(("press", "kept"), [("Keep your caption", "Ferry by me"), ("Take theirs", "Ferry by Bo")])
def test_a_field_that_two_have_changed_is_asked_and_nothing_is_lost(desk, pictures, press, kept):
    first = pictures[0]
    page = desk(CAPTIONS)
    row(page, first).get_by_label("Caption").fill("Ferry by me")
    row(page, first).get_by_label("Alt text", exact=True).fill("Two ferries")
    Image.objects.filter(pk=first.pk).update(caption="Ferry by Bo", credit_line="Bo")
    page.keyboard.press("Control+Enter")
    expect(state(page, first)).to_contain_text("Not all is saved")
    expect(row(page, first).locator(".conflict")).to_contain_text("Caption is now, by somebody else: “Ferry by Bo”")
    expect(row(page, first).get_by_label("Credit line")).to_have_value("Bo")  # nobody touched it here
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+Enter")  # saves nothing while both wait for the choice
    assert stored(first, "caption", "alt_text", "credit_line") == ("Ferry by Bo", "Two ferries", "Bo")
    row(page, first).get_by_role("button", name=press).click()
    expect(state(page, first)).to_have_text("Saved.")
    expect(row(page, first).get_by_label("Caption")).to_have_value(kept)
    assert stored(first, "caption") == (kept,)


def test_a_failed_save_keeps_the_words_and_the_next_try_saves_them(desk, pictures):
    first = pictures[0]
    page = desk(CAPTIONS)
    page.route(f"**{CAPTIONS}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    row(page, first).get_by_label("Caption").fill("Ferry in snow")
    page.keyboard.press("Control+Enter")
    expect(state(page, first)).to_contain_text("Not saved: the server does not answer.")
    expect(row(page, first).get_by_label("Caption")).to_have_value("Ferry in snow")
    page.unroute(f"**{CAPTIONS}")
    row(page, first).get_by_role("button", name="Save").click()
    expect(state(page, first)).to_contain_text("Saved.")
    assert stored(first, "caption") == ("Ferry in snow",)


def test_whoever_is_signed_out_keeps_the_words_and_saves_them_after_signing_in(desk, pictures, live_server):
    first = pictures[0]
    page = desk(CAPTIONS)
    row(page, first).get_by_label("Caption").fill("Ferry in snow")
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    expect(state(page, first)).to_contain_text("Not saved: you are signed out.")
    with page.context.expect_page() as opened:
        state(page, first).get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("Username").fill("editor")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Log in").click()
    tab.wait_for_url(f"{live_server.url}/admin/")
    tab.close()
    row(page, first).get_by_role("button", name="Save").click()
    expect(state(page, first)).to_contain_text("Saved.")
    assert stored(first, "caption") == ("Ferry in snow",)


def test_a_page_with_unsaved_words_asks_before_it_is_left(desk, pictures):
    page = desk(CAPTIONS)
    row(page, pictures[0]).get_by_label("Caption").click()
    page.keyboard.type("Unsaved")
    page.route(f"**{CAPTIONS}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    page.unroute(f"**{CAPTIONS}")
    page.reload()
    assert asked == ["beforeunload"]  # nothing is typed any more


def test_pictures_are_ticked_in_the_grid_and_described_in_the_order_of_the_ticks(desk, pictures):
    first, second, third = pictures
    page = desk(LIST)
    boxes = page.locator(".action-select")
    boxes.nth(2).check()
    boxes.nth(0).check()
    boxes.nth(1).focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("3 of 3 selected")).to_be_visible()
    boxes.nth(1).uncheck()
    page.get_by_label("Action:").select_option("describe_selected")
    page.get_by_role("button", name="Go").click()
    page.wait_for_url(re.compile(f"ids={third.pk},{first.pk}$"))
    boxes = desk(LIST).locator(".action-select")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(boxes.nth(1)).to_be_checked()
    page.locator(".field-picture a", has_text="Ferry 500").click()
    page.wait_for_url(re.compile(f"/{second.pk}/change/"))


def test_axe_finds_no_fault_in_the_pages_of_pictures_and_they_fit_their_window(desk, pictures):
    MetadataTemplate.objects.create(name="Ferries", credit_line="Strait Wire")
    Image.objects.filter(pk=pictures[0].pk).update(alt_text="Ferry 400")
    ids = ",".join(str(picture.pk) for picture in pictures)
    for address in (LIST, f"{LIST}?layout=list", f"{LIST}fill/?ids={ids}", f"{CAPTIONS}?ids={ids}", "/admin/"):
        assert faults(desk(address), WCAG, widths=(375, 1280)) == {}, address

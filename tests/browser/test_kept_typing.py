"""What is typed into a picture's form comes back after a page that was left, an ended session and a refused save."""

import pytest
from playwright.sync_api import Page, expect

from stories.images.library import add_picture
from stories.models import Image
from tests.browser.desk import open_as, sign_in
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def image():
    return add_picture(as_file(four_corners(300, 200)), caption="The quay")


@pytest.fixture
def form(page: Page, live_server, image):
    open_as(page, member("Photo desk"), live_server.url, f"/admin/stories/image/{image.pk}/change/")
    return page


def caption(page: Page):
    return page.get_by_label("Caption:", exact=True)


def is_kept(page: Page, words: str):
    for _ in range(50):
        if words in page.evaluate("JSON.stringify(Object.values(localStorage))"):
            return True
        page.wait_for_timeout(100)
    return False


def leave(page: Page):
    """Away, though the browser asks; and back."""
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    return asked


def test_words_that_were_left_are_asked_about_and_come_back_by_a_click(form, image):
    caption(form).press_sequentially(" at dawn")
    assert leave(form) == ["beforeunload"]
    expect(caption(form)).to_have_value("The quay")
    expect(form.locator(".kept-typing")).to_contain_text("you typed here and did not save: 1 field")
    form.get_by_label("Credit line:", exact=True).press_sequentially("Skell Courier")  # typed beside what is on offer
    assert is_kept(form, "Skell Courier")
    assert is_kept(form, "at dawn")
    form.get_by_role("button", name="Bring it back").click()
    expect(caption(form)).not_to_have_value("The quay")
    form.get_by_role("button", name="Save and continue editing").click()
    expect(form.get_by_text("was changed successfully")).to_be_visible()
    image.refresh_from_db()
    assert ("at dawn" in image.caption, image.credit_line) == (True, "Skell Courier")
    assert not leave(form)
    expect(form.locator(".kept-typing")).to_have_count(0)


LOADS_AT_LAST = """
document.querySelector("#content-main form").addEventListener("submit", ({ currentTarget }) => {
    if (currentTarget.dataset.sending === "now") dispatchEvent(new PageTransitionEvent("pageshow"));
})
"""


def test_what_is_sent_before_the_page_has_loaded_to_its_end_is_not_offered_again(form):
    form.evaluate(LOADS_AT_LAST)
    caption(form).press_sequentially(" at dawn")
    assert is_kept(form, "at dawn")
    caption(form).press_sequentially(" and dusk")
    form.get_by_role("button", name="Save and continue editing").click()
    expect(form.get_by_text("was changed successfully")).to_be_visible()
    expect(form.locator(".kept-typing")).to_have_count(0)
    assert not form.evaluate("Object.keys(localStorage).some((key) => key.startsWith('newsdesk:typed:'))")


def test_what_is_forgotten_does_not_come_back(form):
    caption(form).press_sequentially(" at dawn")
    leave(form)
    form.get_by_role("button", name="Forget it").click()
    assert not leave(form)
    expect(form.locator(".kept-typing")).to_have_count(0)


def test_what_was_refused_is_kept_until_it_is_saved(form):
    caption(form).press_sequentially(" at dawn")
    form.get_by_label("Source address").fill("harbour")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".errornote")).to_be_visible()
    address = form.url
    asked = []
    form.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    caption(form).press("End")
    form.goto(address)
    assert asked == ["beforeunload"]
    form.get_by_role("button", name="Bring it back").click()
    assert "at dawn" in caption(form).input_value()
    expect(form.get_by_label("Source address")).to_have_value("harbour")


def test_an_ended_session_loses_nothing(form, context, image):
    caption(form).press_sequentially(" at dawn")
    context.clear_cookies()
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("You are signed out, so this was not sent.")).to_be_visible()
    assert Image.objects.get().caption == "The quay"
    assert leave(form) == ["beforeunload"]
    sign_in(form, "photo-desk")
    form.get_by_role("button", name="Bring it back").click()
    assert "at dawn" in caption(form).input_value()


def test_another_person_at_this_browser_is_offered_nothing(form, context, live_server, image):
    caption(form).press_sequentially(" at dawn")
    assert is_kept(form, "at dawn")
    context.clear_cookies()
    member("Chief")
    leave(form)
    sign_in(form, "chief")
    expect(caption(form)).to_be_visible()
    expect(form.locator(".kept-typing")).to_have_count(0)

"""A corrected passage leads to its notice and back, by keyboard and without a script; a form leads to the past."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from stories import publishing
from tests import factories
from tests.browser.accessibility import faults
from tests.factories import NOON
from tests.stories.views.test_notices import reworded

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
STORY = "/stories/ferry/"


def corrected(**fields):
    """A story whose first sentence was corrected in Version 2, and whose event got a note."""
    story = reworded(factories.live(slug="ferry", **fields), "second", "third")
    fault = factories.version(story)
    for hours, kind, passage in ((1, "correction", "s1.1"), (2, "editors_note", "t1")):
        at = NOON + hours * HOUR
        publishing.issue_notice(fault, by=None, kind=kind, text="It was the third.", passage=passage, at=at)
    return story


@pytest.fixture
def story():
    return corrected()


@pytest.fixture
def without_script(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def mark(page: Page):
    return page.locator(".sections .notice-mark")


def there_and_back(page: Page, notice_says: str):
    """From the mark to its notice and from there to the passage, with the keyboard alone."""
    mark(page).focus()
    page.keyboard.press("Enter")
    notice = page.locator(".notice:target")
    expect(notice).to_contain_text(notice_says)
    expect(notice).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(notice.get_by_role("link", name="Where it stands")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".sentence:target")).to_be_in_viewport()
    assert page.url.endswith("#s1.1")


@pytest.mark.parametrize(("address", "says"), [(STORY, "Correction"), (f"{STORY}versions/1/", "Corrected later")])
def test_the_keyboard_leads_from_the_mark_to_the_notice_and_back(page: Page, live_server, story, address, says):
    page.emulate_media(reduced_motion="reduce")
    page.goto(live_server.url + address)
    there_and_back(page, says)


@pytest.mark.parametrize(("address", "says"), [(STORY, "Correction"), (f"{STORY}versions/1/", "Corrected later")])
def test_it_does_without_a_script(without_script: Page, live_server, story, address, says):
    page = without_script
    page.goto(live_server.url + address)
    mark(page).click()
    expect(page.locator(".notice:target")).to_contain_text(says)
    page.locator(".notice:target").get_by_role("link", name="Where it stands").click()
    expect(page.locator(".sentence:target")).to_be_in_viewport()


def test_the_notice_leads_to_the_fault_and_that_to_what_mended_it(page: Page, live_server, story):
    page.goto(live_server.url + STORY)
    page.locator(".notice", has_text="Correction").get_by_role("link", name="As it was, in version 1").click()
    expect(page.locator(".sentence:target")).to_contain_text("second berth")
    page.get_by_role("link", name="As it was mended, in version 2").first.click()
    expect(page.locator(".sentence:target")).to_contain_text("third berth")
    page.go_back()
    page.get_by_role("link", name="What changed").first.click()
    expect(page.locator("ins")).to_contain_text(["third"])


@pytest.mark.parametrize("fields", [{}, {"language": "ar"}], ids=["left to right", "right to left"])
def test_axe_finds_no_fault_and_nothing_is_too_wide(page: Page, live_server, fields):
    corrected(**fields)
    for address in (STORY, f"{STORY}versions/1/", f"{STORY}versions/", f"{STORY}versions/?day=2&time=3", "/", "/at/"):
        page.goto(live_server.url + address)
        assert faults(page, widths=(320, 1280)) == {}, address


def test_the_mark_prints_and_the_form_does_not(page: Page, live_server, story):
    page.goto(live_server.url + STORY)
    page.emulate_media(media="print")
    expect(mark(page)).to_be_visible()
    page.goto(f"{live_server.url}{STORY}versions/")
    expect(page.locator(".as-of")).to_be_hidden()


def test_the_past_is_asked_for_without_a_script(without_script: Page, live_server, story):
    page = without_script
    page.goto(live_server.url + STORY)
    page.get_by_role("link", name="The story as of a day").click()
    page.get_by_label("Date").fill("2026-03-02")
    page.get_by_label("Time (UTC)").fill("12:30")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".edition")).to_contain_text("An earlier version, number 1 of 2")
    page.goto(live_server.url)
    page.get_by_label("Date").fill("2026-03-02")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".edition")).to_contain_text("The front page as it stood Mar 2 2026, 23:59 UTC")


def test_what_was_typed_stays_beside_the_sentence_that_says_what_is_wrong(without_script: Page, live_server, story):
    page = without_script
    page.goto(f"{live_server.url}{STORY}versions/?day=31+March&time=12:30")
    expect(page.get_by_label("Date")).to_have_value("31 March")
    expect(page.get_by_label("Date")).to_have_accessible_description(re.compile("^This is no date of the calendar"))
    expect(page.get_by_label("Time (UTC)")).to_have_value("12:30")

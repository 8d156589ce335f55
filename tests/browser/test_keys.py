"""Going about the story's form by its own keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import editor_of
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_sheet_of_keys_opens_from_anywhere_and_gives_the_focus_back(desk):
    page = desk(address(draft()))
    sheet = page.get_by_role("dialog", name="Keys")
    headline = page.get_by_label("Headline")
    headline.focus()
    page.keyboard.press("?")
    expect(sheet).to_be_hidden()
    page.keyboard.press("Control+/")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(headline).to_be_focused()
    page.locator("#s1 summary").focus()
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="Close", exact=True).press("Enter")
    expect(page.locator("#s1 summary")).to_be_focused()


def test_parts_are_reached_by_key_from_inside_a_section_too(desk):
    page = desk(address(draft()))
    page.locator("#s1 summary").press("Enter")
    editor_of(page, "#s1").click()
    page.keyboard.press("Alt+Shift+Digit4")
    expect(page.locator("#timeline-part h2")).to_be_focused()
    page.keyboard.press("Alt+Shift+Digit0")
    expect(page.locator("#findings-heading")).to_be_focused()


def test_control_enter_adds_the_next_row_and_control_shift_s_goes_to_publication(desk):
    story = draft()
    page = desk(address(story))
    page.locator("#id_sources-1-url").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_sources-2-url")).to_be_focused()
    page.keyboard.type("https://new.example/1")
    page.locator("#s1 summary").press("Enter")
    editor_of(page, "#s1").click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_sections-1-heading")).to_be_focused()
    page.keyboard.type("Second")
    page.keyboard.press("Control+Shift+S")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    assert (story.sections.count(), story.sources.count()) == (2, 3)

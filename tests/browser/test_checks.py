"""The pre-publication checks beside the form, while one types."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import editor_of, saved
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_blocks_publication_is_said_while_typing_and_leads_to_its_place(desk):
    page = desk(address(draft()))
    page.locator("#s1 summary").click()
    editor_of(page, "#s1").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" A claim [99].")
    checks = page.locator("#checks")
    link = checks.get_by_role("link", name="cites [99], but the story has no source 99")
    expect(link).to_be_visible()
    expect(page.locator("#refusal-count")).to_have_text("1 problem blocks publication")
    page.locator("#s1 summary").click()
    link.click()
    expect(page.locator("#s1 > details")).to_have_attribute("open", "")
    editor_of(page, "#s1").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Nothing but this [1].")
    expect(checks.locator(".refusals")).to_have_count(0)
    expect(page.locator("#refusal-count")).to_be_hidden()


def test_whoever_stands_on_a_finding_that_is_mended_is_not_lost(desk):
    page = desk(address(draft(timeline=[{"id": "t1", "date": "2026-03-01", "text": "It opens [9]."}])))
    link = page.locator("#checks .refusals a")
    expect(link).to_have_count(1)
    link.focus()
    page.locator("#t1 textarea").evaluate(
        "text => { text.value = 'It opens [1].'; text.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(link).to_have_count(0)
    expect(page.locator("#findings-heading")).to_be_focused()


def test_a_new_story_is_checked_before_it_is_saved(desk):
    page = desk("/admin/stories/story/add/")
    page.get_by_label("Headline").fill("Ferries")
    page.get_by_role("button", name="Add an event").click()
    page.keyboard.type("Feb 30 2026")
    page.get_by_label("What happened").fill("Never.")
    link = page.locator("#checks .refusals a")
    expect(link).to_contain_text("Feb 30 2026")
    page.get_by_label("Headline").focus()
    link.click()
    expect(page.locator("#id_timeline-0-date")).to_be_focused()


def test_the_citation_report_stays_open_while_its_figures_change(desk):
    page = desk(address(draft()))
    page.locator("#checks .report > summary").click()
    expect(page.locator(".citation-report")).to_contain_text("3 of 3 (100 %)")
    page.locator("#t1 textarea").fill("It sails. It stays [1].")
    expect(page.locator(".citation-report")).to_contain_text("3 of 4 (75 %)")
    expect(page.locator(".citation-report")).to_be_visible()
    saved(page)

"""A pasted story becomes a draft: read, mended and saved by keyboard alone."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from stories.draft import read_draft
from stories.models import Story
from tests.browser.accessibility import WCAG, faults
from tests.stories.importing.examples import CLEAN

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/admin/stories/story/import/"
FAULTY = CLEAN.replace("(3 articles)", "(5 articles)").replace("Early 2026 –", "Feb 30 2026 –")


def focused(page: Page):
    return page.locator("*:focus")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button or link of that name has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"“{name}” is not reached by Tab.")


def pasted(page: Page, text: str) -> None:
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    page.keyboard.insert_text(text)
    tab_to(page, "Read it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What was understood")).to_be_focused()


def test_the_reference_is_pasted_mended_and_saved_by_keyboard(desk, shared_story):
    page = desk("/admin/stories/story/")
    tab_to(page, "Import a pasted story")
    page.keyboard.press("Enter")
    pasted(page, re.sub(r"July\s2024", "July 32 2024", shared_story))
    expect(page.locator(".counts")).to_contain_text("5 sections, 20 sentences (19 cited), 30 events, 24 sources")

    remark = page.locator(".remarks a", has_text="July 32 2024")
    remark.focus()
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_value("July 32 2024")
    page.keyboard.press("Control+A")
    page.keyboard.type("July 2024")

    page.locator(".remarks a", has_text="split from its paragraph").first.focus()
    page.keyboard.press("Enter")
    heading, body = page.locator("#id_sections-0-heading"), page.locator("#id_sections-0-body")
    expect(heading).to_be_focused()
    words = heading.input_value()
    page.keyboard.press("End")
    for _ in words.rsplit(" ", 1)[1]:
        page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    expect(body).to_be_focused()
    page.keyboard.press("Control+Home")
    page.keyboard.type(words.rsplit(" ", 1)[1] + " ")
    tab_to(page, "Save as draft")
    page.keyboard.press("Enter")

    expect(page.get_by_text("is a draft now: 5 sections, 20 sentences (19 cited), 30 events")).to_be_visible()
    assert re.search(r"/story/\d+/change/$", page.url)
    stored = read_draft(Story.objects.get())
    assert (len(stored.sections), len(stored.timeline), len(stored.sources), len(stored.gallery)) == (5, 30, 24, 1)
    assert stored.sections[0].heading == words.rsplit(" ", 1)[0]
    assert stored.sections[0].body.startswith(f"<p>{words.rsplit(' ', 1)[1]} ")
    assert stored.timeline[1].date == "2024-07"


def test_enter_in_a_field_stores_nothing_and_forgets_nothing(desk):
    page = desk(PAGE)
    pasted(page, CLEAN)
    page.get_by_label("Standfirst").fill("Mended by hand.")
    page.get_by_label("Headline", exact=True).fill("Mended headline")
    page.get_by_label("Headline", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="What was understood")).to_be_focused()
    expect(page.get_by_label("Standfirst")).to_have_value("Mended by hand.")
    assert not Story.objects.exists()


def test_a_session_that_ended_loses_nothing_that_was_mended(desk):
    page = desk(PAGE)
    pasted(page, CLEAN)
    page.get_by_label("Headline", exact=True).fill("Mended headline")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("You are signed out, so this was not sent.")).to_be_visible()
    expect(page.get_by_label("Headline", exact=True)).to_have_value("Mended headline")
    assert not Story.objects.exists()


def test_a_double_click_imports_once(desk):
    page = desk(PAGE)
    pasted(page, CLEAN)
    page.get_by_role("button", name="Save as draft").dblclick()
    expect(page.get_by_text("is a draft now")).to_be_visible()
    assert Story.objects.filter(parent=None).count() == 1


def test_a_fault_has_the_focus_and_leads_to_its_field(desk):
    page = desk(PAGE)
    pasted(page, CLEAN)
    page.locator("#id_sources-1-url").fill("no address")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.locator(".faults")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_sources-1-url")).to_be_focused()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_fits_its_window(desk, width):
    page = desk(PAGE)
    page.set_viewport_size({"width": width, "height": 800})
    pasted(page, CLEAN)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.eval_on_selector_all(
        ".import-form :is(button:not(.visually-hidden), .tick, summary, input[type=text], select)",
        "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML.slice(0, 80))",
    )
    assert small == []


def test_each_face_of_the_page_is_accessible(desk):
    page = desk(PAGE)

    def check() -> None:
        assert faults(page, WCAG, widths=(1280,)) == {}

    check()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".faults")).to_be_focused()
    check()
    page.get_by_label("Text", exact=True).fill(FAULTY)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="What was understood")).to_be_focused()
    check()
    page.locator("#id_sources-0-url").fill("no address")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.locator(".faults")).to_be_focused()
    check()

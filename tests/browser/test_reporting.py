"""A reader reports an error: by keyboard from a passage, without a script, and on a small screen."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from stories.models import ErrorReport
from stories.views import report as view
from tests import factories
from tests.browser.accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server, monkeypatch):
    monkeypatch.setattr(view, "SOONEST", timedelta(0))
    factories.live(timezone.now() - timedelta(hours=1), slug="ferry", headline="Ferry sails")
    return f"{live_server.url}/stories/ferry/"


def test_a_sentence_is_reported_by_keyboard_from_its_menu(page: Page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Step through the passages").focus()
    for key in ("Enter", "ArrowDown", "Enter", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".about-passage")).to_contain_text("Freight moved first")
    page.get_by_label("What is wrong?").focus()
    page.keyboard.type("Freight moved last.")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Send the report")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    report = ErrorReport.objects.get()
    assert (report.passage, report.text) == ("s1.2", "Freight moved last.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_with_its_faults_is_accessible_and_fits(page: Page, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(address)
    page.get_by_role("link", name="Report an error in this story").click()
    assert violations(page) == []
    page.get_by_label("Your e-mail").fill("ada")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Say what is wrong.")).to_be_visible()
    expect(page.get_by_label("What is wrong?")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_label("Leave this empty")).not_to_be_in_viewport()


def test_without_a_script_a_sentence_is_reported_from_the_page_of_passages(browser: Browser, address):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}versions/1/passages/")
        page.locator("[id='t1.1']").get_by_role("link", name="Report an error").click()
        page.get_by_label("What is wrong?").fill("It opened in another month.")
        page.get_by_role("button", name="Send the report").dblclick()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert ErrorReport.objects.get().passage == "t1.1"


def test_any_page_is_reported_by_touch(browser: Browser, address):
    with browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 700}) as context:
        page = context.new_page()
        page.goto(re.sub("/stories/.*", "/corrections/", address))
        page.get_by_role("link", name="Report an error").tap()
        page.get_by_label("What is wrong?").fill("A correction is missing here.")
        page.get_by_role("button", name="Send the report").tap()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert ErrorReport.objects.get().page == "/corrections/"

"""A reader finds a story: by the field on every page, by suggestions, by filters, by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stories():
    at = timezone.now() - timedelta(hours=1)
    factories.live(at, headline="Ferry line opens a night crossing", slug="night")
    factories.live(at, headline="Ferries rest in the storm", slug="storm", topic={"slug": "sport", "name": "Sport"})
    factories.live(at, headline="عبّارة في العاصفة", slug="ar", language="ar")


def test_suggestions_are_gone_through_by_keys_and_lead_to_their_story(page: Page, live_server, stories):
    page.goto(f"{live_server.url}/search/")
    field = page.get_by_role("combobox", name="Search the stories")
    expect(field).to_be_focused()
    page.keyboard.type("ferr")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.get_by_role("status")).to_have_text("Headlines that have it: 2")
    for key, chosen in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", None), ("ArrowUp", 1), ("Escape", None)):
        page.keyboard.press(key)
        if chosen is not None:
            expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
            expect(field).to_have_attribute("aria-activedescendant", f"suggested-{chosen}")
        else:
            expect(page.locator("[aria-selected=true]")).to_have_count(0)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type("y li")
    expect(options).to_have_text(["Ferry line opens a night crossing"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/night/")


def test_from_any_page_to_a_passage_without_a_script(browser, live_server, stories):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/stories/storm/")
    page.get_by_label("Search the stories").fill("operators")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3 stories")).to_be_visible()
    page.get_by_role("link", name="Sport 1").click()
    expect(page.get_by_role("heading", name="1 story")).to_be_visible()
    page.get_by_role("link", name="Freight moved first").click()
    page.wait_for_url("**/stories/storm/#s1.2")
    context.close()


def test_a_small_screen_has_the_way_to_the_page_alone(page: Page, live_server, stories):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/")
    expect(page.get_by_label("Search the stories")).to_be_hidden()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("combobox")).to_be_focused()


def test_every_state_of_the_page_is_accessible_and_fits(page: Page, live_server, stories):
    for query in (
        "",
        "?q=ferry+line",
        "?q=okapi+ferry&topic=sport",
        "?q=%21",
        "?q=ferry&since=2026-01-01",
        "?q=العاصفة",
    ):
        page.goto(f"{live_server.url}/search/{query}")
        assert faults(page) == {}, query
    page.goto(f"{live_server.url}/ar/search/")
    page.get_by_role("combobox").press_sequentially("ferr")
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults(page) == {}

"""What comes with the first sign of a reader: not before, in time for a quicker click, and never in the way."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.test_lightbox import entry

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = ("marks.js", "passages.js", "lightbox.js", "lightbox.css")


@pytest.fixture
def address(live_server):
    factories.live(timezone.now() - timedelta(hours=1), slug="corners", gallery=[entry(600), entry(500)])
    return f"{live_server.url}/stories/corners/"


def test_nothing_of_it_comes_before_a_pointer_moves(page: Page, address):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address, wait_until="networkidle")
    assert not set(PARTS) & set(asked)
    page.mouse.move(200, 200)
    page.mouse.move(210, 210)
    expect(page.get_by_role("button", name="Step through the passages")).to_have_count(1)
    assert set(PARTS) <= set(asked)


def test_a_click_that_is_quicker_is_done_once_it_is_there(page: Page, address):
    page.route("**/lightbox.js", lambda route: (time.sleep(1), route.continue_()))
    page.goto(address)
    page.get_by_role("link", name="Corners of 600").click(no_wait_after=True)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(address)


def test_what_does_not_come_leaves_links_what_they_are(page: Page, address):
    page.route("**/lightbox.js", lambda route: route.abort())
    page.goto(address)
    page.get_by_role("link", name="Corners of 600").click()
    page.wait_for_url("**/pictures/*/")

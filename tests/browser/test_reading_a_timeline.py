"""A reader's timeline in the browser: order and source at once, and the sources in the margin."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.accessibility import violations

pytestmark = pytest.mark.django_db(transaction=True)
DATES = ("2023", "2024-02-01", "2024-02-20", "2025-07")
BESIDE = """(event) => {
    const when = document.createRange();
    when.selectNodeContents(event.querySelector(".when"));
    const [date, text] = [when, event.querySelector(".what")].map((one) => one.getBoundingClientRect());
    return Math.max(date.left - text.right, text.left - date.right);
}"""
NOTE = "marker => getComputedStyle(marker, '::before').content"


@pytest.fixture
def opened(page: Page, live_server):
    timeline = [{"id": f"t{k}", "date": date, "text": f"It moved [{1 + k % 2}]."} for k, date in enumerate(DATES, 1)]
    factories.live(timezone.now() - timedelta(hours=1), slug="ferry", timeline=timeline)
    page.goto(f"{live_server.url}/stories/ferry/")
    return page


def shown(page: Page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('.event')].filter(e => e.checkVisibility()).map(e => e.id)")


def test_order_and_source_are_chosen_in_place_and_kept_in_the_address(opened):
    opened.get_by_label("Order").select_option("Newest first")
    assert shown(opened) == ["t4", "t3", "t2", "t1"]
    opened.get_by_label("Resting on").select_option("1")
    assert shown(opened) == ["t4", "t2"]
    expect(opened.locator(".timeline-told")).to_have_text(re.compile(r"rest on \[1\] Harbour Courier \(2\)"))
    expect(opened.get_by_role("heading", name="2023")).to_be_hidden()
    years = opened.locator(".year-jump a").filter(visible=True).all_text_contents()
    assert years == ["2025 1", "2024 2"]
    assert violations(opened) == []
    opened.reload()
    assert shown(opened) == ["t4", "t2"]
    opened.get_by_role("link", name="All events").click()
    assert shown(opened) == ["t4", "t3", "t2", "t1"]
    opened.get_by_label("Order").select_option("Oldest first")
    assert shown(opened) == ["t1", "t2", "t3", "t4"]


def test_the_margin_carries_the_sources_where_there_is_room(opened):
    first = opened.locator(".sections .marker").first
    opened.set_viewport_size({"width": 1280, "height": 800})
    assert "Harbour Courier, Mar 1 2026" in first.evaluate(NOTE)
    assert opened.locator("[id='s1.1']").inner_text() == "The line opened a second berth\u202f[1]."
    for width in (1152, 1248, 1280, 1920):
        opened.set_viewport_size({"width": width, "height": 800})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, width
    opened.set_viewport_size({"width": 1100, "height": 800})
    assert first.evaluate(NOTE) == "none"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_dates_and_years_keep_to_the_storys_side_of_the_spine(page, live_server, language):
    event = {"id": "t1", "date": "2026-03-01", "text": "The second berth opens."}
    factories.live(timezone.now() - timedelta(hours=1), slug="quay", language=language, timeline=[event])
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{live_server.url}/stories/quay/")
    assert 36 < page.locator(".event").evaluate(BESIDE) < 60
    page.set_viewport_size({"width": 375, "height": 800})
    sides = page.evaluate(
        "[...document.querySelectorAll('.years h3, .years')].map(one => getComputedStyle(one).direction)"
    )
    assert sides == (["rtl", "rtl"] if language == "ar" else ["ltr", "ltr"])

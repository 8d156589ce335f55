"""A timeline typed, pasted and put in order by keyboard."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import saved
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)
EVENTS = [{"id": f"t{key}", "date": f"2026-03-0{key}", "text": f"Event {key} [1]."} for key in (1, 2, 3)]


def typed_dates(page: Page) -> list[str]:
    return page.locator("[data-rows=timeline] .cell-when input").evaluate_all("inputs => inputs.map(i => i.value)")


def lines(page: Page):
    return page.get_by_label("Add events, one a line")


def test_thirty_pasted_lines_become_events_in_their_places(desk):
    story = draft(timeline=EVENTS)
    page = desk(address(story))
    days = [date(2026, 2, 1) + timedelta(days=37 * n % 61) for n in range(28)]
    pasted = [
        f"{day:%b} {day.day} {day.year} – The ferry sails for the {n}th time [{n % 2 + 1}]."
        for n, day in enumerate(days)
    ]
    pasted += ["July 2024 – A month [1].", "Dec 6–7 2025 – Two days [2]."]
    lines(page).fill("\n".join(pasted))
    lines(page).press("Enter")
    expect(page.locator("#events-said")).to_contain_text("30 events added, each in its place.")
    expect(lines(page)).to_be_focused()
    shown = typed_dates(page)
    assert shown[:2] == ["July 2024", "Dec 6–7 2025"]
    saved(page)
    assert story.timeline.count() == 33
    assert typed_dates(page) == shown


def test_a_line_that_cannot_be_dated_is_kept_and_led_to(desk):
    page = desk(address(draft(timeline=EVENTS)))
    lines(page).fill("Feb 30 2026 – Never [1].")
    lines(page).press("Enter")
    link = page.locator("#events-said a")
    expect(link).to_contain_text("Feb 30 2026")
    link.click()
    expect(page.locator(".event-row").last.locator(".cell-when input")).to_be_focused()
    page.get_by_role("button", name="Take it out again").click()
    expect(page.locator(".event-row").last).to_have_class(re.compile("is-removed"))


def test_an_event_goes_to_its_place_while_its_date_is_typed(desk):
    page = desk(address(draft(timeline=EVENTS)))
    field = page.locator("#t3 .cell-when input")
    field.fill("")
    field.press_sequentially("1 March 2026")
    expect(page.locator("#t3 .date-reads")).to_have_text("read as Mar 1 2026")
    expect(page.locator("#t1 + #t3")).to_have_count(1)
    expect(field).to_be_focused()
    expect(page.locator("#events-said")).to_contain_text("now stands before Mar 2 2026")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#t3 + #t1")).to_have_count(1)
    expect(field).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#events-said")).to_contain_text("Change the date to move this one.")
    page.keyboard.press("Enter")
    expect(page.locator("#t3 textarea")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#t2 .cell-when input")).to_be_focused()


def test_an_event_is_dragged_among_those_of_its_date_only(desk):
    story = draft(timeline=[*EVENTS, {"id": "t4", "date": "2026-03-03", "text": "Event 4 [1]."}])
    page = desk(address(story))
    page.locator("#t4 h3").drag_to(page.locator("#t3 h3"), target_position={"x": 5, "y": 2})
    expect(page.locator("#t4 + #t3")).to_have_count(1)
    expect(page.locator("#t4")).to_have_attribute("data-moment", re.compile("2026-03-03"))
    for event in ("#t1", "#t2", "#t3", "#t4"):
        expect(page.locator(event)).to_have_css("transform", "none")  # what is still sliding cannot be dragged
    page.locator("#t3 h3").drag_to(page.locator("#t1 h3"), target_position={"x": 5, "y": 2})
    expect(page.locator("#events-said")).to_contain_text("Change the date to move this one.")
    expect(page.locator("#t4 + #t3")).to_have_count(1)
    saved(page)
    assert [event.passage_id for event in story.timeline.all()] == ["t1", "t2", "t4", "t3"]


def test_a_save_takes_lines_along_that_are_not_added_yet(desk):
    story = draft(timeline=EVENTS)
    page = desk(address(story))
    lines(page).fill("May 1 2026 – Typed and not entered [1].")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert story.timeline.get(key=4).text == "Typed and not entered [1]."


def test_lines_that_cannot_be_added_hold_the_save_and_are_brought_back(desk):
    story = draft(timeline=EVENTS)
    page = desk(address(story))
    page.route("**/read-lines/", lambda route: route.abort())
    lines(page).fill("May 1 2026 – Kept [1].")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert").get_by_text("could not be added, so this was not sent")).to_be_visible()
    expect(lines(page)).to_have_value("May 1 2026 – Kept [1].")
    expect(page.locator("#kept")).to_contain_text("typed text kept at")
    page.goto("about:blank")
    page.on("dialog", lambda dialog: dialog.accept())
    desk(address(story))
    page.get_by_role("button", name="Bring it back").or_(page.get_by_role("link", name="Bring it back")).first.click()
    expect(lines(page)).to_have_value("May 1 2026 – Kept [1].")


def test_lines_stay_when_the_server_does_not_answer(desk):
    page = desk(address(draft(timeline=EVENTS)))
    page.route("**/read-lines/", lambda route: route.abort())
    lines(page).fill("May 1 2026 – Kept [1].")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#events-said")).to_contain_text("Nothing was added.")
    expect(lines(page)).to_have_value("May 1 2026 – Kept [1].")

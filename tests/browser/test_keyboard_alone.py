"""A running story of the usual size, written, sourced, dated and saved without a mouse."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from stories.models import Image, Story
from tests.browser.desk import editor_of

pytestmark = pytest.mark.django_db(transaction=True)
SOURCES, EVENTS, SECTIONS, SUB_STORIES = 24, 30, 5, 22
SUBJECTS = ("The mediator", "The islands", "The ferry line", "The crews")


def sources() -> str:
    line = "Report {n} on the strait – Strait Wire – {day:%b} {day.day} {day.year} – https://wire.example/{n}?utm_source=mail"
    return "\n".join(line.format(n=n, day=date(2026, 1, 1) + timedelta(days=n)) for n in range(1, SOURCES + 1))


def events() -> str:
    days = [date(2025, 12, 30) - timedelta(days=3 * n) for n in range(EVENTS - 2)]
    lines = [f"{day:%b} {day.day} {day.year} – Round {n} of the talks [{n % 21 + 1}]." for n, day in enumerate(days)]
    return "\n".join([*lines, "July 2024 – The first letter [1].", "Dec 6–7 2025 – Two days at sea [2]."])


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def part(page: Page, number: int) -> None:
    page.keyboard.press(f"Alt+Shift+Digit{number}")


def write_section(page: Page, number: int) -> None:
    page.keyboard.type(f"Part {number} of the talks")
    body = editor_of(page, f"[data-rows=sections] > .row:nth-child({number})")
    page.keyboard.press("Tab")
    expect(body).to_be_focused()
    for count, subject in enumerate(SUBJECTS, 1):
        page.keyboard.type(f"{subject} said so in part {number}")
        if (number, count) != (SECTIONS, len(SUBJECTS)):
            page.keyboard.press("Control+k")
            expect(page.get_by_role("combobox", name="Find a source to cite")).to_be_focused()
            page.keyboard.type(f"report {4 * number + count - 4} strait")
            page.keyboard.press("Enter")
            expect(body).to_be_focused()
        page.keyboard.type(". ")


def test_a_story_of_the_usual_size_is_written_by_keyboard_alone(desk):
    Image.objects.create(headline="Quay at dawn", alt_text="A quay.", caption="The quay.", credit_line="Wire")
    page = desk("/admin/stories/story/add/")
    part(page, 1)
    tab_to(page, "#id_headline")
    page.keyboard.type("Strait talks go on")

    part(page, 3)
    tab_to(page, "[data-paste-sources]")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(sources())
    page.keyboard.press("Control+Enter")
    expect(page.locator("#paste-sources-said")).to_contain_text("24 sources added: [1]–[24]")
    page.keyboard.press("Escape")

    part(page, 2)
    tab_to(page, "[data-add=sections]")
    page.keyboard.press("Enter")
    for number in range(1, SECTIONS + 1):
        write_section(page, number)
        if number < SECTIONS:
            page.keyboard.press("Control+Enter")

    part(page, 4)
    tab_to(page, "#event-lines")
    page.keyboard.insert_text(events())
    page.keyboard.press("Enter")
    expect(page.locator("#events-said")).to_contain_text("30 events added, each in its place.")

    part(page, 5)
    tab_to(page, "[data-add=gallery]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field")).to_be_focused()
    page.keyboard.type("Quay")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Quay at dawn")
    page.keyboard.press("Enter")

    part(page, 6)
    tab_to(page, "[data-add=resources]")
    page.keyboard.press("Enter")
    for number in (1, 2):
        page.keyboard.type(f"The treaty, part {number}")
        page.keyboard.press("Tab")
        page.keyboard.type(f"https://treaty.example/{number}")
        if number == 1:
            page.keyboard.press("Control+Enter")

    part(page, 7)
    tab_to(page, "#id_new_sub_stories")
    page.keyboard.insert_text("\n".join(f"Deeper {number}" for number in range(1, SUB_STORIES + 1)))
    page.keyboard.press("Control+s")
    expect(page.get_by_text("The draft is saved.")).to_be_visible(timeout=30_000)

    story = Story.objects.get(headline="Strait talks go on")
    sentences = [sentence for section in story.sections.all() for sentence in section.sentences]
    assert (len(sentences), [bool(sentence["cites"]) for sentence in sentences].count(True)) == (20, 19)
    assert [sentence["cites"] for sentence in sentences[:3]] == [[1], [2], [3]]
    assert (story.sources.count(), story.timeline.count(), story.gallery.count(), story.resources.count()) == (
        24,
        30,
        1,
        2,
    )
    assert story.timeline.order_by("position").first().date == "2024-07"
    assert story.sources.get(number=24).article.url == "https://wire.example/24"
    assert Story.objects.filter(parent=story).count() == SUB_STORIES

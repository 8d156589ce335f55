"""Lists of sources, pasted into a story by keyboard alone."""

import json

import pytest
from playwright.sync_api import Page, expect

from stories.models import Article, Story
from tests.browser.accessibility import WCAG, faults
from tests.browser.desk import saved
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)
OUTLETS = ("Harbour Courier", "Strait Wire", "Isle Gazette")


def empty_story() -> Story:
    return draft(sources=[], sections=[], timeline=[])


def listed(numbers) -> str:
    tracked = "?utm_source=mail&fbclid=q"
    return "\n".join(
        f"[{n}] Report {n} – {OUTLETS[n % 3]} – Mar {n} 2026 – https://pasted.example/{n}{tracked}" for n in numbers
    )


def insert(page: Page, words: str) -> None:
    """As the keyboard pastes: at once, into what has the focus."""
    page.keyboard.insert_text(words)


def clipboard(page: Page, words: str) -> None:
    """Paste from the clipboard into what has the focus."""
    page.evaluate(
        """words => {
            const data = new DataTransfer();
            data.setData("text/plain", words);
            const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(paste);
        }""",
        words,
    )


def outcome(page: Page):
    return page.locator("#paste-sources-said")


def row_values(page: Page, name: str) -> list[str]:
    rows = page.locator(f"[data-rows=sources] > .row [name$='-{name}']")
    return [rows.nth(index).input_value() for index in range(rows.count())]


def test_24_sources_are_pasted_by_keyboard_alone(desk):
    draft(sources=[{"number": 1, "title": "Known for long", "url": "https://pasted.example/5", "language": "en"}])
    story = empty_story()
    page = desk(address(story))
    page.get_by_role("button", name="Paste a list…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Paste a list of sources")).to_be_visible()
    expect(page.get_by_label("The list", exact=True)).to_be_focused()
    insert(page, listed(range(1, 25)))
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("24 sources added: [1]–[24]; one is a report that Newsdesk already knows.")
    expect(page.get_by_role("dialog").get_by_role("button", name="Close", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Paste a list…")).to_be_focused()
    assert row_values(page, "number") == [str(number) for number in range(1, 25)]
    assert row_values(page, "published")[0] == "2026-03-01"
    page.keyboard.press("Control+s")
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    sources = {source.number: source.article for source in story.sources.select_related("article__outlet")}
    assert [sources[number].url for number in range(1, 25)] == [f"https://pasted.example/{n}" for n in range(1, 25)]
    assert (sources[7].title, sources[7].outlet.name, str(sources[7].published)) == (
        "Report 7",
        "Strait Wire",
        "2026-03-07",
    )
    assert Article.objects.filter(url__startswith="https://pasted.example/").count() == 24
    assert sources[5].title == "Known for long"


def test_a_list_pasted_into_an_address_begins_in_that_row(desk):
    story = draft()
    page = desk(address(story))
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-2-number")).to_have_value("3")
    clipboard(page, "https://pasted.example/1\nhttps://pasted.example/2")
    expect(page.get_by_label("The list", exact=True)).to_have_value(
        "https://pasted.example/1\nhttps://pasted.example/2"
    )
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("2 sources added: [3]–[4].")
    page.keyboard.press("Enter")  # on Close, which has the focus
    expect(page.locator("#id_sources-2-url")).to_be_focused()
    saved(page)
    assert list(story.sources.values_list("number", "article__url"))[2:] == [
        (3, "https://pasted.example/1"),
        (4, "https://pasted.example/2"),
    ]


def test_a_list_pasted_into_a_row_that_is_to_be_removed_gets_rows_of_its_own(desk):
    story = draft()
    page = desk(address(story))
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-2-number")).to_have_value("3")
    page.locator("[name=sources-2-DELETE]").check()
    page.locator("#id_sources-2-url").focus()
    clipboard(page, "https://pasted.example/1\nhttps://pasted.example/2")
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("2 sources added: [4]–[5].")
    page.keyboard.press("Escape")
    saved(page)
    assert list(story.sources.values_list("number", flat=True)) == [1, 2, 4, 5]


def test_one_address_pasted_into_a_row_opens_nothing(desk):
    page = desk(address(draft()))
    page.locator("#id_sources-0-url").focus()
    for words in ("https://pasted.example/1\n", "https://web.archive.org/web/2026/https://a.example/"):
        clipboard(page, words)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_not_understood_stays_to_be_mended_and_nothing_is_added_twice(desk):
    story = draft()
    known = story.sources.get(number=2).article.url
    page = desk(address(story))
    page.get_by_role("button", name="Paste a list…").click()
    insert(page, f"Links of the day\n{known}\nhttps://pasted.example/1\nReport without address")
    page.get_by_role("button", name="Add them").click()
    expect(outcome(page)).to_contain_text("1 source added: [3].")
    expect(outcome(page)).to_contain_text(f"{known} is source [2].")
    expect(outcome(page)).to_contain_text("Line 1: There is no web address in this line.")
    expect(page.get_by_label("The list", exact=True)).to_have_value("Links of the day\nReport without address")
    expect(page.get_by_label("The list", exact=True)).to_be_focused()
    insert(page, "\nhttps://pasted.example/1\nhttps://pasted.example/2")
    page.keyboard.press("Control+a")
    insert(page, "https://pasted.example/1\nhttps://pasted.example/2")
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("1 source added: [4].")
    expect(outcome(page)).to_contain_text("https://pasted.example/1 is source [3].")
    page.keyboard.press("Escape")
    saved(page)
    assert story.sources.count() == 4


def test_files_are_taken_in_the_encoding_they_have(desk):
    page = desk(address(empty_story()))
    page.get_by_role("button", name="Paste a list…").click()
    table = "Titel;Link\nFähren im Winter;https://pasted.example/1"
    for name, encoding in (("utf-8.csv", "utf-8-sig"), ("old.csv", "cp1252"), ("wide.csv", "utf-16")):
        content = {"name": name, "mimeType": "text/csv", "buffer": table.encode(encoding)}
        page.get_by_label("Or take it from a file").set_input_files(content)
        expect(outcome(page)).to_contain_text(name)
        expect(page.get_by_label("The list", exact=True)).to_have_value(table)
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("1 source added: [1].")
    assert row_values(page, "title") == ["Fähren im Winter"]


def test_a_new_story_takes_a_list_before_and_after_it_is_begun(desk):
    page = desk("/admin/stories/story/add/")
    page.get_by_role("button", name="Paste a list…").click()
    insert(page, listed(range(1, 4)))
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("3 sources added: [1]–[3].")
    page.keyboard.press("Escape")
    expect(page.locator("#kept")).to_contain_text("typed text kept at", timeout=15_000)
    page.get_by_role("button", name="Paste a list…").click()
    insert(page, json.dumps([{"title": "From a library", "URL": "https://pasted.example/9"}]))
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("1 source added: [4].")
    page.keyboard.press("Escape")
    page.get_by_label("Headline").fill("A story of pasted sources")
    saved(page)
    assert list(Story.objects.get().sources.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_without_a_server_the_list_stays(desk, context):
    page = desk(address(draft()))
    page.get_by_role("button", name="Paste a list…").click()
    insert(page, "https://pasted.example/1")
    context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("The server does not answer, so nothing was added.")
    expect(page.get_by_label("The list", exact=True)).to_have_value("https://pasted.example/1")
    context.set_offline(False)
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("1 source added: [3].")


def test_the_dialog_is_accessible_and_fits_a_telephone(desk):
    page = desk(address(draft()))
    page.set_viewport_size({"width": 375, "height": 700})
    page.get_by_role("button", name="Paste a list…").click()
    insert(page, "words\nhttps://pasted.example/1\n" + "x" * 300)
    page.keyboard.press("Control+Enter")
    expect(outcome(page)).to_contain_text("1 source added")
    assert page.evaluate("document.querySelector('.desk-dialog').scrollWidth") <= 375
    assert faults(page, WCAG, widths=(375,)) == {}

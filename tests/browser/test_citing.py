"""Citing while writing: found, inserted, marked, shown, and never left without a source by mistake."""

import pytest
from playwright.sync_api import Page, expect

from stories.models import Evidence
from tests.browser.accessibility import WCAG, faults
from tests.browser.desk import editor_of, saved
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)


def highlighted(page: Page, name: str) -> list[str]:
    """The words that CKEditor's frame marks under the name."""
    return page.evaluate(
        """name => {
            const frame = Object.values(CKEDITOR.instances)[0].window.$;
            return [...(frame.CSS.highlights.get(name) ?? [])].map(String);
        }""",
        name,
    )


def wait_for_highlights(page: Page, name: str, count: int) -> None:
    """The editor marks what stands in it a moment after it is there."""
    for _ in range(100):
        if len(highlighted(page, name)) == count:
            return
        page.wait_for_timeout(50)


def written_in(page: Page, story):
    page.locator("#s1 summary").click()
    body = editor_of(page, "#s1")
    body.click()
    page.keyboard.press("Control+End")
    return body


def finder(page: Page):
    return page.get_by_role("combobox", name="Find a source to cite")


def test_a_few_words_and_enter_cite_a_source_in_a_section(desk):
    story = draft()
    page = desk(address(story))
    body = written_in(page, story)
    page.keyboard.type(" More of it")
    page.keyboard.press("Control+k")
    expect(finder(page)).to_be_focused()
    page.keyboard.type("freight wire")
    expect(page.locator(".finder [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type(". On.")
    expect(body).to_contain_text("More of it [2]. On.")
    saved(page)
    assert "More of it [2]. On." in story.sections.get().body


def test_the_cite_button_finds_sources_that_are_not_saved_yet(desk):
    story = draft()
    page = desk(address(story))
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-2-number")).to_have_value("3")
    page.locator("#id_sources-2-title").fill("Zebra crossings at sea")
    body = written_in(page, story)
    page.get_by_role("button", name="Cite (Ctrl+K)").click()
    page.keyboard.type("zebra")
    page.keyboard.press("Enter")
    expect(body).to_contain_text("[3]")


def test_an_address_in_the_finder_becomes_a_source_and_is_cited(desk):
    story = draft()
    page = desk(address(story))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And then")
    page.get_by_role("button", name="Cite…").click()
    page.keyboard.type("https://fresh.example/report?utm_source=mail")
    page.keyboard.press("Enter")
    expect(text).to_have_value("The second berth opens [1]. And then [3]")
    expect(text).to_be_focused()
    saved(page)
    assert story.sources.get(number=3).article.url == "https://fresh.example/report"


def test_several_sources_are_cited_at_once_and_escape_leaves_the_text_alone(desk):
    story = draft()
    page = desk(address(story))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+k")
    page.keyboard.type("2, 1")
    page.keyboard.press("Enter")
    expect(text).to_have_value("The second berth opens [1]. [2, 1]")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(finder(page)).to_be_hidden()
    page.keyboard.type("!")
    expect(text).to_have_value("The second berth opens [1]. [2, 1]!")


def test_words_that_are_selected_stay_when_they_are_cited(desk):
    page = desk(address(draft()))
    text = page.locator("#t1 textarea")
    text.focus()
    text.evaluate("text => text.setSelectionRange(4, 10)")
    page.keyboard.press("Control+k")
    page.keyboard.type("freight")
    page.keyboard.press("Enter")
    expect(text).to_have_value("The second [2] berth opens [1].")
    page.locator("#s1 summary").click()
    body = editor_of(page, "#s1")
    body.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.keyboard.type("berth")
    page.keyboard.press("Enter")
    expect(body).to_contain_text("the operator said [2]. [1]")


def test_a_date_finds_and_a_range_cites_but_never_a_number_that_is_not_there(desk):
    sources = [{"number": n, "title": f"R{n}", "published": "2026-03-01"} for n in (1, 2, 3)]
    page = desk(address(draft(sources=sources)))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+k")
    page.keyboard.type("2026-03-01")
    expect(page.locator(".finder [role=option]")).to_have_count(3)
    finder(page).fill("1-9")
    expect(page.locator(".finder [role=option]")).to_have_count(0)
    finder(page).fill("1–3")
    page.keyboard.press("Enter")
    expect(text).to_have_value("The second berth opens [1]. [1–3]")


def test_a_new_address_is_cited_where_it_was_asked_for_however_late_its_number_comes(desk):
    story = draft()
    page = desk(address(story))
    waiting = []
    page.route("**/paste-sources/", lambda route: waiting.append(route))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" First")
    page.keyboard.press("Control+k")
    page.keyboard.type("https://fresh.example/report")
    page.keyboard.press("Enter")
    page.keyboard.type(". Second")
    expect(text).to_have_value("The second berth opens [1]. First. Second")
    for _ in range(1000):
        if not waiting:
            page.wait_for_timeout(10)  # until the page has asked
    waiting[0].continue_()
    expect(text).to_have_value("The second berth opens [1]. First [3]. Second")
    page.keyboard.type("!")
    expect(text).to_have_value("The second berth opens [1]. First [3]. Second!")


def test_an_address_without_an_answer_says_so_below_the_text(desk):
    page = desk(address(draft()))
    page.route("**/paste-sources/", lambda route: route.abort())
    page.locator("#t1 textarea").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("https://fresh.example/report")
    page.keyboard.press("Enter")
    expect(page.locator("#t1 .cite-words")).to_contain_text("The server does not answer, so no source was added.")
    expect(page.locator(".source-row")).to_have_count(2)


def test_an_address_that_the_story_has_in_another_spelling_is_cited_under_its_number(desk):
    story = draft()
    known = story.sources.get(number=2).article.url
    page = desk(address(story))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+k")
    page.keyboard.type(f"{known}?utm_source=mail")
    page.keyboard.press("Enter")
    expect(text).to_have_value("The second berth opens [1]. [2]")
    expect(page.locator(".source-row")).to_have_count(2)


def test_enter_that_ends_the_composing_of_a_word_cites_nothing(desk):
    page = desk(address(draft()))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+k")
    pressed = "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })"
    finder(page).evaluate(f"input => input.dispatchEvent({pressed})")
    expect(finder(page)).to_be_visible()
    expect(text).to_have_value("The second berth opens [1].")


def test_markers_without_a_source_are_marked_while_they_are_typed(desk):
    story = draft()
    page = desk(address(story))
    written_in(page, story)
    page.keyboard.type(" Wrong [3] and [99].")
    lost = page.locator("#s1 .cite-lost")
    expect(lost).to_have_text("[3] [99] have no source in this story.")
    wait_for_highlights(page, "unresolved", 2)
    assert highlighted(page, "unresolved") == ["[3]", "[99]"]
    assert highlighted(page, "resolved") == ["[1]", "[2]"]
    page.get_by_role("button", name="Add a source").click()
    expect(lost).to_have_text("[99] has no source in this story.")
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" [77]")
    expect(page.locator("#t1 mark.unresolved")).to_have_text("[77]")
    expect(page.locator("#t1 .cite-lost")).to_have_text("[77] has no source in this story.")


def test_hovering_a_marker_shows_its_source_until_escape(desk):
    page = desk(address(draft()))
    page.locator("#t1 textarea").hover()
    box = page.locator("#t1 mark").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    preview = page.locator("#source-preview")
    expect(preview).to_contain_text("[1]")
    expect(preview.get_by_role("link")).to_have_attribute("href", "#source-1")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()


def test_hovering_a_marker_in_a_section_shows_its_source_and_the_evidence(desk):
    story = draft()
    Evidence.objects.create(story=story, passage="s1.2", number=2, quote="Freight goes first", locator="page 3")
    page = desk(address(story))
    written_in(page, story)
    wait_for_highlights(page, "resolved", 2)
    place = page.evaluate(
        """() => {
            const editor = Object.values(CKEDITOR.instances)[0];
            const marker = [...editor.window.$.CSS.highlights.get("resolved")][1].getClientRects()[0];
            const frame = editor.window.getFrame().$.getBoundingClientRect();
            return { x: frame.x + marker.x + 3, y: frame.y + marker.y + 3 };
        }"""
    )
    page.mouse.move(**place)
    expect(page.locator("#source-preview")).to_contain_text("[2]")
    expect(page.locator("#source-preview")).to_contain_text("“Freight goes first” – page 3")


def test_the_source_at_the_caret_is_said_below_the_text(desk):
    page = desk(address(draft()))
    page.locator("#t1 textarea").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#t1 .cite-words")).to_contain_text("[1]")


def test_a_cited_source_stays_and_the_editor_is_led_to_its_places(desk):
    story = draft()
    page = desk(address(story))
    box = page.locator("#source-2 input[type=checkbox]")
    box.click()
    expect(box).not_to_be_checked()
    said = page.locator("#source-2 .still-cited")
    expect(said).to_contain_text("Source 2 stays, because it is cited here.")
    said.get_by_role("link").click()
    expect(page.locator("#s1 > details")).to_have_attribute("open", "")
    body = editor_of(page, "#s1")
    body.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Nothing but this [1].")
    box.click()
    expect(box).to_be_checked()
    saved(page)
    assert list(story.sources.values_list("number", flat=True)) == [1]


def test_the_finder_is_accessible(desk):
    page = desk(address(draft()))
    text = page.locator("#t1 textarea")
    text.focus()
    page.keyboard.type("[99] ")
    page.keyboard.press("Control+k")
    expect(finder(page)).to_be_focused()
    assert faults(page, WCAG, widths=(1280,)) == {}

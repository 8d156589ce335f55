import re
import time

import pytest
from playwright.sync_api import BrowserContext, expect

from stories.models import Story
from tests.browser.accessibility import WCAG, violations
from tests.browser.desk import editor_of, paste, save, saved
from tests.factories import draft
from tests.newsroom import PASSWORD
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_writes_a_story_and_publishes_it(desk):
    page = desk("/admin/stories/story/add/")
    page.get_by_label("Headline").fill("Ferries run all winter")
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-0-number")).to_have_value("1")
    page.keyboard.type("https://harbour.example/winter")
    page.locator("#id_sources-0-title").fill("All winter, says the line")
    page.locator("#id_sources-0-outlet").fill("Harbour Courier")
    page.locator("#id_sources-0-published").fill("Mar 1 2026")
    page.get_by_role("button", name="Add a section").click()
    page.keyboard.type("A winter line")
    editor_of(page, ".section-row").click()
    page.keyboard.type("The ferries run until spring [1].")
    page.get_by_role("button", name="Add an event").first.click()
    page.keyboard.type("March 2026")
    page.get_by_label("What happened").fill("The first crossing [1].")
    saved(page)
    expect(page.locator("#s1 summary")).to_contain_text("1 sentence, 1 cited")
    page.get_by_role("button", name="Save and publish…").click()
    expect(page.get_by_text("Nothing in the saved draft stands in the way.")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Version 1 is live.")).to_be_visible()
    document = Story.objects.get().versions.get().document
    assert document["sections"][0]["body"] == "<p>The ferries run until spring [1].</p>"
    assert (document["timeline"][0]["date"], document["sources"][0]["outlet"]) == ("2026-03", "Harbour Courier")


def test_a_source_row_shows_its_number_at_once(desk):
    page = desk(address(draft()))
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-2-number")).to_have_value("3")
    expect(page.locator("#id_sources-2-url")).to_be_focused()


def test_pasted_html_leaves_its_scripts_behind(desk):
    story = draft()
    page = desk(address(story))
    page.locator("#s1 summary").click()
    editor_of(page, "#s1").click()
    paste(
        page,
        '<h2 style="color:red">Pasted</h2><p class="MsoNormal" onclick="x()">Words <b>in bold</b> [1].'
        "<script>x()</script><img src=x onerror=x()></p>",
    )
    expect(editor_of(page, "#s1")).to_contain_text("in bold")
    saved(page)
    body = story.sections.get().body
    assert "<strong>in bold</strong> [1]." in body
    assert not re.search("script|style|class|onclick|img", body)


def test_an_unfolded_section_keeps_its_spaces_and_hyphens(desk):
    text = "A\u202fnarrow, a protected\u00a0space, a non\u2011breaking hyphen, “quotes” & more [1]."
    story = draft(sections=[{"id": "s1", "heading": "Spaces", "body": f"<p>{text.replace('&', '&amp;')}</p>"}])
    before = story.sections.get()
    page = desk(address(story))
    page.locator("#s1 summary").click()
    editor_of(page, "#s1").press("End")
    saved(page)
    after = story.sections.get()
    assert (after.body, after.sentences) == (before.body, before.sentences)


def test_a_section_is_moved_by_keyboard_and_keeps_what_was_typed(desk):
    sections = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Text {key} [1].</p>"} for key in (1, 2)]
    story = draft(sections=sections)
    page = desk(address(story))
    page.locator("#s1 summary").click()
    editor_of(page, "#s1").press("End")
    page.keyboard.type(" Typed.")
    page.locator("#s1 [data-move=down]").press("Enter")
    expect(page.locator("#s1 [data-move=down]")).to_be_focused()
    expect(editor_of(page, "#s1")).to_contain_text("Text 1 [1]. Typed.")
    saved(page)
    assert [section.passage_id for section in story.sections.all()] == ["s2", "s1"]
    assert story.sections.get(key=1).body == "<p>Text 1 [1]. Typed.</p>"


def test_sources_are_arranged_by_keyboard_by_drag_and_back_by_number(desk):
    story = draft()
    page = desk(address(story))
    page.locator("#source-2 h3").drag_to(page.locator("#source-1 h3"), target_position={"x": 5, "y": 2})
    expect(page.locator("#source-2 + #source-1")).to_have_count(1)
    page.get_by_role("button", name="Sort by number").click()
    expect(page.locator("#source-1 + #source-2")).to_have_count(1)
    page.locator("#source-2 [data-move=up]").press("Enter")
    expect(page.locator("#source-2 + #source-1")).to_have_count(1)
    page.locator("#source-2 [data-move=down]").press("Enter")
    page.locator("#id_sources-1-title").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#source-2 + #source-1")).to_have_count(1)
    expect(page.locator("#id_sources-1-title")).to_be_focused()
    saved(page)
    assert list(story.sources.order_by("position").values_list("number", flat=True)) == [2, 1]


def test_a_section_is_dragged_to_its_place(desk):
    sections = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Text {key} [1].</p>"} for key in (1, 2, 3)]
    story = draft(sections=sections)
    page = desk(address(story))
    page.locator("#s3 h3").drag_to(page.locator("#s1 h3"), target_position={"x": 5, "y": 2})
    saved(page)
    assert [section.passage_id for section in story.sections.all()] == ["s3", "s1", "s2"]


def test_a_fault_in_a_folded_row_opens_it(desk):
    page = desk(address(draft()))
    page.locator("#source-1 summary").click()
    page.locator("#id_sources-0-language").fill("English, please")
    page.locator("#source-1 summary").click()
    save(page)
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(page.locator("#id_sources-0-language")).to_be_focused()
    expect(page.locator("#id_sources-0-language")).to_have_value("English, please")


def test_what_refuses_publication_leads_to_its_field(desk):
    page = desk(address(draft(sections=[{"id": "s1", "heading": "Part", "body": "<p>It rests on nothing [7].</p>"}])))
    page.locator(".refusals a").first.click()
    expect(page.locator("#id_sections-0-heading")).to_be_visible()


def test_signed_out_meanwhile_an_editor_loses_nothing(desk, context: BrowserContext):
    story = draft()
    page = desk(address(story))
    page.get_by_label("Headline").fill("Typed while signed in")
    context.clear_cookies(name="sessionid")
    save(page)
    expect(page.get_by_text("You are signed out")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value("Typed while signed in")
    with context.expect_page() as opening:
        page.get_by_role("link", name="Sign in in a new tab").click()
    opening.value.get_by_label("Username").fill("editor")
    opening.value.get_by_label("Password").fill(PASSWORD)
    opening.value.get_by_role("button", name="Log in").click()
    opening.value.wait_for_url(re.compile(r"/admin/$"))
    saved(page)
    story.refresh_from_db()
    assert story.headline == "Typed while signed in"


def test_a_double_press_saves_once(desk):
    story = draft()
    page = desk(address(story))
    page.get_by_label("Standfirst").fill("Typed once")
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    story.refresh_from_db()
    assert story.lock_version == 2


def test_the_list_of_parts_leads_to_the_head_of_each(desk):
    events = [{"id": f"t{key}", "date": str(1700 + key), "text": f"Event {key} [1]."} for key in range(1, 200)]
    page = desk(address(draft(timeline=events)))
    for part in ("Timeline", "Gallery", "Sources"):
        page.locator(".jump").get_by_role("link", name=re.compile(f"^{part}")).click()
        heading = page.locator(f"#{part.lower()}-part h2")
        expect(heading).to_be_in_viewport()
        expect(heading).to_be_focused()


def test_what_has_the_focus_is_not_under_the_bar(desk):
    page = desk(address(draft()))
    page.set_viewport_size({"width": 1024, "height": 500})
    page.get_by_label("Headline").focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
                const [bar, at] = [document.querySelector(".save-bar"), document.activeElement];
                const covered = at.getBoundingClientRect().top > bar.getBoundingClientRect().top;
                return covered && !bar.contains(at) && at.outerHTML;
            }"""
        )
        assert not hidden


def test_the_form_tells_what_is_typed_but_not_saved(desk):
    page = desk(address(draft()))
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    page.locator("#s1 summary").click()
    page.locator("#id_sections-0-heading").fill("A better heading")
    expect(page.locator("#s1 .row-title")).to_have_text("A better heading")
    expect(page.get_by_text("not saved yet")).to_be_visible()
    page.get_by_role("button", name="Add an event").first.click()
    expect(page.locator("[data-count=timeline]")).to_have_text(["2", "2"])
    page.locator("#id_timeline-0-DELETE, [name='timeline-0-DELETE']").check()
    expect(page.locator("[data-count=timeline]")).to_have_text(["1", "1"])


def test_a_finding_on_the_page_of_publishing_leads_into_its_row(desk):
    story = draft(sections=[{"id": "s1", "heading": "Part", "body": "<p>It rests on nothing [7].</p>"}])
    page = desk(address(story, "publish"))
    page.locator(".refusals a").first.click()
    expect(page.locator("#id_sections-0-heading")).to_be_focused()


def test_signed_out_meanwhile_a_note_to_readers_is_not_lost(desk, context: BrowserContext):
    page = desk(address(draft(), "publish"))
    page.get_by_label("Note").fill("Typed while signed in")
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Typed while signed in")


def test_the_form_fits_a_telephone(desk):
    page = desk(address(draft()))
    page.set_viewport_size({"width": 375, "height": 700})
    page.locator("#s1 summary").click()
    editor_of(page, "#s1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.slow
def test_a_story_of_two_thousand_events_opens_saves_and_takes_more(desk):
    events = [{"id": f"t{key}", "date": str(1000 + key // 2), "text": f"Event {key} [1]."} for key in range(1, 2001)]
    story = draft(timeline=events)
    began = time.monotonic()
    page = desk(address(story))
    page.locator("[data-add=timeline]").first.click()  # by role, Playwright would ask 2,000 rows for their names
    opened = time.monotonic() - began
    page.keyboard.type("Feb 24 2022")
    page.locator("#id_timeline-2000-text").fill("One more [1].")
    began = time.monotonic()
    page.locator(".save-bar [name=_save]").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible(timeout=60_000)
    taken = time.monotonic() - began
    assert story.timeline.count() == 2001
    print(f"opened in {opened:.1f} s, saved and opened again in {taken:.1f} s")
    assert opened < 20
    assert taken < 40


def test_axe_finds_no_fault_in_the_form_and_its_pages(desk):
    story = draft(sections=[{"id": "s1", "heading": "Part", "body": "<p>It rests on nothing [7].</p>"}])
    page = desk(address(story))
    page.locator("#s1 summary").click()
    editor_of(page, "#s1")
    for path in (address(story), address(story, "publish"), "/admin/stories/story/"):
        if path != address(story):
            desk(path)
        assert violations(page, WCAG) == [], path

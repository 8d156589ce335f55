"""Two editors, a crash, a closed tab, a server that is away, a session that ended: what was typed comes back."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from stories.models import Story
from tests.browser.desk import editor_of, save, saved, sign_in
from tests.factories import draft
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]


def kept(page: Page) -> None:
    expect(page.locator("#kept")).to_contain_text("typed text kept at", timeout=15_000)


def type_in_section(page: Page, row: str, words: str) -> None:
    page.locator(f"{row} summary").click()
    editor_of(page, row).press("End")
    page.keyboard.type(words)


def test_after_a_crash_everything_typed_is_one_click_away(desk, context: BrowserContext, live_server):
    story = draft(sections=SECTIONS)
    page = desk(address(story))
    page.get_by_label("Headline").fill("Typed before the crash")
    type_in_section(page, "#s1", " And in a section.")
    page.get_by_role("button", name="Add an event").first.click()
    page.keyboard.type("some day in Lent")
    kept(page)
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(live_server.url + address(story))
    expect(page.get_by_text("was never saved")).to_be_visible()
    page.get_by_role("link", name="Bring it back").click()
    expect(page.get_by_role("heading", name="This is what you had typed")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value("Typed before the crash")
    saved(page)
    story.refresh_from_db()
    assert story.headline == "Typed before the crash"
    assert story.sections.get(key=1).body == "<p>Part 1 [1]. And in a section.</p>"
    assert story.timeline.last().label == "some day in Lent"
    expect(page.get_by_text("was never saved")).to_have_count(0)


def test_a_new_story_that_is_saved_just_when_it_would_be_kept_is_made_once(desk):
    page = desk("/admin/stories/story/add/")
    asked, begun = [], []
    page.route("**/signed-in/", lambda route: asked.append(route))
    page.route("**/begin/", lambda route: begun.append((route, route.fetch())))
    page.get_by_label("Headline").fill("Saved at once")
    save(page)
    page.wait_for_timeout(2500)  # the time after which what is typed is kept
    asked[0].continue_()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert Story.objects.get().headline == "Saved at once"


def test_a_new_story_is_kept_from_its_first_words(desk, context: BrowserContext, live_server):
    page = desk("/admin/stories/story/add/")
    page.get_by_label("Headline").fill("Typed into a new story")
    kept(page)
    assert re.search(r"/story/\d+/change/$", page.url)
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-0-number")).to_have_value("1")
    page.keyboard.type("https://harbour.example/new")
    saved(page)
    story = Story.objects.get()
    assert (story.headline, story.slug, story.sources.get().number) == (
        "Typed into a new story",
        "typed-into-a-new-story",
        1,
    )


def typed_while_the_server_was_away(desk, context: BrowserContext, address_of_form: str, story: Story) -> Page:
    """The form, opened again in a new tab after somebody typed into it without a server and closed it."""
    page = desk(address(story))
    context.set_offline(True)
    page.get_by_label("Standfirst").fill("Typed while the server was away")
    expect(page.locator("#kept")).to_contain_text("kept in this browser", timeout=15_000)
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto(address_of_form)
    return page


def test_with_the_server_away_the_browser_keeps_what_is_typed(desk, context: BrowserContext, live_server):
    story = draft()
    page = typed_while_the_server_was_away(desk, context, live_server.url + address(story), story)
    expect(page.get_by_text("This browser holds what you typed")).to_be_visible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Standfirst")).to_have_value("Typed while the server was away")
    saved(page)
    expect(page.get_by_text("This browser holds")).to_have_count(0)
    story.refresh_from_db()
    assert story.standfirst == "Typed while the server was away"


def test_a_session_that_ended_loses_nothing(desk, context: BrowserContext, live_server):
    story = draft()
    page = desk(address(story))
    Session.objects.all().delete()
    page.get_by_label("Byline").fill("Typed without a session")
    expect(page.locator("#kept")).to_contain_text("You are signed out", timeout=15_000)
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/?next=/admin/stories/story/")
    sign_in(page)
    page.goto(live_server.url + address(story))
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_label("Byline")).to_have_value("Typed without a session")


def test_two_editors_see_each_other_and_their_changes_are_brought_together(desk, colleague):
    story = draft(sections=SECTIONS)
    page, other = desk(address(story)), colleague("Chief", address(story))
    expect(other.locator("#others")).to_contain_text("editor")
    type_in_section(other, "#s2", " Theirs.")
    saved(other)
    type_in_section(page, "#s1", " Mine.")
    expect(page.locator("#others")).to_contain_text("chief saved the story at", timeout=15_000)
    expect(page.locator("#others")).to_contain_text("Also here: chief")
    save(page)
    expect(page.get_by_text("Both are in the draft now; of yours: Section “Part 1”.")).to_be_visible()
    assert [section.body for section in story.sections.all()] == [
        "<p>Part 1 [1]. Mine.</p>",
        "<p>Part 2 [1]. Theirs.</p>",
    ]


def test_the_same_section_is_chosen_side_by_side(desk, colleague):
    story = draft(sections=SECTIONS)
    page, other = desk(address(story)), colleague("Chief", address(story))
    for editor, words in ((other, " Theirs."), (page, " Mine.")):
        type_in_section(editor, "#s1", words)
    saved(other)
    page.get_by_label("Byline").fill("Mine as well")
    save(page)
    expect(page.get_by_role("heading", name=re.compile("Two drafts of"))).to_be_visible()
    for side, words in (("theirs", "Theirs."), ("yours", "Mine.")):
        expect(page.locator(f".{side} ins")).to_contain_text(words)
    page.get_by_role("button", name="Save as chosen").click()
    expect(page.get_by_text("Choose in each place")).to_be_visible()
    page.get_by_role("radio", name="Yours").check()
    page.get_by_role("button", name="Save as chosen").click()
    expect(page.get_by_text("The draft is saved as you chose.")).to_be_visible()
    story.refresh_from_db()
    assert (story.byline, story.sections.get(key=1).body) == ("Mine as well", "<p>Part 1 [1]. Mine.</p>")


def test_enter_on_a_form_over_a_newer_draft_overwrites_nothing(desk):
    story = draft(byline="Before")
    page = desk(address(story))
    Story.objects.filter(pk=story.pk).update(byline="Theirs", lock_version=7)
    page.get_by_label("Byline").fill("Mine")
    page.get_by_label("Byline").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Two drafts of"))).to_be_visible()
    story.refresh_from_db()
    assert story.byline == "Theirs"
    page.get_by_role("link", name="Open mine in the form").click()
    expect(page.get_by_label("Byline")).to_have_value("Mine")


def test_a_saved_state_is_put_back(desk):
    story = draft(headline="As it was")
    page = desk(address(story))
    page.get_by_label("Headline").fill("As it is")
    saved(page)
    page.locator("details.more summary").click()
    page.get_by_role("link", name="Snapshots").click()
    page.get_by_role("link", name="Compare with the draft").last.click()
    expect(page.locator(".change ins")).to_have_text("was")
    page.get_by_role("button", name="Make it the draft").click()
    expect(page.get_by_text("is the draft now")).to_be_visible()
    expect(page.get_by_label("Headline")).to_have_value("As it was")


def test_more_fields_than_the_server_takes_are_not_sent_and_nothing_is_lost(desk, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    story = draft()
    page = desk(address(story))
    page.get_by_label("Byline").fill("Still here")
    save(page)
    expect(page.get_by_text("at most 20 can be saved at once")).to_be_visible()
    expect(page.get_by_label("Byline")).to_have_value("Still here")


def test_what_the_browser_keeps_is_offered_until_it_is_brought_back(desk, context: BrowserContext, live_server):
    story = draft()
    page = typed_while_the_server_was_away(desk, context, live_server.url + address(story), story)
    page.get_by_label("Byline").fill("Something else first")
    kept(page)
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(live_server.url + address(story))
    expect(page.get_by_text("was never saved")).to_be_visible()
    expect(page.get_by_text("This browser holds what you typed")).to_be_visible()


def test_two_tabs_without_a_server_keep_each_their_own(desk, context: BrowserContext, live_server):
    story = draft()
    page = desk(address(story))
    other = context.new_page()
    other.goto(page.url)
    context.set_offline(True)
    for tab, label in ((page, "Standfirst"), (other, "Byline")):
        tab.get_by_label(label).fill(f"Words in the {label.lower()}")
        expect(tab.locator("#kept")).to_contain_text("kept in this browser", timeout=15_000)
    stored = page.evaluate("JSON.stringify(localStorage)")
    assert "Words in the standfirst" in stored
    assert "Words in the byline" in stored
    context.set_offline(False)


def test_numbers_of_a_new_story_s_sources_are_given_once(desk):
    page = desk("/admin/stories/story/add/")
    page.get_by_role("button", name="Add a source").click()
    page.locator("#id_sources-0-url").fill("https://harbour.example/1")
    kept(page)
    page.get_by_role("button", name="Add a source").click()
    expect(page.locator("#id_sources-1-number")).to_have_value("2")
    page.locator("#id_sources-1-url").fill("https://harbour.example/2")
    saved(page)
    numbered = {source.number: source.article.url for source in Story.objects.get().sources.all()}
    assert numbered == {1: "https://harbour.example/1", 2: "https://harbour.example/2"}

"""An evening in the newsroom: a reporter writes, an editor schedules, news breaks, time passes, readers see it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from stories import publishing
from stories.models import Story
from tests.browser.desk import editor_of, save, saved
from tests.factories import live
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS = [{"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} [1].</p>"} for key in (1, 2)]


@pytest.fixture
def reader(browser: Browser, live_server):
    """What a reader's browser shows of an address."""
    context = browser.new_context()
    page = context.new_page()

    def at(path: str) -> Page:
        page.goto(live_server.url + path)
        return page

    yield at
    context.close()


def type_in(page: Page, row: str, words: str) -> None:
    if not page.locator(f"{row} > details").get_attribute("open") is not None:
        page.locator(f"{row} summary").click()
    editor_of(page, row).press("End")
    page.keyboard.type(words)


def in_input(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_from_a_reporter_s_draft_to_what_readers_see_at_each_moment(desk, colleague, reader):
    reporter = colleague("Reporter", "/admin/stories/story/add/")
    reporter.get_by_label("Headline").fill("Ferries run all winter")
    reporter.get_by_role("button", name="Add a source").click()
    reporter.keyboard.type("https://harbour.example/winter")
    reporter.locator("#id_sources-0-title").fill("All winter, says the line")
    reporter.get_by_role("button", name="Add a section").click()
    reporter.keyboard.type("A winter line")
    editor_of(reporter, ".section-row").click()
    reporter.keyboard.type("The ferries run until spring [1].")
    saved(reporter)
    expect(reporter.get_by_role("button", name="Save and publish…")).to_have_count(0)
    reporter.get_by_role("link", name="Send for review…").click()
    reporter.get_by_label("Note to colleagues").fill("The date is from the line itself.")
    reporter.get_by_role("button", name="Set it").click()
    expect(reporter.get_by_text("Sent for review.")).to_be_visible()
    story = Story.objects.get()

    page = desk("/admin/")
    expect(page.get_by_text("The date is from the line itself.")).to_be_visible()
    page.get_by_role("link", name="Ferries run all winter").first.click()
    page.get_by_role("button", name="Save and publish…").click()
    page.get_by_label("Time", exact=True).fill(in_input(timezone.now() + timedelta(days=2)))
    expect(page.get_by_role("radio", name="At a time")).to_be_checked()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Version 1 is scheduled for")
    assert reader("/stories/ferries-run-all-winter/").get_by_text("404").is_visible()

    type_in(page, "#s1", " A storm has closed the harbour [1].")
    saved(page)
    page.get_by_role("button", name="Save and publish…").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Say what becomes of it")).to_be_visible()
    page.get_by_role("radio", name=re.compile("Schedule it again")).check()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Version 1 is live.")).to_be_visible()
    expect(reader("/stories/ferries-run-all-winter/").get_by_text("A storm has closed")).to_be_visible()

    page.get_by_label("Standfirst").fill("What the line promises.")
    saved(page)
    page.locator("details.more summary").click()
    page.get_by_role("link", name="Schedule…").click()
    page.get_by_role("button", name="Schedule the draft as it is now").click()
    expect(page.get_by_text("says what the draft says")).to_be_visible()
    expect(reader("/stories/ferries-run-all-winter/").get_by_text("What the line promises.")).to_have_count(0)
    publishing.reschedule(story, by=None, live_from=timezone.now() + timedelta(seconds=2))
    page.wait_for_timeout(2500)
    at_the_moment = reader("/stories/ferries-run-all-winter/")
    expect(at_the_moment.get_by_text("What the line promises.")).to_be_visible()
    expect(at_the_moment.get_by_text("A storm has closed")).to_be_visible()


def test_a_part_is_held_back_and_a_version_taken_back(desk, reader):
    story = live(at=timezone.now() - timedelta(hours=1), headline="Harbour talks", sections=SECTIONS)
    page = desk(address(story))
    type_in(page, "#s1", " Finished [1].")
    type_in(page, "#s2", " Unfinished, by nobody [9].")
    page.get_by_role("button", name="Save and publish…").click()
    expect(page.locator(".refusals")).to_contain_text("no source 9")
    page.get_by_role("checkbox", name="Section “Part 2”").uncheck()
    page.get_by_role("button", name="Check what goes out").click()
    expect(page.locator(".refusals")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Section “Part 2”")).not_to_be_checked()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Version 2 is live.")).to_be_visible()
    shown = reader(story.get_absolute_url())
    expect(shown.get_by_text("Finished")).to_be_visible()
    expect(shown.get_by_text("Unfinished")).to_have_count(0)

    page.locator("details.more summary").click()
    page.get_by_role("link", name="Take back…").click()
    page.get_by_label("Reason").fill("It was not to go out yet.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Readers have version 3")).to_be_visible()
    expect(reader(story.get_absolute_url()).get_by_text("Finished")).to_have_count(0)
    tombstone = reader(f"{story.get_absolute_url()}versions/2/")
    expect(tombstone.get_by_role("heading", name="This version was taken back")).to_be_visible()
    expect(tombstone.get_by_text("It was not to go out yet.")).to_be_visible()


def test_a_correction_is_published_from_the_passage_with_the_mended_text(desk, reader):
    story = live(at=timezone.now() - timedelta(hours=1), headline="Harbour talks", sections=SECTIONS)
    page = desk(address(story))
    type_in(page, "#s1", " Mended [1].")
    saved(page)
    page.locator("details.more summary").click()
    page.get_by_role("link", name="Versions and notices").click()
    page.get_by_role("link", name="Notice…").click()
    page.get_by_role("radio", name=re.compile("^Correction")).check()
    page.get_by_label("Passage").select_option("s1.1")
    page.get_by_label("Text", exact=True).fill("Part 1 said too little.")
    page.get_by_role("button", name="Publish the notice").click()
    expect(page.get_by_text("The correction is published with version 2.")).to_be_visible()
    shown = reader(story.get_absolute_url())
    expect(shown.locator(".notices")).to_contain_text("Part 1 said too little.")
    shown.get_by_role("link", name="As it was, in version 1").click()
    expect(shown.locator("#s1\\.1")).to_be_visible()
    expect(shown.locator(".notices")).to_contain_text("Part 1 said too little.")


def test_a_preview_is_sent_to_a_colleague_and_ended(desk, reader):
    story = live(at=timezone.now() - timedelta(hours=1), headline="As readers have it")
    page = desk(address(story))
    page.get_by_label("Headline").fill("As they will have it")
    saved(page)
    page.get_by_role("link", name="Preview…").click()
    page.get_by_role("button", name="Make the link").click()
    link = page.locator(".preview-links a").get_attribute("href")
    preview = reader(link)
    expect(preview.get_by_role("heading", name="As they will have it")).to_be_visible()
    expect(preview.get_by_text("A preview.")).to_be_visible()
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_text("The link leads nowhere any more.")).to_be_visible()
    assert reader(link).get_by_text("404").is_visible()


def test_a_save_that_is_refused_tells_it_at_the_field_and_keeps_everything(desk):
    story = live(at=timezone.now() - timedelta(hours=1), headline="Harbour talks")
    page = desk(address(story))
    page.get_by_label("Headline").fill("x" * 301)
    page.get_by_label("Byline").fill("Kept")
    save(page)
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(page.locator(".field-headline .errorlist")).to_contain_text("at most 300 characters")
    expect(page.get_by_label("Byline")).to_have_value("Kept")

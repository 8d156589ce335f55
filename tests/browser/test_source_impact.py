"""A report falls: what rests on it is listed, the story re-sourced; and evidence is typed by two at once."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from stories.models import Evidence
from tests.browser.accessibility import WCAG, faults
from tests.browser.desk import saved
from tests.factories import live
from tests.stories.admin.story_form import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    return live(at=timezone.now() - timedelta(hours=1), headline="Harbour talks")


def article_page(story):
    return reverse("admin:stories_article_change", args=[story.sources.get(number=1).article_id])


def test_a_retracted_report_is_replaced_and_the_story_leaves_the_list(desk, story):
    page = desk(article_page(story))
    page.get_by_label("Status:").select_option("retracted")
    page.get_by_label("Status note").fill("The berth was invented.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("2 passages in 1 story rest on it alone.")
    alone = page.locator(".resting .is-alone")
    expect(alone).to_have_count(2)
    expect(alone.first).to_contain_text("The line opened a second berth [1].")

    alone.first.get_by_role("link", name="version 1").click()
    expect(page).to_have_url(re.compile(r"/versions/1/#s1\.1$"))
    expect(page.locator("#s1\\.1")).to_be_in_viewport()
    page.go_back()
    page.get_by_role("link", name="Needs re-sourcing…").click()
    expect(page.get_by_text("because of 1 report.")).to_be_visible()
    expect(page.get_by_role("button", name="Checked: it still stands")).to_have_count(0)

    page = desk("/admin/")
    expect(page.get_by_text("retracted: A second berth opens")).to_be_visible()
    page = desk("/admin/stories/story/?attention=resourcing")
    page.get_by_role("link", name="Harbour talks").click()
    row = page.locator("#source-1")
    expect(row).to_contain_text("The berth was invented.")
    row.locator("[name$=-url]").fill("https://port.example/berth")
    row.locator("[name$=-title]").fill("The port opens a berth")
    saved(page)
    page = desk("/admin/stories/story/?attention=resourcing")
    expect(page.get_by_role("link", name="Harbour talks")).to_be_visible()  # readers have it still

    page = desk(address(story))
    page.get_by_role("button", name="Save and publish…").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Version 2 is live.")).to_be_visible()
    page = desk("/admin/stories/story/?attention=resourcing")
    expect(page.get_by_text("0 stories")).to_be_visible()


def test_a_corrected_report_is_checked_and_the_source_stays(desk, story):
    page = desk(article_page(story))
    page.get_by_label("Status:").select_option("corrected")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Needs re-sourcing, or a check").click()
    page.get_by_role("button", name="Checked: it still stands").click()
    expect(page.get_by_text("All is checked")).to_be_visible()
    expect(page.get_by_text("Checked by editor")).to_be_visible()
    page = desk("/admin/stories/story/?attention=resourcing")
    expect(page.get_by_text("0 stories")).to_be_visible()


def test_evidence_is_typed_by_keyboard_and_two_at_once_lose_nothing(desk, colleague, story):
    other = colleague("Reporter", address(story, "evidence"))
    page = desk(address(story))
    page.locator("details.more summary").click()
    page.get_by_role("link", name="Evidence").click()
    page.locator("#quote-s1\\.1-1").focus()
    page.keyboard.type("A second berth is open.")
    page.keyboard.press("Tab")
    page.keyboard.type("paragraph 2")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Evidence: 1 row saved.")).to_be_visible()
    expect(page.get_by_text("Checked: 1 of 3 citations of the saved draft.")).to_be_visible()

    other.locator("#quote-s1\\.1-1").fill("Two berths.")
    other.locator("#locator-t1\\.1-1").fill("page 4")
    other.get_by_role("button", name="Save the evidence").click()
    expect(other.get_by_role("alert")).to_contain_text("Not all is saved yet.")
    expect(other.locator(".evidence-theirs")).to_contain_text("A second berth is open.")
    expect(other.locator("#quote-s1\\.1-1")).to_have_value("Two berths.")
    assert dict(Evidence.objects.values_list("passage", "quote")) == {"s1.1": "A second berth is open.", "t1.1": ""}
    other.get_by_role("button", name="Save the evidence").click()
    expect(other.locator(".messagelist")).to_contain_text("Evidence: 1 row saved.")
    assert Evidence.objects.get(passage="s1.1").quote == "Two berths."


def test_axe_finds_no_fault_in_the_pages_of_evidence_and_impact(desk, story):
    article = story.sources.get(number=1).article
    article.status, article.status_note = "corrected", "A figure was wrong."
    article.save()
    paths = [address(story, name) for name in ("change", "evidence", "resourcing")]
    paths += [reverse(f"admin:stories_article_{name}", args=[article.pk]) for name in ("change", "impact")]
    for path in paths:
        assert faults(desk(path), WCAG, widths=(375, 1280)) == {}, path

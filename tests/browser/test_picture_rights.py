"""What an editor sees of pictures' rights: in the gallery while choosing, and before a schedule is made."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from stories.images.library import add_picture
from stories.models import GalleryItem, Image
from tests.browser.accessibility import WCAG, faults
from tests.factories import draft
from tests.stories.admin.story_form import address
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
WORDS = {"alt_text": "A quay", "credit_line": "Strait Wire"}


def test_a_picture_chosen_anew_tells_its_own_terms_and_is_warned_of_at_once(desk):
    first = add_picture(as_file(), caption="Ferries", refused_uses=["covers"], **WORDS)
    add_picture(as_file(four_corners(90, 60)), caption="A crane", refused_uses=["advertising"], **WORDS)
    story = draft()
    GalleryItem.objects.create(story=story, image=first)
    page = desk(address(story))
    row, checks = page.locator("#picture-1"), page.locator("#checks")
    expect(row.locator(".picture-facts")).to_contain_text("Refused: covers")
    expect(checks.locator(".cares")).to_contain_text("refused uses: “covers”")
    row.locator("summary").click()
    row.locator(".select2-selection").click()
    page.keyboard.type("crane")
    options = page.locator(".select2-results__option .choice-facts")
    expect(options).to_have_count(1)
    expect(options).to_contain_text("Refused: advertising")
    page.keyboard.press("Enter")
    expect(row.locator(".picture-facts")).to_contain_text("Refused: advertising")
    expect(row.locator(".picture-facts")).not_to_contain_text("covers")
    expect(checks.locator(".cares")).to_contain_text("refused uses: “advertising”")
    checks.locator(".cares a").click()
    expect(row.locator("details")).to_have_attribute("open", "")


def test_pictures_are_judged_at_the_time_while_it_is_typed(desk):
    moment = (timezone.now() + 9 * DAY).replace(second=0, microsecond=0)
    story = draft()
    image = add_picture(as_file(), caption="Ferries", rights_until=moment - DAY, **WORDS)
    GalleryItem.objects.create(story=story, image=image)
    page = desk(address(story, "publish"))
    cares = page.locator("#findings .cares")
    expect(cares).to_have_count(0)
    page.get_by_label("Time", exact=True).fill(f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}")
    page.keyboard.press("Tab")
    expect(cares).to_contain_text("so it is left out of what goes live on")
    page.get_by_label("Now").check()
    page.get_by_label("Time", exact=True).fill("")
    page.keyboard.press("Tab")
    expect(cares).to_have_count(0)
    assert not story.versions.exists()


def test_axe_finds_no_fault_in_a_gallery_with_rights(desk):
    long = "One story, online and in print, for the day of first publication and the archive of this site alone."
    uses = {"permitted_uses": ["news reporting"], "refused_uses": ["not for social media", "advertising"]}
    image = add_picture(as_file(), caption="Ferries", usage_terms=long, **uses, **WORDS)
    Image.objects.update(rights_until=timezone.now() + DAY)
    story = draft()
    GalleryItem.objects.create(story=story, image=image)
    page = desk(address(story))
    for verb in ("change", "publish"):
        page.goto(page.url.replace("/change/", f"/{verb}/"))
        expect(page.locator(".cares").first).to_be_visible()
        assert faults(page, WCAG, widths=(375, 1280)) == {}

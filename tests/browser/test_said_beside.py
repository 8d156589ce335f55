"""What a picture's file says is taken over by a click, and given back by another."""

import pytest
from playwright.sync_api import Page, expect

from stories.images.library import add_picture
from stories.models import Image
from tests.browser.desk import open_as
from tests.newsroom import member
from tests.stories.images.exiftool import with_metadata
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def image():
    tags = ["-XMP-dc:Description=The north quay", "-XMP-photoshop:Credit=Skell Courier"]
    more = ["-XMP-iptcExt:PersonInImage=Imra Vantrel", "-XMP-iptcExt:PersonInImage=Jon Essil"]
    said = with_metadata(as_file(four_corners(800, 600)), *tags, *more, "-XMP-photoshop:DateCreated=2026-02-18T09:30Z")
    image = add_picture(said)
    Image.objects.update(caption="My words", persons=[], taken_at=None)
    return image


@pytest.fixture
def opened(page: Page, live_server, image):
    desk = member("Photo desk")
    return lambda path: open_as(page, desk, live_server.url, path)


def beside(page: Page, field: str):
    return page.locator(f'.said-beside[data-for="{field}"]')


def test_words_of_the_file_are_used_and_undone(opened, image):
    page = opened(f"/admin/stories/image/{image.pk}/change/")
    caption, told = page.get_by_label("Caption:", exact=True), beside(page, "id_caption")
    expect(told).to_contain_text("The file says: The north quay", use_inner_text=True)
    told.get_by_role("button", name="Use it").click()
    expect(caption).to_have_value("The north quay")
    expect(told).to_contain_text("As the file says.", use_inner_text=True)
    told.get_by_role("button", name="Undo").click()
    expect(caption).to_have_value("My words")
    told.get_by_role("button", name="Use it").click()
    page.get_by_text("For the library: title").click()
    for field in ("id_persons", "id_taken_at"):
        beside(page, field).get_by_role("button", name="Use it").click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    image.refresh_from_db()
    assert (image.caption, image.persons) == ("The north quay", ["Imra Vantrel", "Jon Essil"])
    assert image.taken == "2026-02-18"


def test_a_field_that_is_typed_away_from_the_file_shows_what_the_file_says(opened, image):
    page = opened(f"/admin/stories/image/{image.pk}/change/")
    told = beside(page, "id_credit_line")
    expect(told).to_have_text("As the file says.", use_inner_text=True)
    page.get_by_label("Credit line:", exact=True).fill("Harbour Courier")
    expect(told).to_contain_text("The file says: Skell Courier", use_inner_text=True)


def test_in_the_list_of_captions_it_is_saved_with_its_row(opened, image):
    page = opened(f"/admin/stories/image/captions/?ids={image.pk}")
    beside(page, f"id_{image.pk}_caption").get_by_role("button", name="Use it").click()
    expect(page.locator(".row-state")).to_contain_text("Saved.")
    image.refresh_from_db()
    assert image.caption == "The north quay"

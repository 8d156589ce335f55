import re

import pytest
from playwright.sync_api import Page, expect

from stories.models import Image
from tests.newsroom import PASSWORD, member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)
HARBOUR = {"name": "harbour.jpg", "mimeType": "image/jpeg", "buffer": as_file(four_corners(2400, 1800))}
WORDS = {
    "Caption:": "Ferries in the harbour",
    "Alt text:": "Two white ferries at a quay",
    "Credit line:": "Harbour Courier",
    "Source:": "Harbour Courier",
    "Source address:": "https://harbour.example/ferries",
}


@pytest.fixture
def images(page: Page, live_server):
    """The list of images, opened by somebody of the photo desk."""
    member("Photo desk")
    page.goto(f"{live_server.url}/admin/stories/image/")
    page.get_by_label("Username").fill("photo-desk")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page


def describe(page: Page, words=WORDS):
    for label, text in words.items():
        page.get_by_label(label, exact=True).fill(text)


def add(page: Page, *files):
    page.get_by_role("link", name="Add image").click()
    if files:
        page.get_by_label("Picture file").set_input_files(list(files))


def save(page: Page):
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_picture_is_uploaded_with_caption_alt_text_credit_line_and_source(images):
    add(images, HARBOUR)
    describe(images)
    save(images)
    expect(images.get_by_text("was added successfully")).to_be_visible()
    row = images.get_by_role("row").filter(has_text="Ferries in the harbour")
    thumbnail = row.get_by_role("img", name="Two white ferries at a quay")
    expect(thumbnail).to_be_visible()
    expect(thumbnail).to_have_js_property("naturalWidth", 320)
    row.get_by_role("link", name="Ferries in the harbour").click()
    expect(images.get_by_text("1600 × 1200")).to_be_visible()
    for label, text in WORDS.items():
        expect(images.get_by_label(label, exact=True)).to_have_value(text)


def test_a_wrong_file_is_refused_at_its_field_and_the_words_stay(images):
    add(images, {"name": "harbour.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 not a picture"})
    describe(images)
    save(images)
    expect(images.locator(".field-upload .errorlist")).to_contain_text("This is a PDF")
    for label, text in WORDS.items():
        expect(images.get_by_label(label, exact=True)).to_have_value(text)
    images.get_by_label("Picture file").set_input_files(HARBOUR)
    save(images)
    expect(images.get_by_text("was added successfully")).to_be_visible()
    assert Image.objects.get().width == 1600


def test_a_double_click_on_save_makes_one_picture(images):
    add(images, HARBOUR)
    describe(images)
    images.get_by_role("button", name="Save", exact=True).dblclick()
    expect(images.get_by_text("was added successfully")).to_be_visible()
    assert Image.objects.count() == 1


def test_a_known_picture_is_led_to(images):
    for _ in range(2):
        add(images, HARBOUR)
        describe(images)
        save(images)
    images.locator(".field-upload .errorlist").get_by_role("link", name="Ferries in the harbour").click()
    expect(images).to_have_url(re.compile(r"/admin/stories/image/\d+/change/$"))
    assert Image.objects.count() == 1


def test_a_fault_in_a_folded_part_opens_it(images):
    add(images, HARBOUR)
    describe(images)
    images.get_by_text("Copyright and rights").click()
    images.get_by_label("Web statement of rights").fill("harbour")
    save(images)
    expect(images.get_by_text("“harbour” is not a web address")).to_be_visible()
    expect(images.get_by_text("please choose it again")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_the_form_and_the_list_fit_their_window(images, width):
    images.set_viewport_size({"width": width, "height": 800})
    add(images, HARBOUR)
    describe(images, {"Caption:": "Ferries in the harbour " * 12})
    save(images)
    expect(images.get_by_text("Before readers see this picture it needs: alt text, credit line.")).to_be_visible()
    assert images.evaluate("document.documentElement.scrollWidth <= innerWidth")
    images.get_by_role("link", name="Ferries in the harbour").last.click()
    expect(images.get_by_role("heading", name="Change image")).to_be_visible()  # the form, not still the list
    assert images.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""Hundreds of pictures before a deadline: each file says what became of it, and none is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from stories.models import Image
from tests.newsroom import PASSWORD, member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db(transaction=True)


def file(side, name=None):
    name = name or f"quay-{side}.jpg"
    return {"name": name, "mimeType": "image/jpeg", "buffer": as_file(four_corners(side, side))}


@pytest.fixture
def upload(page: Page, live_server):
    member("Photo desk")
    page.goto(f"{live_server.url}/admin/stories/image/")
    page.get_by_label("Username").fill("photo-desk")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Upload pictures").click()
    expect(page.get_by_text("or paste a picture")).to_be_visible()
    return page


def choose(page: Page, *files):
    page.get_by_label("Choose pictures").set_input_files(list(files))


def summary(page: Page):
    return page.locator(".upload-summary [role=status]")


def test_many_files_are_uploaded_each_with_its_result(upload):
    twelve = [file(100 + 10 * count) for count in range(12)]
    notes = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    choose(upload, *twelve, notes, file(100, "again.jpg"))
    expect(summary(upload)).to_have_text("12 of 14 uploaded, 1 known already, 1 refused.")
    rows = upload.locator(".uploads > li")
    expect(rows).to_have_count(14)
    expect(rows.filter(has_text="quay-150.jpg").get_by_text("Still needed: alt text, credit line.")).to_be_visible()
    expect(rows.filter(has_text="notes.txt").get_by_text("not a picture that can be read")).to_be_visible()
    expect(rows.filter(has_text="again.jpg").get_by_text("Known already.")).to_be_visible()
    expect(upload.get_by_role("button", name="Pause")).to_be_hidden()
    expect(upload.get_by_role("button", name="Try the failed ones again")).to_be_hidden()
    assert Image.objects.count() == 12
    upload.get_by_role("link", name="Write captions and alt texts").click()
    expect(upload.locator(".caption-row")).to_have_count(12)


def drop(page: Page, name: str, content: bytes, kind: str = "drop"):
    page.evaluate(
        """([name, bytes, kind]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }));
            const about = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
            const Kind = kind === "paste" ? ClipboardEvent : DragEvent;
            document.body.dispatchEvent(new Kind(kind, about));
        }""",
        [name, list(content), kind],
    )


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_comes_by_drop_and_by_paste(upload, kind):
    drop(upload, "dropped.jpg", as_file(), kind)
    expect(summary(upload)).to_have_text("1 of 1 uploaded.")
    assert Image.objects.get().filename == "dropped.jpg"


def test_a_file_that_failed_waits_and_is_sent_again(upload):
    upload.route(re.compile("/upload/file/"), lambda route: route.abort())
    choose(upload, file(100), file(110))
    expect(summary(upload)).to_have_text("0 of 2 uploaded, 2 failed.")
    expect(upload.get_by_text("The server does not answer.").first).to_be_visible()
    upload.unroute(re.compile("/upload/file/"))
    upload.get_by_role("button", name="Try the failed ones again").click()
    expect(summary(upload)).to_have_text("2 of 2 uploaded.")
    assert Image.objects.count() == 2


def test_an_ended_session_says_so_and_the_files_wait(upload):
    cookies = upload.context.cookies()
    upload.context.clear_cookies()
    choose(upload, file(100))
    expect(upload.get_by_text("You are signed out.")).to_be_visible()
    upload.context.add_cookies(cookies)
    upload.get_by_role("button", name="Try the failed ones again").click()
    expect(summary(upload)).to_have_text("1 of 1 uploaded.")


def test_a_file_that_is_too_large_is_not_even_sent(upload):
    upload.evaluate("document.querySelector('.upload-form').dataset.mostBytes = '100'")
    choose(upload, file(100))
    expect(upload.get_by_text("larger than 50 MB")).to_be_visible()
    assert not Image.objects.exists()


def test_without_script_the_form_does_it_all(browser, live_server):
    member("Photo desk")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/stories/image/upload/")
    page.get_by_label("Username").fill("photo-desk")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{live_server.url}/admin/stories/image/upload/")
    choose(page, file(100), file(110))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Uploaded.", exact=True)).to_have_count(2)
    context.close()

"""Hundreds of pictures before a deadline: each file says what became of it, and none is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from stories.models import Image
from tests.browser.accessibility import WCAG, faults
from tests.browser.desk import open_as, save, sign_in
from tests.factories import draft
from tests.newsroom import member
from tests.stories.admin.story_form import address
from tests.stories.images.pictures import as_file, four_corners

TO_FILE = re.compile("/upload/file/")
pytestmark = pytest.mark.django_db(transaction=True)


def file(side, name=None):
    name = name or f"quay-{side}.jpg"
    return {"name": name, "mimeType": "image/jpeg", "buffer": as_file(four_corners(side, side))}


@pytest.fixture
def upload(page: Page, live_server):
    open_as(page, member("Photo desk"), live_server.url, "/admin/stories/image/")
    page.get_by_role("link", name="Upload pictures").click()
    expect(page.get_by_text("or paste a picture")).to_be_visible()
    return page


def choose(page: Page, *files):
    page.get_by_label("Choose pictures").set_input_files(list(files))


def again(page: Page):
    page.get_by_role("button", name="Try again").click()


def summary(page: Page):
    return page.locator(".upload-count")


def test_many_files_are_uploaded_each_with_its_result(upload):
    twelve = [file(100 + 10 * count) for count in range(12)]
    notes = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no picture"}
    choose(upload, *twelve, notes, file(100, "again.jpg"))
    expect(summary(upload)).to_have_text("12 of 14 uploaded, 1 known already, 1 refused.")
    rows = upload.locator(".uploads > li")
    expect(rows).to_have_count(14)
    expect(
        rows.filter(has=upload.locator(".received-name", has_text="quay-150.jpg")).get_by_text(
            "Still needed: alt text, credit line."
        )
    ).to_be_visible()
    expect(rows.filter(has_text="notes.txt").get_by_text("not a picture that can be read")).to_be_visible()
    expect(rows.filter(has_text="again.jpg").get_by_text("Known already.")).to_be_visible()
    for button in ("Pause", "Cancel the rest", "Try again"):
        expect(upload.get_by_role("button", name=button)).to_be_hidden()
    expect(upload.locator(".upload-spoken")).to_have_text("12 of 14 uploaded, 1 known already, 1 refused.")
    assert Image.objects.count() == 12
    upload.get_by_role("link", name="Write captions and alt text").click()
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


def test_a_folder_is_dropped_with_the_folders_in_it(upload, tmp_path):
    (tmp_path / "shoot" / "second").mkdir(parents=True)
    for place in ("shoot/quay-9.jpg", "shoot/quay-10.jpg", "shoot/second/quay.jpg", "shoot/.hidden.jpg"):
        (tmp_path / place).write_bytes(as_file(four_corners(60 + len(place), 60)))
    devtools = upload.context.new_cdp_session(upload)
    for kind in ("dragEnter", "dragOver", "drop"):
        about = {"items": [], "files": [str(tmp_path / "shoot")], "dragOperationsMask": 1}
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": about})
    expect(summary(upload)).to_have_text("3 of 3 uploaded.")
    rows = upload.locator(".uploads .received-name")
    expect(rows).to_have_text(["quay-9.jpg, 2 kB", "quay-10.jpg, 2 kB", "quay.jpg, 2 kB"])


def test_a_file_that_failed_waits_and_is_sent_again(upload):
    upload.route(TO_FILE, lambda route: route.abort())
    choose(upload, file(100), file(110))
    expect(summary(upload)).to_have_text("0 of 2 uploaded, 2 failed.")
    expect(upload.get_by_text("the file still waits here").first).to_be_visible()
    upload.unroute(TO_FILE)
    again(upload)
    expect(summary(upload)).to_have_text("2 of 2 uploaded.")
    assert Image.objects.count() == 2


def test_without_a_server_no_more_is_sent_until_somebody_tries_again(upload):
    asked = []
    upload.route(TO_FILE, lambda route: (asked.append(1), route.abort()))
    choose(upload, *(file(100 + 10 * count) for count in range(8)))
    expect(upload.get_by_text("The files wait here: try again in a moment.")).to_be_visible()
    expect(summary(upload)).to_have_text(re.compile("^0 of 8 uploaded, [345] failed.$"))
    assert len(asked) <= 5
    upload.unroute(TO_FILE)
    again(upload)
    expect(summary(upload)).to_have_text("8 of 8 uploaded.")


def test_a_fault_of_the_server_is_one_file_s_own(upload):
    first = iter([True])

    def fault(route):
        if next(first, False):
            route.fulfill(status=500, content_type="text/html", body="<h1>Fault</h1>")
        else:
            route.continue_()

    upload.route(TO_FILE, fault)
    choose(upload, *(file(100 + 10 * count) for count in range(4)))
    expect(summary(upload)).to_have_text("3 of 4 uploaded, 1 failed.")
    expect(upload.get_by_text("The server failed at this file.")).to_be_visible()
    again(upload)
    expect(summary(upload)).to_have_text("4 of 4 uploaded.")


def test_an_ended_session_says_so_and_the_files_wait(upload):
    cookies = upload.context.cookies()
    upload.context.clear_cookies()
    choose(upload, *(file(100 + 10 * count) for count in range(5)))
    expect(upload.get_by_text("You are signed out.")).to_be_visible()
    expect(upload.get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    expect(summary(upload)).to_have_text("0 of 5 uploaded.")
    upload.context.add_cookies(cookies)
    again(upload)
    expect(summary(upload)).to_have_text("5 of 5 uploaded.")


def test_another_sign_in_meanwhile_costs_no_file(upload, live_server):
    upload.context.clear_cookies()
    other = upload.context.new_page()
    other.goto(f"{live_server.url}/admin/login/?next=/admin/stories/image/")
    sign_in(other, "photo-desk")
    choose(upload, file(100), file(110))
    expect(summary(upload)).to_have_text("2 of 2 uploaded.")


def test_what_waits_can_be_paused_and_cancelled_and_leaving_asks_before(upload):
    held = []
    upload.route(TO_FILE, lambda route: held.append(route))
    choose(upload, *(file(100 + 10 * count) for count in range(5)))
    upload.get_by_role("button", name="Pause").click()
    expect(upload.locator(".is-waiting")).to_have_count(2)
    asked = []
    upload.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    upload.get_by_role("link", name="Back to the images").click()
    for route in held:
        route.continue_()
    expect(summary(upload)).to_have_text("3 of 5 uploaded.")
    assert asked == ["beforeunload"]
    upload.get_by_role("button", name="Cancel the rest").click()
    expect(summary(upload)).to_have_text("3 of 5 uploaded, 2 not sent.")
    upload.get_by_role("link", name="Back to the images").click()
    upload.wait_for_url(re.compile("/image/$"))
    assert asked == ["beforeunload"]


def test_pictures_for_a_story_come_to_its_gallery_beside_unsaved_words(desk, context, live_server):
    story = draft()
    page = desk(address(story))
    page.get_by_label("Byline").fill("Typed meanwhile")
    with context.expect_page() as opened:
        page.get_by_role("link", name="Upload new pictures").click()
    tab = opened.value
    choose(tab, file(100), file(110), file(120))
    expect(tab.get_by_text("3 pictures came to the gallery of")).to_be_visible()
    save(page)
    expect(page.get_by_text("Both are in the draft now; of yours: Byline.")).to_be_visible()
    expect(page.locator("#gallery-part .picture-row[id]")).to_have_count(3)
    assert [item.image.filename for item in story.gallery.all()] == ["quay-100.jpg", "quay-110.jpg", "quay-120.jpg"]


def test_a_gallery_that_was_not_reached_is_filled_by_trying_again(desk):
    story = draft()
    page = desk(f"/admin/stories/image/upload/?story={story.pk}")
    page.route(re.compile("/to-gallery/"), lambda route: route.abort())
    choose(page, file(100))
    expect(page.get_by_text("not in the story’s gallery yet")).to_be_visible()
    page.unroute(re.compile("/to-gallery/"))
    again(page)
    expect(page.get_by_text("1 picture came to the gallery of")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    assert [item.image.filename for item in story.gallery.all()] == ["quay-100.jpg"]


def test_pictures_that_arrive_while_the_gallery_is_filled_come_to_it_too(desk):
    story = draft()
    page = desk(f"/admin/stories/image/upload/?story={story.pk}")
    held = []
    page.route(re.compile("/to-gallery/"), lambda route: held.append(route), times=1)
    choose(page, file(100))
    expect(summary(page)).to_have_text("1 of 1 uploaded.")
    choose(page, file(110))
    expect(summary(page)).to_have_text("2 of 2 uploaded.")
    held[0].continue_()
    expect(page.get_by_text("1 picture came to the gallery of")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [item.image.filename for item in story.gallery.all()] == ["quay-100.jpg", "quay-110.jpg"]


def test_axe_finds_no_fault_in_the_page_and_it_fits_its_window(upload):
    notes = {"name": "a-name-without-any-blank-" * 8 + ".txt", "mimeType": "text/plain", "buffer": b"no picture"}
    choose(upload, file(100), notes, file(100, "again.jpg"))
    expect(summary(upload)).to_have_text("1 of 3 uploaded, 1 known already, 1 refused.")
    upload.route(TO_FILE, lambda route: route.abort())
    choose(upload, *(file(110 + 10 * count) for count in range(4)))
    expect(upload.get_by_text("The files wait here")).to_be_visible()
    assert faults(upload, WCAG, widths=(375, 1280)) == {}


def test_a_file_that_is_too_large_is_not_even_sent(upload):
    upload.evaluate("document.querySelector('.upload-form').dataset.mostBytes = '1048576'")
    choose(upload, {**file(100), "buffer": as_file() + bytes(1048576)})
    expect(upload.get_by_text("The file is larger than 1 MB.")).to_be_visible()
    assert not Image.objects.exists()


def test_without_script_the_form_does_it_all(browser, live_server):
    member("Photo desk")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/stories/image/upload/")
    sign_in(page, "photo-desk")
    page.goto(f"{live_server.url}/admin/stories/image/upload/")
    choose(page, file(100), file(110))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Uploaded.", exact=True)).to_have_count(2)
    context.close()

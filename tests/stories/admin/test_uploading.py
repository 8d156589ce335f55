import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from lxml import html

from stories.draft.pictures import add_pictures
from stories.images.library import add_picture
from stories.models import AuditEntry, GalleryItem, Image
from tests import factories
from tests.newsroom import member
from tests.stories.admin.story_form import messages, opened, save, with_row
from tests.stories.images.exiftool import with_metadata
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
UPLOAD, FILE = "/admin/stories/image/upload/", "/admin/stories/image/upload/file/"
TO_GALLERY = "/admin/stories/image/upload/to-gallery/"


@pytest.fixture
def desk(client):
    client.force_login(member("Photo desk"))
    return client


def upload(content, name="quay.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def send(client, content, name="quay.jpg", **more):
    return client.post(FILE, {"file": upload(content, name), **more}, headers={"Accept": "application/json"})


def test_a_file_becomes_a_picture_and_says_what_it_brought_and_lacks(desk):
    answer = send(desk, with_metadata(as_file(), "-XMP-dc:Description=The quay"), "dir/../quay.jpg").json()
    image = Image.objects.get()
    assert (answer["status"], answer["image"]) == ("new", image.pk)
    assert (image.caption, image.filename, image.uploaded_by.username) == ("The quay", "quay.jpg", "photo-desk")
    assert "Taken from the file: caption" in answer["row"]
    assert "Still needed: alt text, credit line" in answer["row"]


def test_a_known_file_leads_to_its_picture(desk):
    send(desk, as_file())
    answer = send(desk, as_file(), "copy.jpg").json()
    image = Image.objects.get()
    assert (answer["status"], answer["image"]) == ("known", image.pk)
    assert f"/admin/stories/image/{image.pk}/change/" in answer["row"]


def test_a_killed_file_says_why(desk):
    send(desk, as_file())
    Image.objects.update(killed_at="2026-03-02T12:00Z", kill_reason="Recalled, notice 7")
    assert "Recalled, notice 7" in send(desk, as_file()).json()["row"]


@pytest.mark.parametrize(("content", "sentence"), [(b"no picture", "not a picture"), (b"<svg>", "SVG"), (b"", "empty")])
def test_a_file_that_is_no_picture_is_refused_in_words(desk, content, sentence):
    answer = send(desk, content)
    assert (answer.status_code, answer.json()["status"]) == (200, "refused")
    assert sentence in answer.json()["sentence"]
    assert not Image.objects.exists()


def test_hostile_names_are_shown_as_text(desk):
    assert "<script>" not in send(desk, b"no picture", "<script>alert(1)<script>.jpg").json()["row"]


@pytest.mark.parametrize(
    "name",
    [
        b"../../../etc/passwd.jpg",
        b"..\\\\..\\\\boot.jpg",
        b"/etc/cron.d/job",
        b"a\0b.php",
        "photo\u202egpj.exe".encode(),
        b"a" * 900 + b".jpg",
        b"$(touch x);`id`.jpg",
        b"CON",
        b".htaccess",
    ],
)
def test_no_name_of_an_upload_reaches_the_disk(desk, settings, name):
    """Written by hand, since clients make names harmless before they send them."""
    head = b'--end\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n'
    answer = desk.generic("POST", FILE, head + as_file() + b"\r\n--end--\r\n", "multipart/form-data; boundary=end")
    assert answer.json()["status"] == "new"
    place = Path(settings.MEDIA_ROOT).parent
    files = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}
    digits = "[0-9a-f]{64}"
    assert len(files) == 3
    for file in files:
        assert re.fullmatch(rf"media/pictures/{digits}(\.thumb)?\.jpg|originals/{digits}\.jpg", file)
    shown = Image.objects.get().filename
    assert shown.isprintable()
    assert "/" not in shown
    assert len(shown) <= 300


def test_what_looks_alike_is_pointed_out(desk):
    first, second = four_corners(640, 480), four_corners(320, 240)
    send(desk, as_file(first))
    Image.objects.update(caption="The first of them")
    row = send(desk, as_file(second, quality=40)).json()["row"]
    assert "Looks like" in row
    assert "The first of them" in row


def test_nothing_sent_is_a_sentence(desk):
    answer = desk.post(FILE, {})
    assert (answer.status_code, answer.json()["status"]) == (422, "failed")
    assert desk.get(FILE).status_code == 405


def test_only_who_may_add_pictures_uploads(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(UPLOAD).status_code == 403
    assert send(client, as_file()).status_code == 403


def test_without_script_all_files_are_answered_on_one_page(desk):
    files = [upload(as_file()), upload(b"no picture", "notes.txt"), upload(as_file(), "again.jpg")]
    page = desk.post(UPLOAD, {"files": files}).content.decode()
    image = Image.objects.get()
    for said in ["Uploaded.", "Refused.", "Known already.", "notes.txt", f"captions/?ids={image.pk}"]:
        assert said in page


def test_without_script_and_files_it_says_so(desk):
    answer = desk.post(UPLOAD, {})
    assert answer.status_code == 422
    assert "No file arrived" in answer.content.decode()


def test_pictures_for_a_story_come_to_its_gallery_as_one_save_of_its_draft(client):
    client.force_login(member("Editor"))
    story = factories.draft()
    before = story.lock_version
    uploaded = [send(client, as_file(four_corners(side, 60))).json()["image"] for side in (70, 80)]
    answer = client.post(TO_GALLERY, {"story": story.pk, "ids": f"{uploaded[1]},{uploaded[0]}"})
    assert "2 pictures came to the gallery" in answer.json()["sentence"]
    story.refresh_from_db()
    assert [item.image_id for item in story.gallery.all()] == [uploaded[1], uploaded[0]]
    assert story.lock_version == before + 1
    assert AuditEntry.objects.filter(act="save", story=story, by__username="editor").count() == 1


def test_without_script_pictures_for_a_story_come_to_its_gallery(client):
    client.force_login(member("Editor"))
    story = factories.draft()
    page = client.post(UPLOAD, {"files": [upload(as_file())], "story": story.pk}).content.decode()
    assert "1 picture came to the gallery" in page
    assert [item.image for item in story.gallery.all()] == [Image.objects.get()]


def test_who_may_not_change_stories_adds_to_no_gallery(desk):
    story = factories.draft()
    image = send(desk, as_file()).json()["image"]
    assert desk.post(TO_GALLERY, {"story": story.pk, "ids": image}).status_code == 403
    desk.post(UPLOAD, {"files": [upload(as_file())], "story": story.pk})
    assert not GalleryItem.objects.exists()


def test_a_story_that_is_gone_is_a_sentence(client):
    client.force_login(member("Editor"))
    answer = client.post(TO_GALLERY, {"story": 99, "ids": send(client, as_file()).json()["image"]})
    assert (answer.status_code, answer.json()["sentence"][:9]) == (404, "The story")
    assert client.get(TO_GALLERY).status_code == 405


def test_pictures_uploaded_beside_an_open_form_are_brought_together_with_what_is_typed(client):
    client.force_login(member("Editor"))
    standing = [add_picture(as_file(four_corners(side, 60))) for side in (90, 100, 110)]
    story = factories.draft()
    add_pictures(story, standing[:2], by=None)
    form = opened(client, story)
    uploaded = [send(client, as_file(four_corners(side, 60))).json()["image"] for side in (70, 80)]
    client.post(TO_GALLERY, {"story": story.pk, "ids": ",".join(map(str, uploaded))})
    said = messages(save(client, with_row(form, "gallery", image=str(standing[2].pk)), story, byline="Typed meanwhile"))
    assert any("Both are in the draft now" in one for one in said)
    story.refresh_from_db()
    assert story.byline == "Typed meanwhile"
    assert {item.image_id for item in story.gallery.all()} == {*uploaded, *(image.pk for image in standing)}


def test_the_ways_to_the_page_are_there_for_who_may_upload(client):
    story = factories.draft()
    client.force_login(member("Editor"))
    assert f"{UPLOAD}?story={story.pk}" in client.get(f"/admin/stories/story/{story.pk}/change/").content.decode()
    assert UPLOAD in client.get("/admin/").content.decode()
    assert UPLOAD in client.get("/admin/stories/image/").content.decode()
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert UPLOAD not in client.get("/admin/").content.decode()


@override_settings(DATA_UPLOAD_MAX_NUMBER_FILES=2)
def test_too_many_files_without_script_are_a_sentence():
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("Photo desk"))
    files = [upload(as_file(), f"quay-{count}.jpg") for count in range(3)]
    answer = client.post(UPLOAD, {"files": files, "csrfmiddlewaretoken": token(client)})
    assert answer.status_code == 422
    assert "At most 2 files can be sent at once, so none was kept." in answer.content.decode()
    assert not Image.objects.exists()
    assert client.post(UPLOAD, {"files": files[:2], "csrfmiddlewaretoken": token(client)}).status_code == 200


def test_a_form_of_another_site_uploads_nothing():
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("Photo desk"))
    assert client.post(UPLOAD, {"files": [upload(as_file())]}).status_code == 403
    assert send(client, as_file()).status_code == 403
    assert not Image.objects.exists()


def token(client):
    return html.fromstring(client.get(UPLOAD).content).find_class("upload-form")[0].fields["csrfmiddlewaretoken"]


def test_the_form_of_one_picture_keeps_its_name_and_is_filled_from_the_file_where_nothing_was_typed(desk):
    told = with_metadata(as_file(), "-XMP-dc:Description=The quay", "-XMP-photoshop:Credit=Skell Courier")
    form = {"caption": "My words", "alt_text": "", "credit_line": "", "focal_x": 50, "focal_y": 50}
    desk.post("/admin/stories/image/add/", {**form, "upload": upload(told, "IMG_7.jpg")})
    image = Image.objects.get()
    assert (image.filename, image.caption, image.credit_line) == ("IMG_7.jpg", "My words", "Skell Courier")


def test_an_upload_asks_no_more_of_the_database_when_the_library_is_larger(desk, queries_do_not_grow):
    sides = iter(range(60, 400))
    queries_do_not_grow(
        lambda: send(desk, as_file(four_corners(next(sides), 60))),
        grow=lambda: add_picture(as_file(four_corners(next(sides), 90))),
    )


def test_what_the_file_says_stands_beside_what_was_changed(desk):
    tags = ["-XMP-dc:Description=The quay", "-XMP-photoshop:Credit=Skell Courier"]
    send(desk, with_metadata(as_file(), *tags))
    Image.objects.update(caption="My words")
    page = desk.get(f"/admin/stories/image/{Image.objects.get().pk}/change/").content.decode()
    assert "The file says: <q>The quay</q>" in page
    assert 'said-beside is-same" data-for="id_credit_line" data-typed="Skell Courier"' in page


def test_how_a_picture_was_made_is_chosen_in_words(desk):
    send(desk, as_file())
    Image.objects.update(digital_source_type="https://elsewhere.example/type")
    page = desk.get(f"/admin/stories/image/{Image.objects.get().pk}/change/").content.decode()
    assert "Made with generative AI (readers are told “Made with AI”)" in page
    assert '<option value="https://elsewhere.example/type" selected>' in page

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from stories.models import AuditEntry, GalleryItem, Image
from tests import factories
from tests.newsroom import member
from tests.stories.images.exiftool import with_metadata
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
UPLOAD, FILE = "/admin/stories/image/upload/", "/admin/stories/image/upload/file/"


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


def test_pictures_for_a_story_come_to_its_gallery_as_a_save_of_its_draft(client):
    client.force_login(member("Editor"))
    story = factories.draft()
    before = story.lock_version
    assert send(client, as_file(), story=story.pk).json()["status"] == "new"
    assert send(client, as_file(), story=story.pk).json()["status"] == "known"
    story.refresh_from_db()
    assert [item.image for item in story.gallery.all()] == [Image.objects.get()]
    assert story.lock_version == before + 1
    assert AuditEntry.objects.filter(act="save", story=story).exists()


def test_who_may_not_change_stories_adds_to_no_gallery(desk):
    story = factories.draft()
    send(desk, as_file(), story=story.pk)
    assert not GalleryItem.objects.exists()


def test_what_the_file_says_stands_beside_what_was_changed(desk):
    tags = ["-XMP-dc:Description=The quay", "-XMP-photoshop:Credit=Skell Courier"]
    send(desk, with_metadata(as_file(), *tags))
    Image.objects.update(caption="My words")
    page = desk.get(f"/admin/stories/image/{Image.objects.get().pk}/change/").content.decode()
    said = page[page.index('<dl class="said">') :].partition("</dl>")[0]
    assert "The quay <strong>The field says something else.</strong>" in said
    assert "<dd>Skell Courier</dd>" in said


def test_how_a_picture_was_made_is_chosen_in_words(desk):
    send(desk, as_file())
    Image.objects.update(digital_source_type="https://elsewhere.example/type")
    page = desk.get(f"/admin/stories/image/{Image.objects.get().pk}/change/").content.decode()
    assert "Made with generative AI (readers are told “Made with AI”)" in page
    assert '<option value="https://elsewhere.example/type" selected>' in page

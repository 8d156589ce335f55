from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html

from stories import publishing
from stories.images.intake import take_in
from stories.images.library import AlreadyInLibrary, add_picture, give_file
from stories.models import AuditEntry, GalleryItem, Image
from tests import factories
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
LIST = "admin:stories_image_changelist"
ADD = "admin:stories_image_add"
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def photo_desk(sign_in):
    return sign_in("Photo desk")


def form(data=None, name="harbour.jpg", **fields):
    upload = {} if data is None else {"upload": SimpleUploadedFile(name, data, "image/jpeg")}
    return {"caption": "", "alt_text": "", "credit_line": "", "focal_x": "50", "focal_y": "50", **upload, **fields}


def change(image):
    return reverse("admin:stories_image_change", args=[image.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response):
    return response.context["adminform"].form.errors


def test_an_upload_makes_a_picture(client, photo_desk):
    words = {
        "caption": "Ferries in the harbour",
        "alt_text": "Two white ferries at a quay",
        "credit_line": "Harbour Courier",
        "source_name": "Harbour Courier",
        "source_url": "https://harbour.example/ferries",
        "persons": "Ädele Öst\nBo Berg\n\nBo Berg\n",
    }
    response = client.post(reverse(ADD), form(as_file(), **words))
    assert response.status_code == 302
    image = Image.objects.get()
    assert {name: getattr(image, name) for name in words} == {**words, "persons": ["Ädele Öst", "Bo Berg"]}
    assert (image.width, image.height, image.uploaded_by) == (64, 48, photo_desk)
    assert image.sha256 == take_in(as_file()).sha256
    assert len(said(response)) == 1


def test_a_picture_without_alt_text_and_credit_is_kept_with_a_warning(client):
    response = client.post(reverse(ADD), form(as_file()))
    assert Image.objects.count() == 1
    assert "Before readers see this picture it needs: alt text, credit line." in said(response)


def test_alt_text_equal_to_the_caption_is_questioned(client):
    response = client.post(reverse(ADD), form(as_file(), caption="A quay", alt_text="A quay ", credit_line="HC"))
    assert "Before readers see this picture it needs: alt text other than the caption." in said(response)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(None, "Choose the picture’s file."), (b"", "empty"), (b"%PDF-1.7", "PDF"), (as_file()[:400], "damaged")],
)
def test_an_unusable_upload_is_refused_at_its_field_and_the_words_are_kept(client, data, sentence):
    response = client.post(reverse(ADD), form(data, caption="Ferries in the harbour"))
    assert sentence in str(errors(response)["upload"])
    assert "Ferries in the harbour" in response.content.decode()
    assert not Image.objects.exists()


def test_the_name_of_a_file_says_nothing(client):
    client.post(reverse(ADD), form(as_file(kind="PNG"), name="../../evil.php.svg"))
    image = Image.objects.get()
    assert image.file.name == f"pictures/{image.sha256}.jpg"
    assert "evil" not in image.original.name


def test_a_known_picture_is_led_to(client):
    known = add_picture(as_file(), caption="Ferries <in> the harbour")
    response = client.post(reverse(ADD), form(as_file()))
    assert f'<a href="{change(known)}">Ferries &lt;in&gt; the harbour</a>' in response.content.decode()
    assert Image.objects.count() == 1


def test_of_two_uploads_at_once_the_second_is_led_to_the_first(client, monkeypatch):
    known = add_picture(as_file())

    def too_late(image, intake):
        raise AlreadyInLibrary(known)

    monkeypatch.setattr("stories.admin.picture_form.refuse_known", lambda *args, **kwargs: None)
    monkeypatch.setattr("stories.admin.images.give_file", too_late)
    response = client.post(reverse(ADD), form(as_file()))
    assert response.url == change(known)
    assert "already in the library" in said(response)[0]
    assert Image.objects.count() == 1


def test_an_upload_that_the_storage_does_not_take_is_said_at_its_field_and_the_words_are_kept(client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(storages["originals"], "save", full)
    response = client.post(reverse(ADD), form(as_file(), caption="Ferries at the new quay"))
    assert "The picture could not be kept" in str(errors(response)["upload"])
    assert "Ferries at the new quay" in response.content.decode()
    assert not Image.objects.exists()


@pytest.mark.parametrize("name", ["source_url", "web_statement", "licensor_url"])
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://harbour.example/x", "harbour", "https://a b.example/"]
)
def test_addresses_are_such_as_a_document_carries(client, name, address):
    response = client.post(reverse(ADD), form(as_file(), **{name: address}))
    assert "not a web address" in str(errors(response)[name])
    assert "choose it again" in str(errors(response)["upload"])
    assert not Image.objects.exists()


def test_rights_that_end_before_they_begin_are_refused_at_their_field(client):
    days = {"rights_from": "2026-03-02T12:00", "rights_until": "2026-03-02T12:00"}
    response = client.post(reverse(ADD), form(as_file(), **days))
    assert "end before they begin" in str(errors(response)["rights_until"])


@pytest.mark.parametrize("name", ["caption", "alt_text"])
def test_words_longer_than_a_document_carries_are_refused(client, name):
    response = client.post(reverse(ADD), form(as_file(), **{name: "x" * 20_001}))
    assert "at most 20000 characters" in str(errors(response)[name])


def test_a_changed_caption_keeps_the_file(client):
    image = add_picture(as_file(), caption="Before")
    client.post(change(image), form(caption="After"))
    image.refresh_from_db()
    assert (image.caption, image.width) == ("After", 64)


def test_a_replaced_file_keeps_the_words_and_the_old_file(client, photo_desk):
    image = add_picture(as_file(), caption="Ferries")
    old = image.file.name
    client.post(change(image), form(as_file(four_corners(100, 80)), caption="Ferries"))
    image.refresh_from_db()
    assert (image.caption, image.width, image.uploaded_by) == ("Ferries", 100, photo_desk)
    assert default_storage.exists(old)


def test_an_announced_picture_is_given_its_file(client):
    image = Image.objects.create(caption="Announced")
    assert "awaits its upload" in client.get(change(image)).content.decode()
    client.post(change(image), form(as_file(), caption="Announced"))
    image.refresh_from_db()
    assert image.width == 64


def test_a_picture_says_which_stories_show_it(client):
    image = Image.objects.create(caption="Ferries")
    story = factories.draft(headline="Harbour talks")
    GalleryItem.objects.create(story=story, image=image)
    page = client.get(change(image)).content.decode()
    assert "Harbour talks" in page


def test_a_picture_says_which_versions_showed_it(client):
    image = add_picture(as_file(), caption="Ferries", alt_text="Two ferries", credit_line="Drawn here")
    story = factories.draft(headline="Harbour talks")
    item = GalleryItem.objects.create(story=story, image=image)
    publishing.publish(story, by=None)
    item.delete()
    page = client.get(change(image)).content.decode()
    assert f'<a href="/stories/{story.slug}/versions/1/">version 1</a>, live' in page


def test_a_picture_in_use_is_not_deleted_and_the_story_named(client, sign_in):
    sign_in("Chief")
    image = Image.objects.create(caption="Ferries")
    item = GalleryItem.objects.create(story=factories.draft(headline="Harbour talks"), image=image)
    delete = reverse("admin:stories_image_delete", args=[image.pk])
    response = client.post(delete, {"post": "yes"})
    assert response.url == change(image)
    assert said(response) == ["“Ferries” is used by the story “Harbour talks”. Remove it there first."]
    selected = {"action": "delete_selected", "_selected_action": [image.pk]}
    assert "is used by the story" in client.post(reverse(LIST), selected).content.decode()
    item.delete()
    client.post(delete, {"post": "yes"})
    assert not Image.objects.exists()


def test_a_picture_that_readers_were_shown_is_not_deleted(client, sign_in):
    sign_in("Chief")
    image = add_picture(as_file(), caption="Ferries", alt_text="Two ferries", credit_line="Drawn here")
    story = factories.draft(headline="Harbour talks")
    item = GalleryItem.objects.create(story=story, image=image)
    publishing.publish(story, by=None)
    item.delete()
    response = client.post(reverse("admin:stories_image_delete", args=[image.pk]), {"post": "yes"})
    assert "readers were shown it in “Harbour talks (version 1)”" in said(response)[0]
    assert Image.objects.exists()


def test_the_photo_desk_does_pictures_and_nothing_else(client):
    image = Image.objects.create()
    assert client.get(reverse(LIST)).status_code == 200
    assert client.get(reverse("admin:stories_image_delete", args=[image.pk])).status_code == 403
    for model in ("article", "outlet", "topic"):
        assert client.get(reverse(f"admin:stories_{model}_changelist")).status_code == 403
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_somebody_who_may_only_look_sees_the_picture(client, sign_in, photo_desk):
    photo_desk.groups.clear()
    photo_desk.user_permissions.add(Permission.objects.get(codename="view_image"))
    image = add_picture(as_file(), caption="Ferries")
    response = client.get(change(image))
    assert response.status_code == 200
    assert 'type="file"' not in response.content.decode()


def shown(client, image):
    return client.get(change(image)).context["adminform"].form["shown"].value()


def test_of_two_forms_each_writes_only_what_its_writer_changed(client):
    taken = datetime(2026, 2, 18, 9, 30, 59, tzinfo=UTC)
    image = add_picture(as_file(), caption="Old", credit_line="Courier", taken_at=taken, persons=["Orla Vantrel"])
    first = form(caption="New", credit_line="Courier", taken_at="2026-02-18T09:30", persons="Orla Vantrel")
    carried = shown(client, image)
    Image.objects.update(credit_line="Wire", place="Skell", killed_at=taken)
    client.post(change(image), {**first, "shown": carried})
    image.refresh_from_db()
    assert (image.caption, image.credit_line, image.place) == ("New", "Wire", "Skell")
    assert (image.taken_at, image.killed_at) == (taken, taken)


def test_what_two_changed_is_told_with_both_and_stands_when_it_is_sent_again(client):
    image = add_picture(as_file(), caption="Old")
    carried = shown(client, image)
    Image.objects.update(caption="Theirs")
    response = client.post(change(image), {**form(caption="Mine"), "shown": carried})
    assert "It says now: “Theirs”" in str(errors(response)["caption"])
    assert "Mine" in response.content.decode()
    again = response.context["adminform"].form["shown"].value()
    client.post(change(image), {**form(caption="Mine"), "shown": again})
    image.refresh_from_db()
    assert image.caption == "Mine"


def test_a_changed_picture_is_written_down_once(client):
    image = add_picture(as_file(), caption="Old")
    client.post(change(image), {**form(caption="New", may_be_cropped="on"), "shown": shown(client, image)})
    assert [entry.sentence for entry in AuditEntry.objects.filter(act="change image")] == ["Changed caption."]


def test_a_killed_picture_takes_no_other_file(client):
    image = add_picture(as_file(), caption="Old")
    Image.objects.update(killed_at=timezone.now())
    response = client.post(change(image), form(as_file(four_corners(100, 80)), caption="Old"))
    assert "was killed" in str(errors(response)["upload"])


def standing(client, image):
    page = html.fromstring(client.get(change(image)).content.decode())
    [cell] = page.xpath("//*[contains(@class, 'field-standing')]")
    return " ".join(cell.text_content().split()), cell.xpath(".//a[starts-with(@href, '/pictures/')]/@href")


def test_the_page_of_a_picture_says_that_its_file_was_replaced_and_who_sees_which(client):
    told = {"caption": "A quay", "alt_text": "A quay at dusk", "credit_line": "Strait Wire"}
    image = add_picture(as_file(), **told)
    first = image.sha256
    story = factories.live(gallery=[{"sha256": first, "file": image.file.name, "width": 64, "height": 48, **told}])
    assert "newer file" not in standing(client, image)[0]
    give_file(image, as_file(four_corners(80, 60)))
    text, links = standing(client, image)
    assert "A newer file took the place of the first one. No live version has the newer one yet." in text
    assert f"Earlier file {first[:8]} a live version still has it" in text
    assert links == [f"/pictures/{first[:16]}/"]
    publishing.publish(story, by=None)
    text, links = standing(client, image)
    assert "Readers see the newer one: its page." in text
    assert f"Earlier file {first[:8]} past versions alone have it" in text
    assert links == [f"/pictures/{image.sha256[:16]}/", f"/pictures/{first[:16]}/"]


def test_the_page_of_a_picture_costs_the_same_however_often_its_file_was_replaced(client, queries_do_not_grow):
    image, heights = add_picture(as_file()), iter(range(50, 90))
    queries_do_not_grow(
        lambda: client.get(change(image)),
        grow=lambda: give_file(image, as_file(four_corners(80, next(heights)))),
    )

from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse

from stories.images.library import add_picture
from stories.models import AuditEntry, Image
from tests.newsroom import member
from tests.stories.images.pictures import as_file

pytestmark = pytest.mark.django_db


def address(image):
    return reverse("admin:stories_image_original", args=[image.pk])


@pytest.fixture(autouse=True)
def photo_desk(sign_in):
    return sign_in("Photo desk")


def test_an_original_is_saved_as_it_came_under_a_name_of_ours(client):
    data = as_file(kind="PNG")
    image = add_picture(data)
    response = client.get(address(image))
    assert b"".join(response.streaming_content) == data
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="picture-{image.pk}.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_an_original_in_a_bucket_is_led_to_by_its_signed_address(client, in_buckets):
    image = add_picture(as_file())
    response = client.get(address(image))
    assert response.status_code == 302
    assert "X-Amz-Signature=" in response.url
    assert "private" in response["Cache-Control"]
    with urlopen(response.url) as answer:
        assert answer.read() == as_file()
        assert answer.headers["Content-Disposition"] == f'attachment; filename="picture-{image.pk}.jpg"'


@pytest.mark.parametrize("name", ["a.html", "a.jpg.exe", "a"])
def test_an_extension_that_is_not_ours_is_not_given_out(client, name):
    image = Image.objects.create(original=storages["originals"].save(name, ContentFile(b"anything")))
    assert client.get(address(image))["Content-Disposition"] == f'attachment; filename="picture-{image.pk}.bin"'


def test_the_download_is_written_down(client, photo_desk):
    image = add_picture(as_file(), caption="Ferries")
    client.get(address(image))
    entry = AuditEntry.objects.get(act="original")
    assert (entry.by, entry.about, entry.sentence) == (photo_desk, "image Ferries", "Downloaded the original.")


@pytest.mark.parametrize("where", ["on the disk", "in a bucket"])
def test_where_there_is_no_original_a_page_says_so(client, where, request):
    if where == "in a bucket":
        request.getfixturevalue("in_buckets")
    announced = Image.objects.create(caption="Announced")
    lost = add_picture(as_file())
    storages["originals"].delete(lost.original.name)
    for image, sentence in ((announced, "This picture has no original"), (lost, "The original is not in the storage")):
        response = client.get(address(image))
        assert response.status_code == 404
        assert sentence in response.content.decode()
    assert not AuditEntry.objects.filter(act="original").exists()


@pytest.mark.parametrize("where", ["open", "exists"])
def test_a_storage_that_does_not_answer_is_said_in_words(client, monkeypatch, where, request):
    if where == "exists":
        request.getfixturevalue("in_buckets")

    def away(*args, **kwargs):
        raise OSError("no answer")

    image = add_picture(as_file())
    monkeypatch.setattr(storages["originals"], where, away)
    response = client.get(address(image))
    assert response.status_code == 503
    assert "The storage for originals does not answer." in response.content.decode()


def test_only_staff_who_may_view_images_get_originals(client):
    image = add_picture(as_file())
    somebody = member("Chief")
    somebody.groups.clear()
    client.force_login(somebody)
    assert client.get(address(image)).status_code == 403
    client.logout()
    assert client.get(address(image)).status_code == 302
    assert not AuditEntry.objects.filter(act="original").exists()


def test_an_original_is_only_asked_for(client):
    image = add_picture(as_file())
    assert client.post(address(image)).status_code == client.head(address(image)).status_code == 405


def test_a_picture_that_is_not_there_has_no_original(client):
    assert client.get(reverse("admin:stories_image_original", args=[10**6])).status_code == 404


def test_the_record_of_a_picture_leads_to_its_original(client):
    image, announced = add_picture(as_file()), Image.objects.create(caption="Announced")
    link = f'<a href="{address(image)}">Download the original</a>'
    assert link in client.get(reverse("admin:stories_image_change", args=[image.pk])).content.decode()
    page = client.get(reverse("admin:stories_image_change", args=[announced.pk])).content.decode()
    assert "Download the original" not in page

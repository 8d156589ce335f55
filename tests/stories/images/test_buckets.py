import re
from unittest.mock import Mock
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stories.images.intake import take_in
from stories.images.library import NotKept, add_picture, give_file, thumbnail_url
from stories.models import Image
from tests import factories
from tests.buckets import names_in_buckets
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
ADD = "admin:stories_image_add"


def form(data, **fields):
    words = {"caption": "Ferries", "alt_text": "", "credit_line": "", "focal_x": "50", "focal_y": "50"}
    return {**words, "upload": SimpleUploadedFile("harbour.jpg", data, "image/jpeg"), **fields}


def broken(*args, **kwargs):
    said = {"Error": {"Code": "SlowDown", "Message": "Slow Down"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
    raise ClientError(said, "PutObject")


def away(*args, **kwargs):
    raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1/")


def fails(alias, fault, request="PutObject"):
    """From now on, in this test, the bucket fails at such requests."""
    storages[alias].connection.meta.client.meta.events.register(f"before-call.s3.{request}", fault)


def test_an_upload_through_the_form_lies_in_the_two_buckets(client, sign_in, in_buckets):
    sign_in("Photo desk")
    assert client.post(reverse(ADD), form(as_file())).status_code == 302
    intake, image = take_in(as_file()), Image.objects.get()
    assert names_in_buckets() == [
        [f"news/pictures/{intake.sha256}.jpg", f"news/pictures/{intake.sha256}.thumb.jpg"],
        [f"{intake.original_sha256}.jpg"],
    ]
    assert image.file.name == f"pictures/{intake.sha256}.jpg"
    assert image.file.read() == intake.jpeg
    assert image.original.read() == as_file()


def test_readers_fetch_a_picture_by_its_plain_address_once_and_for_ever(in_buckets):
    image = add_picture(as_file())
    assert image.file.url == f"{in_buckets.media_url}pictures/{image.sha256}.jpg"
    with urlopen(image.file.url) as answer:
        assert answer.read() == take_in(as_file()).jpeg
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with urlopen(thumbnail_url(image)) as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("extension", "kind"),
    [("jpg", "image/jpeg"), ("webp", "image/webp"), ("avif", "image/avif"), ("html", "application/octet-stream")],
)
def test_the_type_of_a_picture_is_that_of_our_own_names(in_buckets, extension, kind):
    content = ContentFile(b"<html>")
    content.content_type = "text/html"  # as an upload would claim
    name = default_storage.save(f"pictures/{'c' * 64}.{extension}", content)
    assert default_storage.bucket.Object(f"news/{name}").content_type == kind


def test_no_object_is_given_rights_of_its_own(in_buckets):
    sent = []
    for alias in ("default", "originals"):
        events = storages[alias].connection.meta.client.meta.events
        events.register("before-call.s3.PutObject", lambda params, **_: sent.append(params["headers"]))
    add_picture(as_file())
    assert len(sent) == 3
    assert not [name for headers in sent for name in headers if "acl" in name.lower() or "grant" in name.lower()]


def test_an_original_is_reached_by_a_signed_address_that_ends(in_buckets):
    name = add_picture(as_file()).original.name
    address = storages["originals"].download_url(name, "picture-1.jpg")
    query = {key: value for key, [value] in parse_qs(urlsplit(address).query).items()}
    assert query["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"
    assert query["X-Amz-Expires"] == "300"
    assert re.fullmatch("[0-9a-f]{64}", query["X-Amz-Signature"])
    with urlopen(address) as answer:
        assert answer.read() == as_file()
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="picture-1.jpg"'


def test_an_original_is_no_page_and_no_picture_whatever_asks_for_it(in_buckets):
    stored = storages["originals"].bucket.Object(add_picture(as_file()).original.name)
    assert (stored.content_type, stored.content_disposition) == ("application/octet-stream", "attachment")
    assert stored.cache_control == "private, no-store"


def test_nobody_gets_an_original_without_a_signature(in_buckets):
    name = add_picture(as_file()).original.name
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{in_buckets.endpoint}/{in_buckets.originals.bucket}/{name}")
    assert refused.value.code == 403


def test_the_policy_of_the_docs_publishes_pictures_and_nothing_beside_them(in_buckets):
    name = default_storage.save("notes.jpg", ContentFile(b"not for readers"))
    with pytest.raises(HTTPError) as refused:
        urlopen(default_storage.url(name))
    assert refused.value.code == 403


def test_pages_and_feeds_lead_to_the_public_bucket_and_never_to_an_original(client, in_buckets):
    image = add_picture(as_file(), caption="Ferries", alt_text="Two ferries", credit_line="Drawn here")
    entry = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    words = {"caption": "Ferries", "alt_text": "Two ferries", "credit_line": "Drawn here"}
    story = factories.live(gallery=[{**entry, **words}])
    addresses = [story.get_absolute_url(), "/", "/feeds/headlines.rss", "/feeds/headlines.atom"]
    for page in (client.get(address).content.decode() for address in addresses):
        assert set(re.findall(r"[^\"' ]*pictures/[0-9a-f]{64}\.\w+", page.replace("&quot;", '"'))) == {image.file.url}
        assert image.original.name not in page
        assert in_buckets.originals.bucket not in page


def test_addresses_from_before_the_bucket_lead_there(client, in_buckets):
    image = add_picture(as_file())
    response = client.get(f"/media/{image.file.name}")
    assert (response.status_code, response.url) == (301, image.file.url)


def test_a_replaced_file_stays_for_the_versions_that_show_it(in_buckets):
    image = add_picture(as_file())
    first = image.file.url
    give_file(image, as_file(four_corners(100, 100)))
    assert image.file.url != first
    assert urlopen(first).read() == take_in(as_file()).jpeg


def test_a_file_that_is_there_is_not_written_again(in_buckets):
    add_picture(as_file())
    Image.objects.all().delete()
    for request in ("PutObject", "DeleteObject"):
        fails("default", broken, request)
        fails("originals", broken, request)
    image = add_picture(as_file())
    assert [len(names) for names in names_in_buckets()] == [2, 1]
    assert image.file.read() == take_in(as_file()).jpeg


def test_a_name_is_taken_as_it_is_also_where_two_write_it_at_once(in_buckets):
    names = {default_storage.save("pictures/a.jpg", ContentFile(b"the same")) for _ in range(2)}
    assert names == {"pictures/a.jpg"}
    assert names_in_buckets()[0] == ["news/pictures/a.jpg"]


def test_a_file_that_is_deleted_is_gone(in_buckets):
    image = add_picture(as_file())
    default_storage.delete(image.file.name)
    assert not default_storage.exists(image.file.name)
    with pytest.raises(FileNotFoundError):
        default_storage.open(image.file.name)
    with pytest.raises(FileNotFoundError):
        default_storage.size(image.file.name)


@pytest.mark.parametrize("fault", [broken, away])
@pytest.mark.parametrize("alias", ["default", "originals"])
def test_a_failure_in_the_middle_leaves_neither_row_nor_file(in_buckets, alias, fault):
    fails(alias, fault)
    with pytest.raises(NotKept, match="Nothing was saved"):
        add_picture(as_file())
    assert not Image.objects.exists()
    assert names_in_buckets() == [[], []]


def test_what_cannot_be_removed_either_is_taken_up_by_the_next_upload(in_buckets):
    fails("originals", fault := Mock(side_effect=broken))
    fails("default", fault, "DeleteObject")
    with pytest.raises(NotKept):
        add_picture(as_file())
    assert [len(names) for names in names_in_buckets()] == [2, 0]
    fault.configure_mock(side_effect=None, return_value=None)
    image = add_picture(as_file())
    assert image.file.read() == take_in(as_file()).jpeg
    assert [len(names) for names in names_in_buckets()] == [2, 1]


def test_the_uploader_is_told_and_keeps_the_words(client, sign_in, in_buckets):
    sign_in("Photo desk")
    fails("originals", broken)
    response = client.post(reverse(ADD), form(as_file(), caption="Ferries at the new quay"))
    assert response.status_code == 200
    assert "The picture could not be kept" in str(response.context["adminform"].form.errors["upload"])
    assert "Ferries at the new quay" in response.content.decode()
    assert not Image.objects.exists()
    assert names_in_buckets() == [[], []]


def test_a_failed_replacement_keeps_the_picture_as_it_was(client, sign_in, in_buckets):
    sign_in("Photo desk")
    image = add_picture(as_file(), caption="Before")
    before = names_in_buckets()
    fails("originals", broken)
    address = reverse("admin:stories_image_change", args=[image.pk])
    response = client.post(address, form(as_file(four_corners(100, 80)), caption="After"))
    assert "The picture could not be kept" in response.content.decode()
    kept = Image.objects.get()
    assert (kept.caption, kept.file.name, kept.width) == ("Before", image.file.name, 64)
    assert names_in_buckets() == before

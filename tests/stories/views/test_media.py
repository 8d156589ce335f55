import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

NAME = f"pictures/{'c' * 64}.jpg"


@pytest.fixture
def address():
    default_storage.save(NAME, ContentFile(b"a picture"))
    return f"/media/{NAME}"


def test_picture_is_served_for_good_under_its_content(client, address):
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"a picture"
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert {"public", "immutable", "max-age=31536000"} == set(response["Cache-Control"].split(", "))


def test_known_picture_is_not_sent_again(client, address):
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    "name",
    [
        f"pictures/{'d' * 64}.jpg",
        "pictures/../newsdesk.sqlite3",
        f"originals/{'c' * 64}.jpg",
        f"pictures/{'c' * 64}.png",
        f"pictures/{'c' * 64}.thumb.webp",
        f"pictures/{'C' * 64}.jpg",
        "pictures/",
    ],
)
def test_nothing_else_is_served(client, address, name):
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_a_rendition_is_served_as_what_it_is(client, kind):
    default_storage.save(f"pictures/{'c' * 64}.{kind}", ContentFile(b"small"))
    response = client.get(f"/media/pictures/{'c' * 64}.{kind}")
    assert response["Content-Type"] == f"image/{kind}"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_thumbnail_is_served(client):
    name = f"pictures/{'c' * 64}.thumb.jpg"
    default_storage.save(name, ContentFile(b"small"))
    assert client.get(f"/media/{name}").status_code == 200

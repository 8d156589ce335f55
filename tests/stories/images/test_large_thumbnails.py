import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stories.images.large_thumbnails import large_thumbnails
from stories.images.library import add_picture
from stories.models import Image, PictureFile
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db


def rendition(width, kind="jpg", ratio=""):
    file = f"pictures/{width:064}.{kind}"
    return {"ratio": ratio, "width": width, "height": 9, "format": kind, "file": file, "bytes": 9}


def test_the_smallest_whole_jpeg_that_is_large_enough_is_taken():
    image = add_picture(as_file())
    others = [rendition(300), rendition(1200), rendition(400, "avif"), rendition(400, ratio="4:3")]
    PictureFile.objects.update(renditions=[*others, rendition(800)])
    assert large_thumbnails([image]) == {image.pk: f"/media/pictures/{800:064}.jpg"}


def test_a_picture_without_renditions_shows_its_thumbnail_and_one_without_file_nothing():
    image, awaited = add_picture(as_file()), Image.objects.create()
    assert large_thumbnails([image, awaited]) == {
        image.pk: f"/media/pictures/{image.sha256}.thumb.jpg",
        awaited.pk: "",
    }


def test_a_killed_picture_is_shown_to_nobody():
    image = add_picture(as_file(), killed_at=timezone.now())
    PictureFile.objects.update(renditions=[rendition(800)])
    assert large_thumbnails([image]) == {image.pk: ""}


def test_all_are_asked_for_at_once():
    images = [add_picture(as_file(four_corners(width, 60))) for width in (60, 80, 100)]
    with CaptureQueriesContext(connection) as captured:
        large_thumbnails(images)
    assert len(captured) == 1

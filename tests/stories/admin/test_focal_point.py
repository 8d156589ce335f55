import re

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.images.library import add_picture
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def photo_desk(sign_in):
    return sign_in("Photo desk")


def pieces(client, **fields):
    image = add_picture(as_file(four_corners(1600, 1200)), **fields)
    page = client.get(reverse("admin:stories_image_change", args=[image.pk])).content.decode()
    return dict(re.findall(r'viewBox="([\d ]+)"[^>]*aria-label="The picture in ([\d.:]+)"', page)), page


def test_each_ratio_shows_what_its_crop_keeps(client):
    shown, _ = pieces(client, focal_x=50, focal_y=0)
    assert shown == {"0 0 1600 900": "16:9", "0 0 1600 1200": "4:3", "200 0 1200 1200": "1:1", "0 0 1600 838": "1.91:1"}


def test_a_picture_that_is_not_cropped_is_shown_whole(client):
    shown, page = pieces(client, may_be_cropped=False)
    assert set(shown) == {"0 0 1600 1200"}
    assert "It is shown whole everywhere." in page


def test_a_picture_without_a_file_and_a_killed_one_have_nothing_to_cut(client):
    shown, page = pieces(client, killed_at=timezone.now())
    assert not shown
    assert "There is no file to cut." in page

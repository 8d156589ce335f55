from datetime import timedelta

import pytest
from django.utils import timezone

from stories.images.library import add_picture, give_file
from stories.images.rights import Withheld
from stories.images.showing import on_page, pictures_at
from stories.models import Image, PictureFile
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_a_picture_is_shown_with_its_renditions(django_assert_num_queries):
    image = add_picture(as_file())
    PictureFile.objects.update(renditions=[{"ratio": "1:1"}])
    with django_assert_num_queries(1):
        shown = pictures_at([image.sha256, "f" * 64, ""], timezone.now())
    assert list(shown) == [image.sha256]
    assert (shown[image.sha256].withheld, shown[image.sha256].renditions) == (None, [{"ratio": "1:1"}])


def test_no_pictures_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert pictures_at(["", None], timezone.now()) == {}


def test_an_earlier_file_has_the_rights_of_its_picture():
    image = add_picture(as_file())
    first = image.sha256
    give_file(image, as_file(four_corners(100, 100)))
    now = timezone.now()
    Image.objects.update(rights_until=now)
    shown = pictures_at([first, image.sha256], now)
    assert {entry.withheld for entry in shown.values()} == {Withheld.ENDED}
    assert pictures_at([first], now - MINUTE)[first].withheld is None


def test_a_page_gets_the_pictures_that_may_be_shown_and_can_say_what_stood_there():
    image, other = add_picture(as_file()), add_picture(as_file(four_corners(100, 100)))
    now = timezone.now()
    Image.objects.filter(pk=image.pk).update(killed_at=now)
    entries = [{"file": one.file.name, "sha256": one.sha256, "width": 4, "height": 3} for one in (image, other)]
    entries.append({"file": None, "sha256": None})
    assert [picture.entry["sha256"] for picture in on_page(entries, now)] == [other.sha256]
    withheld = on_page(entries, now, withheld_too=True)
    assert [picture.shown.withheld for picture in withheld] == [Withheld.KILLED, None]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_any_number_of_files_is_read_at_once(django_assert_num_queries, count):
    files = [add_picture(as_file(four_corners(50 + number, 40))).sha256 for number in range(count)]
    with django_assert_num_queries(1):
        assert pictures_at([*files, files[0]], timezone.now()).keys() == set(files)

import pytest

from stories.draft import pictures as draft_pictures
from stories.images.library import add_picture
from stories.models import Snapshot
from tests import factories
from tests.newsroom import member
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
MAKE = "/admin/stories/image/make-gallery/"


@pytest.fixture
def images():
    return [add_picture(as_file(four_corners(side, 60)), caption=f"Picture of {side}") for side in (100, 110, 120)]


def ids(images):
    return ",".join(str(image.pk) for image in images)


def test_the_chosen_pictures_come_to_the_gallery_in_their_order(client, images):
    client.force_login(member("Editor"))
    story = factories.draft()
    first, second, third = images
    client.post(MAKE, {"ids": ids([second]), "story": story.pk})
    answer = client.post(MAKE, {"ids": ids([third, second, first]), "story": story.pk}, follow=True)
    assert [item.image for item in story.gallery.all()] == [second, third, first]
    text = answer.content.decode()
    assert "2 pictures came to the gallery" in text
    assert "Already in it: “Picture of 110”." in text
    story.refresh_from_db()
    assert story.snapshots.filter(reason=Snapshot.Reason.SAVE, lock_version=story.lock_version).exists()


def test_a_full_gallery_says_what_found_no_room(client, images, monkeypatch):
    monkeypatch.setattr(draft_pictures, "MOST_PICTURES", 2)
    client.force_login(member("Editor"))
    story = factories.draft()
    answer = client.post(MAKE, {"ids": ids(images), "story": story.pk}, follow=True)
    assert story.gallery.count() == 2
    assert "1 found no room" in answer.content.decode()


def test_the_photo_desk_changes_no_story(client, images):
    client.force_login(member("Photo desk"))
    assert client.post(MAKE, {"ids": ids(images), "story": factories.draft().pk}).status_code == 403


def test_a_story_must_be_chosen(client, images):
    client.force_login(member("Editor"))
    assert client.post(MAKE, {"ids": ids(images)}).status_code == 422
    assert "Picture of 100" in client.get(f"{MAKE}?ids={ids(images)}").content.decode()

import pytest
from django.contrib.auth.models import Permission

from stories import reviewing
from stories.draft import pictures as draft_pictures
from stories.images.library import add_picture
from stories.models import Snapshot, Story
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


def test_a_new_story_begins_with_the_chosen_pictures(client, images):
    client.force_login(member("Editor"))
    answer = client.post(MAKE, {"ids": ids(images), "headline": "Ferries in snow"})
    story = Story.objects.get()
    assert answer.url == f"/admin/stories/story/{story.pk}/change/"
    assert (story.headline, [item.image for item in story.gallery.all()]) == ("Ferries in snow", images)


def test_a_story_and_a_headline_together_are_refused(client, images):
    client.force_login(member("Editor"))
    answer = client.post(MAKE, {"ids": ids(images), "headline": "Ferries", "story": factories.draft().pk})
    assert answer.status_code == 422
    assert Story.objects.count() == 1


def test_who_may_begin_no_story_is_not_offered_one(client, images):
    client.force_login(editor := member("Editor"))
    editor.groups.get().permissions.remove(Permission.objects.get(codename="add_story"))
    assert "working headline" not in client.get(f"{MAKE}?ids={ids(images)}").content.decode()
    answer = client.post(MAKE, {"ids": ids(images), "headline": "Ferries"})
    assert "Choose a story." in answer.content.decode()
    assert not Story.objects.exists()


def test_a_story_found_ready_is_read_again_once_a_reporter_adds_pictures(client, images):
    story = factories.draft()
    reviewing.move(story, "ready", by=member("Editor"))
    client.force_login(member("Reporter"))
    client.post(MAKE, {"ids": ids(images), "story": story.pk})
    story.refresh_from_db()
    assert story.review_state == Story.ReviewState.IN_REVIEW


def test_nothing_new_is_no_save_of_the_draft(client, images):
    client.force_login(member("Editor"))
    story = factories.draft()
    client.post(MAKE, {"ids": ids(images), "story": story.pk})
    before = Story.objects.get().lock_version
    client.post(MAKE, {"ids": ids(images), "story": story.pk})
    assert Story.objects.get().lock_version == before


def test_without_a_script_the_story_is_looked_for_and_chosen(client, images):
    client.force_login(member("Editor"))
    story, other = factories.draft(headline="Ferries in snow"), factories.draft(headline="Ferries in spring")
    factories.draft(headline="A dam")
    sent = {"ids": ids(images), "find": " snow FERRIES", "look": "1", "headline": "Kept"}
    page = client.post(MAKE, sent)
    assert page.status_code == 200
    assert list(page.context["found"]) == [story]
    assert (page.context["find"], page.context["form"]["headline"].value()) == ("snow FERRIES", "Kept")
    assert list(client.post(MAKE, {**sent, "find": "ferries"}).context["found"]) == [other, story]
    assert "No story has these words" in client.post(MAKE, {**sent, "find": "tram"}).content.decode()
    client.post(MAKE, {"ids": ids(images), "find": "snow", "story": ["", str(story.pk)], "headline": ""})
    assert [item.image for item in story.gallery.all()] == images

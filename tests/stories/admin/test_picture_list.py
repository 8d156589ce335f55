"""The photo desk's list: thumbnails, marks, filters, and what is counted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories import publishing
from stories.images.digital_source import SOURCE_TYPES
from stories.images.library import add_picture, give_file
from stories.models import GalleryItem, Image
from tests import factories
from tests.stories.admin.story_form import text
from tests.stories.images.pictures import as_file, four_corners

pytestmark = pytest.mark.django_db
LIST = reverse("admin:stories_image_changelist")
DAY = timedelta(days=1)
WHOLE = {"alt_text": "Two ferries", "credit_line": "Strait Wire"}


@pytest.fixture(autouse=True)
def photo_desk(sign_in):
    return sign_in("Photo desk")


def shown(client, **query):
    return {image.pk for image in client.get(LIST, query).context["cl"].result_list}


def in_gallery(image, **story):
    draft = factories.draft(**story)
    GalleryItem.objects.create(story=draft, image=image)
    return draft


def test_the_list_shows_thumbnails_and_what_is_needed(client):
    image = add_picture(as_file(), caption="Ferries", alt_text="Two ferries")
    Image.objects.create(caption="Announced")
    page = client.get(LIST).content.decode()
    assert f"/media/pictures/{image.sha256}.thumb.jpg" in page
    assert "No file yet" in page
    assert "credit line" in page


def test_the_list_is_a_grid_unless_it_is_asked_for_as_a_list(client):
    Image.objects.create(caption="Ferries")
    Image.objects.create(caption="A crane")
    grid = client.get(LIST, {"q": "ferries"})
    assert "as-grid" in grid.content.decode()
    plain = client.get(LIST + grid.context["cl"].other_layout)
    assert "as-list" in plain.content.decode()
    assert len(plain.context["cl"].result_list) == 1  # the search stays
    assert "as-grid" in client.get(LIST + plain.context["cl"].other_layout).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"killed_at": timezone.now()}, "Killed"),
        ({"rights_until": timezone.now() - DAY}, "Rights ended"),
        ({"rights_until": timezone.now() + DAY}, "Rights end "),
        ({"rights_from": timezone.now() + DAY}, "Rights not begun"),
        ({"digital_source_type": SOURCE_TYPES["trainedAlgorithmicMedia"].uri}, "Made with AI"),
    ],
)
def test_a_picture_is_marked_with_what_is_to_be_known_before_it_is_used(client, fields, words):
    Image.objects.create(caption="Plain", rights_until=timezone.now() + 9 * DAY)
    assert "mark-" not in client.get(LIST).content.decode()
    Image.objects.create(caption="Marked", **fields)
    page = client.get(LIST)
    assert page.content.decode().count("mark-") == 1
    assert words in text(page)


def test_the_list_is_filtered_by_what_is_needed(client):
    awaited = Image.objects.create(**WHOLE)
    bare = add_picture(as_file(), caption="Bare", alt_text="Bare")
    recalled = Image.objects.create(killed_at=timezone.now())
    add_picture(as_file(four_corners(90, 90)), **WHOLE)
    decorative = Image.objects.create(decorative=True)
    assert shown(client, needs="anything") == {awaited.pk, bare.pk, recalled.pk, decorative.pk}
    assert shown(client, needs="words") == {bare.pk}
    assert shown(client, needs="file") == {awaited.pk, recalled.pk, decorative.pk}
    assert shown(client, needs="credit") == {bare.pk, recalled.pk, decorative.pk}
    assert shown(client, needs="alt_text") == {recalled.pk}
    assert shown(client, needs="other_alt_text") == {bare.pk}


def test_the_list_is_filtered_by_rights(client):
    now = timezone.now()
    held = Image.objects.create(rights_until=now + 8 * DAY)
    without_end = Image.objects.create()
    ending = Image.objects.create(rights_until=now + 6 * DAY)
    ended = Image.objects.create(rights_until=now - DAY)
    ahead = Image.objects.create(rights_from=now + DAY)
    killed = Image.objects.create(killed_at=now, rights_until=now + DAY)
    assert shown(client, rights="held") == {held.pk, without_end.pk, ending.pk}
    assert shown(client, rights="ending") == {ending.pk}
    assert shown(client, rights="ended") == {ended.pk}
    assert shown(client, rights="ahead") == {ahead.pk}
    assert shown(client, rights="killed") == {killed.pk}


def test_a_picture_is_unused_while_no_draft_and_no_version_shows_it(client):
    drafted = Image.objects.create(caption="In a draft")
    in_gallery(drafted)
    published = add_picture(as_file(), **WHOLE)
    story = in_gallery(published)
    publishing.publish(story, by=None)
    story.gallery.all().delete()
    give_file(published, as_file(four_corners(90, 60)))  # the Version shows it under its earlier file
    unused = Image.objects.create(caption="Nowhere")
    assert shown(client, used="yes") == {drafted.pk, published.pk}
    assert shown(client, used="no") == {unused.pk}


def test_a_picture_tells_how_many_stories_have_it_in_draft_or_live(client):
    image = add_picture(as_file(), **WHOLE)
    twice = in_gallery(image)
    publishing.publish(twice, by=None)
    live_only = in_gallery(image)
    publishing.publish(live_only, by=None)
    live_only.gallery.all().delete()
    give_file(image, as_file(four_corners(90, 60)))
    in_gallery(image)
    [row] = client.get(LIST).context["cl"].result_list
    assert row.story_count == 3


def test_the_overview_leads_to_pictures_without_alt_text_or_credit(client):
    Image.objects.create(**WHOLE)
    assert "Every picture has its alt text and credit." in text(client.get("/admin/"))
    add_picture(as_file())
    page = client.get("/admin/")
    assert "1 picture lacks alt text or credit" in text(page)
    assert f'href="{LIST}?needs=words"' in page.content.decode()


@pytest.mark.parametrize("words", ["quagga", '"' * 3, "% _ \\ [ ( *", "x" * 3000, "a b " * 500, "'", "\\d [^a]"])
def test_any_search_is_answered(client, words):
    Image.objects.create(caption="Ferries")
    assert client.get(LIST, {"q": words}).status_code == 200


def test_the_list_costs_the_same_however_many_pictures_it_shows(client, queries_do_not_grow, photo_desk):
    def grow():
        image = add_picture(as_file(four_corners(60 + 2 * Image.objects.count(), 60)), by=photo_desk, **WHOLE)
        publishing.publish(in_gallery(image), by=None)

    queries_do_not_grow(lambda: client.get(LIST, {"q": "ferries", "used": "yes"}), grow=grow)

"""Choosing a picture in a story's gallery."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from lxml import html

from stories.images.library import add_picture
from stories.models import Image
from tests.stories.images.pictures import as_file

pytestmark = pytest.mark.django_db
CHOICES = "/admin/stories/image/choices/"
ASKED = {"app_label": "stories", "model_name": "galleryitem", "field_name": "image"}


def found(client, term=""):
    return client.get(CHOICES, {**ASKED, "term": term}).json()["results"]


def test_what_is_found_shows_what_it_looks_like_and_what_is_to_be_known(client, sign_in):
    sign_in("Editor")
    image = add_picture(as_file(), caption="Ferries", credit_line="Strait Wire", rights_until=timezone.now())
    Image.objects.update(refused_uses=["advertising"], permitted_uses=["news"], usage_terms="One <story>.")
    [choice] = found(client)
    row = html.fromstring(choice.pop("row"))
    assert " ".join(row.text_content().split()) == (
        "Strait Wire Rights ended Refused: advertising Allowed: news · Terms: One <story>."
    )
    assert choice == {
        "id": str(image.pk),
        "text": "Ferries",
        "thumbnail": f"/media/pictures/{image.sha256}.thumb.jpg",
        "facts": "Strait Wire · Rights ended · Refused: advertising",
    }


def test_pictures_are_found_by_all_their_metadata(client, sign_in):
    sign_in("Editor")
    Image.objects.create(caption="Ferries", place="Östersund")
    Image.objects.create(caption="A crane")
    assert [choice["text"] for choice in found(client, "ostersund ferries")] == ["Ferries"]


def test_who_may_see_no_picture_finds_none(client):
    client.force_login(User.objects.create_user("bo", is_staff=True))
    assert client.get(CHOICES, ASKED).status_code == 403


def test_what_is_found_costs_the_same_however_much_it_is(client, sign_in, queries_do_not_grow):
    sign_in("Editor")
    queries_do_not_grow(lambda: client.get(CHOICES, ASKED), grow=Image.objects.create)

"""The list of captions and alt text: which pictures it has, and saving one row."""

import itertools

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from lxml import html

from stories.admin.captions import ON_A_PAGE, QUESTION
from stories.models import Image
from tests.stories.admin.story_form import messages, text

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:stories_image_captions")
LIST = reverse("admin:stories_image_changelist")
JSON = {"Accept": "application/json"}
numbers = itertools.count(1)
WHOLE = {"alt_text": "Two ferries", "credit_line": "Strait Wire"}


@pytest.fixture(autouse=True)
def photo_desk(sign_in):
    return sign_in("Photo desk")


def pictured(**fields):
    """A picture whose file nobody looks at."""
    sha256 = f"{next(numbers):064x}"
    return Image.objects.create(file=f"pictures/{sha256}.jpg", sha256=sha256, width=8, height=6, **fields)


def shown(response):
    return [row.image for row in response.context["rows"]]


def opened(client, image):
    """The row's fields as a browser would post them."""
    page = html.fromstring(client.get(f"{PAGE}?ids={image.pk}").content.decode())
    form = page.get_element_by_id(f"picture-{image.pk}")
    for area in form.iter("textarea"):
        area.text = (area.text or "").removeprefix("\n")
    return dict(form.form_values())


def save(client, row, **typed):
    return client.post(PAGE, {**row, **typed}, headers=JSON)


def test_the_queue_has_what_lacks_alt_text_or_credit_the_newest_first(client):
    older, newer = pictured(credit_line="Strait Wire"), pictured(alt_text="Two ferries")
    pictured(**WHOLE)
    pictured(killed_at=timezone.now())
    Image.objects.create(caption="Nobody can see it yet")
    pictured(decorative=True, credit_line="Strait Wire")
    assert shown(client.get(PAGE)) == [newer, older]


def test_an_empty_queue_says_that_nothing_is_wanting(client):
    assert "Every picture has its alt text and its credit line." in text(client.get(PAGE))
    assert "No picture is chosen." in text(client.get(f"{PAGE}?ids="))


def test_a_selection_is_shown_in_its_order(client):
    first, second = pictured(**WHOLE), pictured()
    pictured()
    ticked = {"action": "describe_selected", "_selected_action": [first.pk, second.pk], "picked": f"{second.pk}"}
    assert shown(client.get(client.post(LIST, ticked).url)) == [second, first]


@pytest.mark.parametrize("is_queue", [True, False])
def test_long_lists_come_in_pages_and_the_next_begins_after_the_last_picture(client, is_queue):
    images = [pictured() for _ in range(ON_A_PAGE + 2)][::-1]
    ids = ",".join(str(image.pk) for image in images)
    first = client.get(PAGE if is_queue else f"{PAGE}?ids={ids}")
    assert shown(first) == images[:ON_A_PAGE]
    Image.objects.filter(pk__in=[image.pk for image in images[:3]]).update(**WHOLE)  # they leave the queue
    last = client.get(PAGE + first.context["following"])
    assert shown(last) == images[ON_A_PAGE:]
    assert last.context["following"] == ""


def test_a_row_is_saved_alone(client):
    image, other = pictured(caption="Ferries"), pictured()
    said = save(client, opened(client, image), alt_text="Two white ferries", decorative="on").json()
    assert (said["saved"], said["state"]) == (True, "Saved. Still needed: credit line.")
    assert said["base"] == {
        "caption": "Ferries", "alt_text": "Two white ferries", "decorative": "on", "credit_line": ""
    }  # fmt: skip
    image.refresh_from_db()
    assert (image.alt_text, image.decorative) == ("Two white ferries", True)
    other.refresh_from_db()
    assert other.alt_text == ""


def test_alt_text_equal_to_the_caption_is_saved_and_questioned(client):
    image = pictured(caption="Ferries")
    said = save(client, opened(client, image), alt_text="Ferries").json()
    assert (said["saved"], said["question"]) == (True, QUESTION)
    assert QUESTION in text(client.get(f"{PAGE}?ids={image.pk}"))


def test_what_is_too_long_is_refused_in_words_and_nothing_is_written(client):
    image = pictured()
    response = save(client, opened(client, image), credit_line="x" * 301, caption="Ferries")
    assert response.status_code == 422
    assert response.json()["state"].startswith("Not saved: Credit line: Ensure this value has at most 300")
    image.refresh_from_db()
    assert image.caption == ""


def test_a_field_that_both_changed_shows_both_and_the_others_are_saved(client):
    image = pictured(caption="Ferries")
    row = opened(client, image)
    Image.objects.update(caption="Ferries, by Bo", credit_line="By Bo")
    said = save(client, row, caption="Ferries, by Kim", alt_text="Two ferries").json()
    assert said["saved"] is False
    assert said["conflicts"] == [{"name": "caption", "label": "Caption", "theirs": "Ferries, by Bo"}]
    image.refresh_from_db()
    assert (image.caption, image.alt_text, image.credit_line) == ("Ferries, by Bo", "Two ferries", "By Bo")


def test_without_a_script_a_row_is_a_form_that_comes_back_to_its_place(client):
    image = pictured(caption="Ferries")
    page = f"{PAGE}?ids={image.pk}"
    response = client.post(page, {**opened(client, image), "alt_text": "Ferries"}, follow=True)
    assert response.redirect_chain[-1][0] == f"{page}#picture-{image.pk}"
    assert messages(response) == [
        "“Ferries”: Saved. Still needed: credit line, alt text other than the caption.", QUESTION
    ]  # fmt: skip


def test_without_a_script_a_conflict_shows_both_and_the_second_save_keeps_yours(client):
    image = pictured(caption="Ferries")
    row = opened(client, image)
    Image.objects.update(caption="Ferries, by Bo", credit_line="By Bo")
    page = client.post(PAGE, {**row, "caption": "Ferries, by Kim"})
    assert page.status_code == 409
    assert "“Ferries, by Bo”. Save again to keep yours." in text(page)
    form = html.fromstring(page.content.decode()).get_element_by_id(f"picture-{image.pk}")
    again = {name: value.removeprefix("\n") for name, value in form.form_values()}
    assert again["caption"] == "Ferries, by Kim"
    assert client.post(PAGE, again).status_code == 302
    image.refresh_from_db()
    assert (image.caption, image.credit_line) == ("Ferries, by Kim", "By Bo")


def test_without_a_script_a_refused_row_comes_back_with_its_words(client):
    image = pictured(caption="Ferries")
    page = client.post(PAGE, {**opened(client, image), "credit_line": "x" * 301})
    assert "Not saved: Credit line:" in text(page)
    assert "x" * 301 in page.content.decode()


@pytest.mark.parametrize("picture", ["", "x", "999999", "1" * 30])
def test_a_row_of_a_picture_that_is_gone_is_answered_with_not_found(client, picture):
    assert client.post(PAGE, {"picture": picture}, headers=JSON).status_code == 404


def test_who_may_only_look_describes_nothing(client, photo_desk):
    photo_desk.groups.clear()
    photo_desk.user_permissions.add(Permission.objects.get(codename="view_image"))
    image = pictured()
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"picture": image.pk, "caption": "x"}, headers=JSON).status_code == 403


def test_the_list_costs_the_same_however_many_pictures_it_has(client, queries_do_not_grow):
    queries_do_not_grow(lambda: client.get(PAGE), grow=pictured)

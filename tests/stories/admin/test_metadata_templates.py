"""Metadata templates, and filling a selection from one."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from stories.models import AuditEntry, Image, MetadataTemplate
from tests.stories.admin.story_form import text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:stories_image_changelist")
ADD = reverse("admin:stories_metadatatemplate_add")


@pytest.fixture
def photo_desk(sign_in):
    return sign_in("Photo desk")


def form(**fields):
    return {"name": "Ferries", "taken_precision": "day", **fields}


def errors(response):
    return response.context["adminform"].form.errors


@pytest.mark.parametrize("role", ["Photo desk", "Editor", "Chief"])
def test_a_template_is_saved_with_its_moments_and_addresses(client, sign_in, role):
    sign_in(role)
    typed = form(credit_line="Strait Wire", source_url="https://strait.example/", taken_at="2026-03-01T10:00")
    assert client.post(ADD, typed).status_code == 302
    saved = MetadataTemplate.objects.get()
    assert (saved.credit_line, saved.taken_at.year, saved.taken_precision) == ("Strait Wire", 2026, "day")
    assert AuditEntry.objects.filter(act="add metadatatemplate").exists()


def test_a_reporter_makes_no_template(client, sign_in):
    sign_in("Reporter")
    assert client.get(ADD).status_code == 403


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("source_url", "javascript:alert(1)", "not a web address"),
        ("caption", "x" * 20_001, "at most 20000 characters"),
        ("rights_until", "2025-01-01T10:00", "end before they begin"),
        ("taken_at", "1600-01-01T10:00", "between 1900 and 9000"),
    ],
)
def test_what_a_picture_cannot_carry_is_refused_at_its_field(client, photo_desk, name, value, sentence):
    response = client.post(ADD, form(rights_from="2026-01-01T10:00", **{name: value}))
    assert sentence in str(errors(response)[name])
    assert not MetadataTemplate.objects.exists()


def test_a_selection_is_filled_and_each_picture_told(client, photo_desk):
    template = MetadataTemplate.objects.create(name="Ferries", credit_line="Strait Wire", place="Tarric")
    bare = Image.objects.create(caption="Bare")
    whole = Image.objects.create(caption="Whole", place="A", credit_line="B")
    Image.objects.create(caption="Not chosen")
    ticked = {"action": "fill_selected", "_selected_action": [bare.pk, whole.pk]}
    page = client.post(LIST, ticked)
    opened = client.get(page.url)
    assert "Empty in 2 pictures" in text(opened)
    assert "Credit line 1" in text(opened)
    assert "Not chosen" not in text(opened)
    done = text(client.post(page.url, {"template": template.pk}))
    assert "1 of 2 filled from “Ferries”." in done
    assert "Bare Filled: credit line, place." in done
    assert "Whole Nothing was filled" in done
    bare.refresh_from_db()
    assert (bare.credit_line, bare.place) == ("Strait Wire", "Tarric")


def test_without_a_template_chosen_nothing_is_filled(client, photo_desk):
    image = Image.objects.create()
    page = client.post(f"{reverse('admin:stories_image_fill')}?ids={image.pk}", {"template": ""})
    assert "required" in text(page)


@pytest.mark.parametrize("ids", ["", "x", "999999", "1" * 30, "1,,2"])
def test_a_selection_of_nothing_says_so(client, photo_desk, ids):
    page = client.get(reverse("admin:stories_image_fill"), {"ids": ids})
    assert "No picture is chosen." in text(page)


def test_pictures_come_in_the_order_in_which_they_were_ticked(client, photo_desk):
    first, second, third = (Image.objects.create() for _ in range(3))
    ticked = {"action": "fill_selected", "_selected_action": [first.pk, second.pk, third.pk]}
    page = client.post(LIST, {**ticked, "picked": f"{third.pk},{first.pk}"})
    assert page.url.endswith(f"?ids={third.pk},{first.pk},{second.pk}")


def test_who_may_only_look_fills_nothing(client, photo_desk):
    photo_desk.groups.clear()
    photo_desk.user_permissions.add(Permission.objects.get(codename="view_image"))
    image = Image.objects.create()
    assert "fill_selected" not in client.get(LIST).content.decode()
    assert client.get(f"{reverse('admin:stories_image_fill')}?ids={image.pk}").status_code == 403

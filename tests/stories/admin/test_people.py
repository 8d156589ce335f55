import re

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

pytestmark = pytest.mark.django_db
LIST = "admin:auth_user_changelist"


def change(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def form(**fields):
    joined = {"date_joined_0": "2026-03-01", "date_joined_1": "12:00:00"}
    return {"username": "bo", "is_active": "on", "is_staff": "on", **joined, **fields}


@pytest.fixture
def bo(db):
    return User.objects.create_user("bo", password="a long pass phrase")


def test_the_chief_gives_roles(client, sign_in, bo):
    sign_in("Chief")
    editor = Group.objects.get(name="Editor")
    assert client.post(change(bo), form(groups=[editor.pk])).status_code == 302
    bo.refresh_from_db()
    assert list(bo.groups.all()) == [editor]
    assert "Editor" in client.get(reverse(LIST)).content.decode()


def test_the_chief_makes_no_superuser(client, sign_in, bo):
    chief = sign_in("Chief")
    for user in (bo, chief):
        groups = [group.pk for group in user.groups.all()]
        client.post(
            change(user), form(username=user.username, groups=groups, is_superuser="on", user_permissions=["1"])
        )
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.user_permissions.exists()
    client.post(
        reverse("admin:auth_user_add"),
        {
            "username": "new",
            "password1": "another long phrase",
            "password2": "another long phrase",
            "usable_password": "true",
            "is_superuser": "on",
        },
    )
    assert User.objects.get(username="new").is_superuser is False


def test_superusers_are_out_of_the_chief_s_reach(client, sign_in, admin_user):
    sign_in("Chief")
    assert admin_user not in client.get(reverse(LIST)).context["cl"].result_list
    password = reverse("admin:auth_user_password_change", args=[admin_user.pk])
    taken = {"password1": "taken over now", "password2": "taken over now", "usable_password": "true"}
    assert client.post(change(admin_user), form(username="admin")).status_code == 302
    assert client.post(password, taken).status_code in (302, 403, 404)
    admin_user.refresh_from_db()
    assert admin_user.check_password("password")


def test_a_superuser_sees_and_makes_superusers(admin_client, admin_user, bo):
    assert 'name="is_superuser"' in admin_client.get(change(bo)).content.decode()
    admin_client.post(change(bo), form(is_superuser="on"))
    bo.refresh_from_db()
    assert bo.is_superuser


def test_the_front_page_names_its_parts_in_the_newsroom_s_words(client, sign_in):
    sign_in("Chief")
    page = client.get(reverse("admin:index")).content.decode()
    assert "<h1>Newsroom</h1>" in page
    for name in ("People", "Editorial"):
        assert re.search(rf"<caption>.*?{name}.*?</caption>", page, re.DOTALL)


def test_the_list_costs_the_same_however_many_people(client, sign_in, queries_do_not_grow):
    sign_in("Chief")

    def grow():
        user = User.objects.create_user(f"person-{User.objects.count()}")
        user.groups.add(Group.objects.get(name="Editor"))

    queries_do_not_grow(lambda: client.get(reverse(LIST)), grow=grow)


@pytest.mark.parametrize(
    ("role", "can", "cannot"),
    [
        (
            "Editor",
            [
                "stories.change_story",
                "stories.publish_story",
                "stories.delete_section",
                "timelines.delete_timelineevent",
            ],
            ["stories.delete_story", "stories.delete_article", "stories.redact_version", "auth.view_user"],
        ),
        (
            "Reporter",
            ["stories.add_story", "stories.change_story", "stories.delete_section", "stories.add_previewlink"],
            ["stories.publish_story", "stories.withdraw_story", "stories.place_story", "stories.view_auditentry"],
        ),
        ("Photo desk", ["stories.add_image", "stories.change_image"], ["stories.view_story", "stories.delete_image"]),
        (
            "Chief",
            ["stories.withdraw_story", "stories.redact_version", "stories.delete_image", "auth.add_user"],
            ["auth.delete_user", "auth.change_group", "stories.change_auditentry"],
        ),
    ],
)
def test_roles_may_do_their_work_and_no_more(sign_in, role, can, cannot):
    user = sign_in(role)
    assert user.has_perms(can)
    assert not [permission for permission in cannot if user.has_perm(permission)]


def test_roles_that_a_newsroom_changed_stay_as_they_are(sign_in, client):
    sign_in("Editor")
    group = Group.objects.get(name="Editor")
    group.permissions.clear()
    User.objects.all().delete()
    sign_in("Editor")
    assert not group.permissions.exists()

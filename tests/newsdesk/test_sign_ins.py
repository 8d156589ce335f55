import json
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from newsdesk.sign_ins import ROLES, NoRoles, create_sign_ins


@pytest.fixture
def roles(db):
    for role in ROLES.values():
        Group.objects.get_or_create(name=role)


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "var" / "sign-ins.json"


def test_each_role_gets_an_account_for_the_newsroom(roles, kept, client):
    sign_ins = create_sign_ins(kept)
    assert [sign_in.role for sign_in in sign_ins] == ["Reporter", "Editor", "Photo desk", "Chief"]
    for sign_in in sign_ins:
        user = User.objects.get(username=sign_in.name)
        assert user.is_staff
        assert [group.name for group in user.groups.all()] == [sign_in.role]
        assert client.login(username=sign_in.name, password=sign_in.password)


def test_passwords_stay_the_same_from_run_to_run(roles, kept):
    assert create_sign_ins(kept) == create_sign_ins(kept)


def test_passwords_are_the_same_in_another_database(roles, kept):
    first = create_sign_ins(kept)
    User.objects.all().delete()
    assert create_sign_ins(kept) == first


def test_only_the_owner_reads_the_kept_passwords(roles, kept):
    kept.parent.mkdir()
    kept.write_text("{}")
    kept.chmod(0o644)
    create_sign_ins(kept)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_password_changed_by_hand_is_left_alone(roles, kept):
    create_sign_ins(kept)
    chief = User.objects.get(username="chief")
    chief.set_password("my own words")
    chief.save()
    assert create_sign_ins(kept)[-1].password == ""
    chief.refresh_from_db()
    assert chief.check_password("my own words")


def test_all_passwords_can_be_set_anew(roles, kept):
    first = create_sign_ins(kept)
    again = create_sign_ins(kept, anew=True)
    assert all(old.password != new.password for old, new in zip(first, again, strict=True))
    assert User.objects.get(username="reporter").check_password(again[0].password)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"editor": 7}', '{"editor": ""}'])
def test_spoilt_file_is_made_anew(roles, kept, content):
    kept.parent.mkdir()
    kept.write_text(content)
    passwords = [sign_in.password for sign_in in create_sign_ins(kept)]
    assert all(len(password) >= 20 for password in passwords)
    assert list(json.loads(kept.read_text()).values()) == passwords


def test_accounts_wait_for_the_roles(db, kept):
    Group.objects.all().delete()
    with pytest.raises(NoRoles):
        create_sign_ins(kept)
    assert not kept.exists()


def test_command_tells_the_sign_ins(roles, settings, tmp_path):
    settings.DEBUG, settings.VAR = True, tmp_path
    said = StringIO()
    call_command("create_sign_ins", stdout=said)
    password = json.loads((tmp_path / "sign-ins.json").read_text())["photo"]
    assert f"Photo desk  photo    {password}\n" in said.getvalue()


def test_command_says_which_password_was_changed(roles, settings, tmp_path):
    settings.DEBUG, settings.VAR = True, tmp_path
    User.objects.create_user("editor", password="my own words")
    said = StringIO()
    call_command("create_sign_ins", stdout=said)
    assert "Editor      editor   (changed by hand" in said.getvalue()


def test_command_is_for_debug_mode_only(roles, settings, tmp_path):
    settings.VAR = tmp_path
    with pytest.raises(CommandError, match="debug mode only"):
        call_command("create_sign_ins")
    assert not User.objects.exists()

import pytest
from django.contrib.auth.models import Group, User

from stories.models import Article, AuditEntry, Outlet
from tests.newsroom import PASSWORD, member
from tests.stories.admin.story_form import text

pytestmark = pytest.mark.django_db
LIST = "/admin/stories/auditentry/"


def test_signing_in_is_written_down_and_so_is_a_failure(client):
    member("Editor")
    client.post("/admin/login/", {"username": "editor", "password": "wrong"}, REMOTE_ADDR="192.0.2.7")
    client.post("/admin/login/", {"username": "editor", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    signed, failed = AuditEntry.objects.filter(act="sign in")
    assert (signed.by_name, signed.sentence, signed.address) == ("editor", "Signed in.", "192.0.2.7")
    assert (failed.by_name, failed.about) == ("", "the name “editor”")


def test_a_change_of_a_shared_row_is_written_down(client, sign_in):
    sign_in("Editor")
    article = Article.objects.create(title="Before")
    client.post(f"/admin/stories/article/{article.pk}/change/", {"title": "After", "status": "retracted"})
    entry = AuditEntry.objects.get(act="change article")
    assert entry.about == "article After"
    assert "title" in entry.sentence
    assert "status" in entry.sentence


def test_what_is_added_and_deleted_is_written_down(client, sign_in):
    sign_in("Chief")
    client.post("/admin/stories/outlet/add/", {"name": "Harbour Courier", "slug": "harbour-courier"})
    outlet = Outlet.objects.get()
    client.post(f"/admin/stories/outlet/{outlet.pk}/delete/", {"post": "yes"})
    acts = AuditEntry.objects.filter(about="outlet Harbour Courier").values_list("act", flat=True)
    assert list(acts) == ["delete outlet", "add outlet"]


def test_a_change_of_somebody_s_roles_is_written_down(client, sign_in):
    sign_in("Chief")
    bo = User.objects.create_user("bo", password=PASSWORD)
    joined = {"date_joined_0": "2026-03-01", "date_joined_1": "12:00:00"}
    groups = [Group.objects.get(name="Editor").pk]
    client.post(f"/admin/auth/user/{bo.pk}/change/", {"username": "bo", "is_active": "on", "groups": groups, **joined})
    assert "groups" in AuditEntry.objects.get(about="user bo").sentence


def test_the_trail_is_read_by_editors_and_changed_by_nobody(client, sign_in):
    chief = sign_in("Chief")
    entry = AuditEntry.objects.create(by=chief, by_name="chief", act="publish", sentence="Version 1 is live.")
    assert "Version 1 is live." in text(client.get(LIST))
    assert "Version 1 is live." in text(client.get(f"{LIST}?by={chief.pk}&act=publish&q=live"))
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LIST}{entry.pk}/change/", {"sentence": "Nothing"}).status_code == 403


def test_a_reporter_does_not_read_the_trail(client, sign_in):
    sign_in("Reporter")
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize(("trusted", "address"), [(True, "198.51.100.4"), (False, "192.0.2.7")])
def test_only_a_trusted_proxy_is_believed(client, settings, trusted, address):
    settings.DEBUG = False
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if trusted else None
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "LoopbackOnly" not in name]
    headers = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.4", "HTTP_X_FORWARDED_PROTO": "https"}
    client.post("/admin/login/", {"username": "nobody", "password": "x"}, REMOTE_ADDR="192.0.2.7", **headers)
    assert AuditEntry.objects.get().address == address

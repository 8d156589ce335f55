import pytest
from django.core.exceptions import MiddlewareNotUsed

from newsdesk.error_pages import OwnNotFoundPage
from tests.newsroom import member


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/stories/nowhere/"])
def test_missing_page_wears_the_sites_dress_in_debug_mode(client, settings, address):
    settings.DEBUG = True
    response = client.get(address)
    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content
    assert b"urlconf" not in response.content.lower()
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_who_may_not_is_told_so_in_the_sites_dress(client):
    client.force_login(member("Photo desk"))
    response = client.get("/admin/stories/story/add/")
    assert response.status_code == 403
    assert "You do not have permission to do this" in response.content.decode()
    assert "base-uri" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_address_without_its_slash_still_leads_on_in_debug_mode(client, settings):
    settings.DEBUG = True
    assert client.get("/feeds").headers["Location"] == "/feeds/"


def test_production_needs_no_stand_in(settings):
    settings.DEBUG = False
    with pytest.raises(MiddlewareNotUsed):
        OwnNotFoundPage(lambda request: None)

import pytest
from django.test import Client
from django.urls import path
from django.views.defaults import server_error

from newsdesk import urls
from tests.stories.views.reading import page, words


def breaks(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [path("breaks/", breaks), *urls.urlpatterns]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/nowhere/", "/stories/nowhere/", "/stories/%00/", "/stories/%F0%9F%98%80/", "/topics/%FF/"]
)
def test_missing_page_wears_the_sites_dress(client, address):
    tree = page(client, address, 404)
    assert words(tree.xpath("//h1")[0]) == "There is nothing at this address"
    assert tree.xpath("//header//a[text()='Newsdesk']")


def test_broken_page_wears_the_sites_dress_without_a_database(rf):
    body = server_error(rf.get("/")).content.decode()
    assert "This page could not be made" in body
    assert "Newsdesk</a>" in body


@pytest.mark.urls("tests.stories.views.test_error_pages")
def test_broken_view_answers_500():
    response = Client(raise_request_exception=False).get("/breaks/")
    assert response.status_code == 500
    assert "This page could not be made" in response.content.decode()

"""The site's addresses, and one that answers a page's bytes ready-made."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

ready_made: dict[str, bytes] = {}


def answer_ready_made(request: HttpRequest, name: str) -> HttpResponse:
    """The least that an answer of these bytes can cost behind the site's middleware."""
    return HttpResponse(ready_made[name])


urlpatterns = [path("ready-made/<str:name>/", answer_ready_made), path("", include("newsdesk.urls"))]

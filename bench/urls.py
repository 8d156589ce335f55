"""The site's addresses, one that answers a page's bytes ready-made, one that fails, and the plain admin."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench import plain_admin
from newsdesk import urls

ready_made: dict[str, bytes] = {}


def answer_ready_made(request: HttpRequest, name: str) -> HttpResponse:
    """The least that an answer of these bytes can cost behind the site's middleware."""
    return HttpResponse(ready_made[name])


def fail(request: HttpRequest, status: int) -> HttpResponse:
    """What a reader gets when something goes wrong."""
    raise {400: BadRequest, 403: PermissionDenied}.get(status, RuntimeError)


urlpatterns = [
    path("failing/<int:status>/", fail),
    path("ready-made/<str:name>/", answer_ready_made),
    path("plain/", plain_admin.site.urls),
    *urls.urlpatterns,
]

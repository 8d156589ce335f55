"""The site's own page for a missing address in debug mode too, so that the demo shows what readers would see."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from newsdesk.security import readers_policy


class OwnNotFoundPage:
    """In debug mode, puts the site's page in the place of Django's list of addresses; the newsroom keeps the list."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and not request.path.startswith("/admin/"):
            response = page_not_found(request, Http404())
            response.headers["Content-Security-Policy"] = readers_policy()
            return response
        return response

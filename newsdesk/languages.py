"""In which language an answer is: that of its address, and nothing else. No cookie and no header has a say in it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import LocalePrefixPattern, URLPattern, URLResolver
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

from newsdesk.security import ADMIN


class LanguagePrefix(LocalePrefixPattern):
    """`es/` where readers read in Spanish; nothing in the site's own language, and nothing for the desk."""

    def __init__(self) -> None:
        super().__init__(prefix_default_language=False)

    @property
    def language_prefix(self) -> str:
        language = get_language()
        return f"{language}/" if language != settings.LANGUAGE_CODE and language in dict(settings.LANGUAGES) else ""


def in_each_language(*pages: URLPattern | URLResolver) -> URLResolver:
    """The addresses of pages, each in the site's own language without a prefix and in the others with one."""
    return URLResolver(LanguagePrefix(), list(pages))


class LanguageOfAddress:
    """Answers `/es/…` in Spanish and `/…` in the site's own language; under /admin/ the desk's English.

    Django's LocaleMiddleware also asks a cookie and Accept-Language, and so says that every answer varies with them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        prefix, _, rest = request.path_info[1:].partition("/")
        own = settings.LANGUAGE_CODE
        if prefix == own and request.method in {"GET", "HEAD"}:
            return _without_prefix(request, rest)
        language = prefix if prefix in dict(settings.LANGUAGES) and prefix != own else own
        with translation.override(settings.DESK_LANGUAGE if request.path_info.startswith(ADMIN) else language):
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response


def _without_prefix(request: HttpRequest, rest: str) -> HttpResponse:
    """To the address without the prefix, which readers may add by analogy or keep from before the setting changed."""
    path = escape_uri_path(f"{request.path.removesuffix(request.path_info)}/{rest}")
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{escape_leading_slashes(path)}{f'?{query}' if query else ''}")

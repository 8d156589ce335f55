"""Reading offline: the page that lists what a browser keeps, and the script that answers where the network does not."""

from functools import cache

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from stories.reading import live_topics


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "stories/offline.html", {"topics": live_topics(timezone.now())})


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, since a worker answers only for what lies beneath it. Another release of files is another script."""
    told = {"release": getattr(staticfiles_storage, "manifest_hash", ""), "offline": offline_addresses()}
    response = render(request, "stories/service-worker.js", told, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def offline_addresses() -> tuple[str, ...]:
    """The page that lists what is kept, in each language that has an address of its own; the deepest address first."""
    has_prefixes, _ = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    found = set()
    for language in dict(settings.LANGUAGES) if has_prefixes else [settings.LANGUAGE_CODE]:
        with translation.override(language):
            found.add(reverse("offline"))
    return tuple(sorted(found, key=lambda address: (-len(address), address)))

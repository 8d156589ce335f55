"""Every passage of a Version, with its permanent address and a citation ready for pasting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.permanent import permanent_url
from stories.quotations import quoted_parts
from stories.reading import live_topics, published_version
from stories.views.story import last_published, moved_to


@require_safe
def passages(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    at = timezone.now()
    if last_published(slug, at) is None:
        return redirect("passages", moved_to(slug, at), number, permanent=True)
    version = published_version(slug, number, at)
    if version is None:
        raise Http404("The story has no such Version.")
    if version.is_hidden:
        return redirect(version.get_version_url())  # which says when and why its words are gone
    address = permanent_url(request, version.get_version_url())
    live_from = timezone.localtime(version.live_from)
    parts = quoted_parts(version.document, number=number, live_from=live_from, address=address)
    context = {"version": version, "document": version.document, "parts": list(parts), "topics": live_topics(at)}
    return render(request, "stories/passages.html", context)

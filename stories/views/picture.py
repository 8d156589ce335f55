"""The page of one picture."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.picture_page import picture_page
from stories.reading import live_topics


@require_safe
def picture(request: HttpRequest, key: str) -> HttpResponse:
    at = timezone.now()
    page = picture_page(key, at)
    if page is None:
        raise Http404("Readers have seen no such picture.")
    return render(request, "stories/picture.html", {"page": page, "topics": live_topics(at)})

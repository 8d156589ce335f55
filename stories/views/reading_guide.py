"""How to read these pages: what their numbers, dates and versions mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.reading import live_topics


@require_safe
def how_to_read(request: HttpRequest) -> HttpResponse:
    return render(request, "stories/how_to_read.html", {"topics": live_topics(timezone.now())})

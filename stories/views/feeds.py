"""The page that lists and explains the feeds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.feeds.stories import LENGTH
from stories.reading import live_topics


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    context = {"length": LENGTH, "topics": live_topics(timezone.now())}
    return render(request, "stories/feeds.html", context)

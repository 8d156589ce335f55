"""The log of notices: every correction, clarification, update, editor's note and retraction that stands."""

from datetime import datetime
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import Notice, Version
from stories.reading import live_topics

PAGE_LENGTH = 50


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    standing = Notice.objects.filter(issued_at__lte=at, retired_at=None).filter(
        Q(mended_by=None) | Q(mended_by__redacted_at=None)
    )
    notices = standing.select_related("story", "version", "mended_by").defer("version__document", "mended_by__document")
    try:
        page = Paginator(notices.order_by("-issued_at", "-pk"), PAGE_LENGTH).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    headlines = _headlines([notice.story_id for notice in page], at)
    rows = [(notice, headlines.get(notice.story_id)) for notice in page]
    context = {"page": page, "rows": rows, "topics": live_topics(at)}
    return render(request, "stories/corrections.html", context)


def _headlines(stories: list[int], at: datetime) -> dict[int, Any]:
    """What each story is called now, and in which language; nothing of one that readers do not have."""
    live = Version.objects.live(at).filter(story__in=stories)
    return {row["story"]: row for row in live.values("story", "headline", "language")}

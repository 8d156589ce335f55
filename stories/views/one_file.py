"""A Version as one HTML file, for keeping: it needs no network, no script, and no other file."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from stories.images.showing import on_page
from stories.models import Version
from stories.notice_marks import passages_on, with_marks
from stories.one_file import policy_for, style_for, with_whole_links, within
from stories.permanent import permanent_url
from stories.reading import PublishedStory, notices, published_version
from stories.relatives import relatives
from stories.rich_text import mark_inert
from stories.story_page import story_page
from stories.views.story import last_published, moved_to
from stories.views.versions import later_notices


@require_safe
def one_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("one_file", moved_to(slug, at), number, permanent=True)
    shown = published_version(slug, number, at)
    if shown is None:
        raise Http404("The story has no such Version.")
    if shown.is_hidden:
        return redirect(shown.get_version_url())  # which says when and why its words are gone
    html, policy = _written(request, _context(shown, last, at))
    response = HttpResponse(html)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{slug}-version-{number}.html")
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _context(shown: PublishedStory, last: Version, at: datetime) -> dict[str, Any]:
    """What the file says: the Version, with the notices and the sub-stories that there are when it is kept."""
    is_live = shown.number == last.number and last.withdrawn_at is None
    told = notices(shown, at) if is_live else later_notices(shown, at)
    page = with_marks(story_page(shown.document), told)
    return {
        "version": shown,
        "document": shown.document,
        "last": last,
        "is_live": is_live,
        "page": page,
        "notices": told,
        "passages": passages_on(page),
        "pictures": list(within(on_page(page.pictures, at, withheld_too=True))),
        "relatives": relatives(shown.uid, shown.parent_uid, at),
        "uncited": [row for row in page.articles if not row.places],
        "kept": timezone.localdate(at),
    }


def _written(request: HttpRequest, context: dict[str, Any]) -> tuple[str, str]:
    """The file and the policy that it carries: its body goes first, for its letters say which faces it takes."""
    address = permanent_url(request, context["version"].get_version_url())
    written = render_to_string("stories/_one_file.html", context, request)
    body = with_whole_links(written, site=f"{request.scheme}://{request.get_host()}", page=address)
    style = style_for(body)
    policy = policy_for(style)
    whole = {**context, "body": mark_inert(body), "style": mark_inert(style), "policy": policy, "address": address}
    return render_to_string("stories/one_file.html", whole, request), policy

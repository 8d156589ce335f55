"""What changed between any two Versions of a story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import Version
from stories.reading import live_topics
from stories.version_changes import version_changes
from stories.views.story import last_published, moved_to


@require_safe
def changes(request: HttpRequest, slug: str, first: int, second: int) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("changes", moved_to(slug, at), first, second, permanent=True)
    if first >= second:
        return redirect("version", slug, first) if first == second else redirect("changes", slug, second, first)
    seen = Version.objects.published(at).filter(story=last.story_id).order_by("number")
    both = {version.number: version for version in seen.filter(number__in=[first, second])}
    if len(both) < 2:
        raise Http404("The story has no two such Versions.")
    before, after = both[first], both[second]
    context = {
        "last": last,
        "story": last.story,
        "before": before,
        "after": after,
        "versions": list(seen.defer("document")),
        "topics": live_topics(at),
    }
    if not (before.is_hidden or after.is_hidden):
        context["changes"] = version_changes(before.document, after.document)
    return render(request, "stories/changes.html", context)

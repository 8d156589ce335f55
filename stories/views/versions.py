"""What was published under a story's address: the list, and each Version as it was."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.images.showing import on_page
from stories.models import Version
from stories.reading import live_topics, notices, published_version
from stories.story_page import story_page
from stories.views.memento import as_memento
from stories.views.story import NUMBER, last_published, moved_to, resting


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("versions", moved_to(slug, at), permanent=True)
    if (chosen := _chosen(request)) is not None:
        return redirect("changes", slug, *chosen)
    published = Version.objects.published(at).filter(story=last.story_id).defer("document").order_by("-number")
    context = {"last": last, "story": last.story, "versions": list(published), "topics": live_topics(at)}
    return render(request, "stories/versions.html", context)


def _chosen(request: HttpRequest) -> tuple[int, int] | None:
    """The two Versions whose comparison the form asks for, in their order."""
    numbers = [request.GET.get(name, "") for name in ("from", "to")]
    if not all(NUMBER.fullmatch(number) for number in numbers):
        return None
    first, second = sorted(map(int, numbers))
    return first, second


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("version", moved_to(slug, at), number, permanent=True)
    shown = published_version(slug, number, at)
    if shown is None:
        raise Http404("The story has no such Version.")
    context = {"version": shown, "document": shown.document, "last": last, "topics": live_topics(at)}
    if not shown.is_hidden:
        context["page"] = page = story_page(shown.document)
        context |= resting(request, shown, page)
        context["pictures"] = on_page(page.pictures, at, withheld_too=True)
        context["notices"] = [notice for notice in notices(shown, at) if notice.number == number]
    return as_memento(request, render(request, "stories/version.html", context), shown, at)

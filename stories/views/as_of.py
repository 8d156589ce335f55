"""What stood at a moment: which address says so, and where a story's words of then are."""

from datetime import datetime, timedelta
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.iso_moment import end_of_second, write_moment
from stories.models import Version
from stories.reading import live_topics
from stories.typed_moment import typed_in
from stories.views.story import last_published, moved_to


@require_safe
def story_at(request: HttpRequest, slug: str, asked: datetime) -> HttpResponse:
    """To the Version that readers had; 404 for a moment after now, or when the story was not to be read."""
    now = timezone.now()
    if last_published(slug, now) is None:
        return redirect("story_at", moved_to(slug, now), write_moment(asked), permanent=True)
    if (elsewhere := other_address(request, asked, now, "story_at", slug)) is not None:
        return elsewhere
    then = Version.objects.live(end_of_second(asked, now)).filter(story__slug=slug)
    number = then.values_list("number", flat=True).first()
    if number is None:
        raise Http404("At that moment readers did not have the story.")
    return redirect("version", slug, number)


@require_safe
def front_page_as_of(request: HttpRequest) -> HttpResponse:
    """The form that asks for a moment of the front page, and the way there."""
    now = timezone.now()
    typed = typed_in(request.GET, now)
    if typed.at is not None:
        return redirect("front_page_at", write_moment(typed.at))
    return render(request, "stories/as_of.html", {"typed": typed, "topics": live_topics(now)})


def other_address(request: HttpRequest, asked: datetime, now: datetime, name: str, *slug: str) -> HttpResponse | None:
    """The way to the one spelling of a moment's address. Raises Http404 for a moment after now.

    A day that is not over stands for now.
    """
    if asked > now and asked - now < timedelta(days=1) and "T" not in request.path.rpartition("/at/")[2]:
        return redirect(name, *slug, write_moment(now))
    if asked > now:
        raise Http404("That moment has not come yet.")
    address = reverse(name, args=[*slug, write_moment(asked)])
    return None if request.path == unquote(address) else redirect(address, permanent=True)


def days_beside(at: datetime, now: datetime) -> dict[str, str]:
    """The addresses of the front page a day before and a day after, "" for one after now."""
    day = timedelta(days=1)
    return {
        "before": reverse("front_page_at", args=[write_moment(at - day)]) if at.year > 1 else "",
        "after": reverse("front_page_at", args=[write_moment(at + day)]) if at + day <= now else "",
    }

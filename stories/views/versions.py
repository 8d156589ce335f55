"""What was published under a story's address: the list, and each Version as it was."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from stories.images.showing import on_page
from stories.iso_moment import end_of_second, write_moment
from stories.models import Version
from stories.notice_marks import passages_on, with_marks
from stories.reading import (
    PublishedNotice,
    PublishedStory,
    live_topics,
    notices,
    notices_of,
    past_words,
    published_version,
)
from stories.relatives import ALONE
from stories.story_page import StoryPage, story_page
from stories.touching import Past, touching, words_of
from stories.typed_moment import TypedMoment, typed_in
from stories.views.memento import as_memento
from stories.views.story import NUMBER, chosen_timeline, last_published, moved_to, resting

NOT_HAD = _("At that moment readers did not have the story. Below stands when each version was published and replaced.")


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("versions", moved_to(slug, at), permanent=True)
    if (chosen := _chosen(request)) is not None:
        return redirect("changes", slug, *chosen)
    typed = _typed(request, last, at)
    if typed.at is not None:
        return redirect("story_at", slug, write_moment(typed.at))
    seen = Version.objects.published(at).filter(story=last.story_id).defer("document").order_by("-number")
    listed = list(seen)
    context = {"last": last, "story": last.story, "versions": listed, "typed": typed, "topics": live_topics(at)}
    context["rows"] = _with_notices(listed, last.story.uid, at)
    return render(request, "stories/versions.html", context)


def _typed(request: HttpRequest, last: Version, now: datetime) -> TypedMoment:
    """The moment that the form asks for, refused where readers did not have the story."""
    typed = typed_in(request.GET, now)
    if typed.at is None:
        return typed
    then = Version.objects.live(end_of_second(typed.at, now)).filter(story=last.story_id)
    return typed if then.exists() else typed.refused(str(NOT_HAD))


def _chosen(request: HttpRequest) -> tuple[int, int] | None:
    """The two Versions whose comparison the form asks for, in their order."""
    numbers = [request.GET.get(name, "") for name in ("from", "to")]
    if not all(NUMBER.fullmatch(number) for number in numbers):
        return None
    first, second = sorted(map(int, numbers))
    return first, second


def _with_notices(versions: list[Version], uid: UUID, at: datetime) -> list[tuple[Version, list[PublishedNotice]]]:
    """Each Version with the notices that touch it; a hidden one with none, for they may quote its words."""
    told = notices_of(uid, at)
    past = past_words(uid, at) if told else []
    words = {one.number: one.words for one in past}
    touched = {one.number: touching(told, one, words) for one in past}
    return [(one, [] if one.is_hidden else touched.get(one.number, [])) for one in versions]


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("version", moved_to(slug, at), number, permanent=True)
    shown = published_version(slug, number, at)
    if shown is None:
        raise Http404("The story has no such Version.")
    context: dict[str, Any] = {"version": shown, "document": shown.document, "last": last, "topics": live_topics(at)}
    if not shown.is_hidden:
        context |= _as_it_was(request, shown, at)
    return as_memento(request, render(request, "stories/version.html", context), shown, at)


def _as_it_was(request: HttpRequest, shown: PublishedStory, at: datetime) -> dict[str, Any]:
    """The page of a Version, with what readers were told later about faults that stood in it."""
    told = later_notices(shown, at)
    page = with_marks(story_page(shown.document), told)
    return {
        "passages": passages_on(page) if told else frozenset(),
        "pictures": on_page(page.pictures, at, withheld_too=True),
        "notices": told,
        "relatives": ALONE,  # which they were then is not part of a Version
        **_marked(request, shown, page),
    }


def later_notices(shown: PublishedStory, at: datetime) -> list[PublishedNotice]:
    """What readers were told later about faults that stood in a Version."""
    told = notices(shown, at)
    past = Past(shown.number, shown.live_from, words_of(shown.document) if told else {})
    named = {notice.number for notice in told if notice.passage} - {shown.number}
    words = {one.number: one.words for one in past_words(shown.uid, at, named)} if named else {}
    return touching(told, past, words)


def _marked(request: HttpRequest, shown: PublishedStory, page: StoryPage) -> dict[str, Any]:
    """The page as the address asks for it: with what rests on a source, and with the timeline that is chosen."""
    found = resting(request, shown, page)
    return found | chosen_timeline(request, found.get("page", page))

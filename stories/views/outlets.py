"""The outlets whose reports live stories rest on, and what rests on each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.citations.passages import Passage, passages_of
from stories.models import Citation, Outlet, Version
from stories.reading import live_topics

PAGE_LENGTH = 20


@dataclass(frozen=True)
class RestingStory:
    """A live story, with the passages of it that rest on an outlet's reports, as readers have them."""

    version: Version
    passages: list[Passage]


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    """All of them. `?name=` leads to the page of one: a story's document knows its outlets by name alone."""
    at = timezone.now()
    if name := request.GET.get("name", "").replace("\0", ""):  # which no database takes
        return redirect("outlet", get_object_or_404(Outlet, name=name).slug)
    resting = Citation.objects.filter(version__in=Version.objects.live(at).values("pk"))
    counted = resting.exclude(article__outlet=None).values("article__outlet")
    rows = counted.annotate(stories=Count("version", distinct=True), passages=Count("pk")).order_by()
    counts = {row["article__outlet"]: row for row in rows}
    listed = [(outlet, counts[outlet.pk]) for outlet in Outlet.objects.filter(pk__in=counts).order_by("name", "pk")]
    return render(request, "stories/outlets.html", {"outlets": listed, "topics": live_topics(at)})


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(Outlet, slug=slug)
    cited = Citation.objects.filter(article__outlet=found)
    versions = Version.objects.live(at).filter(pk__in=cited.values("version")).by_recency()
    try:
        page = Paginator(versions.select_related("story"), PAGE_LENGTH).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    if not page.object_list:
        raise Http404("No live story rests on this outlet.")
    context = {"outlet": found, "page": page, "stories": _resting(page.object_list, found), "topics": live_topics(at)}
    return render(request, "stories/outlet.html", context)


def _resting(versions: Iterable[Version], outlet: Outlet) -> list[RestingStory]:
    shown = list(versions)
    cited: dict[int, set[str]] = {}
    rows = Citation.objects.filter(version__in=shown, article__outlet=outlet).values_list("version", "passage")
    for version, passage in rows:
        cited.setdefault(version, set()).add(passage)
    return [
        RestingStory(version, [one for one in passages_of(version.document) if one.id in cited[version.pk]])
        for version in shown
    ]

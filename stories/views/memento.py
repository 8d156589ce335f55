"""Datetime negotiation and the headers of Memento (RFC 7089): each page is its own TimeGate."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from stories.iso_moment import end_of_second, write_moment
from stories.memento import LINK_FORMAT, Memento, asked_moment, gate_links, memento_links, time_map
from stories.models import Version
from stories.permanent import permanent_url
from stories.reading import PublishedStory

NOT_A_MOMENT = "Accept-Datetime is no HTTP date. It is written like: Wed, 18 Feb 2026 12:00:00 GMT\n"


def with_gate(request: HttpRequest, response: HttpResponse, slug: str = "") -> HttpResponse:
    """The answer of the front page, or of a story, that says where its past is."""
    response.headers["Link"] = ", ".join(gate_links(*_gate(request, slug)))
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


def to_memento(request: HttpRequest, slug: str, now: datetime, find: Callable[[datetime], str]) -> HttpResponse:
    """The way to what readers had at the moment that the request asks for; `find` gives its address."""
    try:
        asked = asked_moment(request.headers["Accept-Datetime"])
    except ValueError:
        return with_gate(request, HttpResponseBadRequest(NOT_A_MOMENT, content_type="text/plain"), slug)
    address = find(end_of_second(asked, now) if asked <= now else now)
    return with_gate(request, HttpResponse(status=302, headers={"Location": address}), slug)


def address_of_version(slug: str, at: datetime, now: datetime) -> str:
    """The address of what readers had of a story, or had last; of the first Version for a moment before it."""
    seen = Version.objects.published(now).filter(story__slug=slug).order_by("-live_from")
    number = seen.filter(live_from__lte=at).values_list("number", flat=True).first() or 1
    return reverse("version", args=[slug, number])


def address_of_front_page(at: datetime, now: datetime) -> str:
    """The address of the front page as it stood; from the first publication on."""
    first = Version.objects.published(now).order_by("live_from").values_list("live_from", flat=True).first()
    return reverse("front_page_at", args=[write_moment(max(at, first) if first else at)])


def as_memento(request: HttpRequest, response: HttpResponse, version: PublishedStory, now: datetime) -> HttpResponse:
    """The page of a Version, with the way to its neighbours. A tombstone is none: its words are not those of then."""
    numbers = Version.objects.published(now).filter(story__uid=version.uid).order_by("number")
    rows = numbers.values_list("number", "live_from")
    mementos = _mementos(request, version.slug, ((number, since, "") for number, since in rows))
    here = next(one for one in mementos if one.uri == permanent_url(request, version.get_version_url()))
    links = [*gate_links(*_gate(request, version.slug)), *memento_links(mementos, here)]
    response.headers["Link"] = ", ".join(links)
    if not version.is_hidden:
        response.headers["Memento-Datetime"] = here.http_date
    return response


def as_memento_of_front_page(request: HttpRequest, response: HttpResponse, at: datetime) -> HttpResponse:
    here = Memento(permanent_url(request, request.get_full_path()), at)
    response.headers["Link"] = ", ".join([*gate_links(*_gate(request, "")), *memento_links([here], here)])
    response.headers["Memento-Datetime"] = here.http_date
    return response


def time_map_of(request: HttpRequest, slug: str, versions: Iterable[tuple[int, datetime, str]]) -> HttpResponse:
    """The list of a story's Versions, each with its number, its moment, and what became of its words."""
    listed = time_map(*_gate(request, slug), _mementos(request, slug, versions))
    return HttpResponse(listed, content_type=LINK_FORMAT)


def _mementos(request: HttpRequest, slug: str, versions: Iterable[tuple[int, datetime, str]]) -> list[Memento]:
    before, _, after = permanent_url(request, reverse("version", args=[slug, 1])).rpartition("1")
    return [Memento(f"{before}{number}{after}", since, title) for number, since, title in versions]


def _gate(request: HttpRequest, slug: str) -> tuple[str, str]:
    """The addresses of the page and of the list of its Versions."""
    if not slug:
        return permanent_url(request, reverse("front_page")), ""
    page, listed = (permanent_url(request, reverse(name, args=[slug])) for name in ("story", "time_map"))
    return page, listed

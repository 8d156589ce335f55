"""A story's Versions for programs: what anybody needs to check their checksums, and Memento's list.

Moments are in the spelling that checksums are taken of. What may not be read any more is null.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import Version
from stories.versions import FIRST, utc
from stories.views.memento import time_map_of
from stories.views.story import last_published, moved_to


@require_safe
def checksums(request: HttpRequest, slug: str) -> HttpResponse:
    """All Versions that readers saw, the first first, each with where its document is."""
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("checksums", moved_to(slug, at), permanent=True)
    seen = Version.objects.published(at).filter(story=last.story_id).defer("document").order_by("number")
    listed = [{**_as_data(one), **_ended(one, at), "document": _address(request, slug, one)} for one in seen]
    return _json({"uid": str(last.story.uid), "versions": listed})


@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("document", moved_to(slug, at), number, permanent=True)
    near = Version.objects.published(at).filter(story=last.story_id, number__in=[number - 1, number])
    found = {version.number: version for version in near}
    if number not in found:
        raise Http404("The story has no such Version.")
    previous = found[number - 1].checksum if number - 1 in found else FIRST
    withdrawn = {"withdrawn": last.withdrawn_reason} if last.withdrawn_at else {}
    return _json(_with_document(found[number], previous) | withdrawn)


@require_safe
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """The number of what readers have now, for a page that has been open for long; 404 where they have none."""
    number = Version.objects.live().filter(story__slug=slug).values_list("number", flat=True).first()
    if number is None:
        raise Http404("Readers do not have the story now.")
    return _json({"number": number})


@require_safe
def time_map(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    last = last_published(slug, at)
    if last is None:
        return redirect("time_map", moved_to(slug, at), permanent=True)
    seen = Version.objects.published(at).filter(story=last.story_id).order_by("number")
    rows = ((version.number, version.live_from, _why_gone(version)) for version in seen.defer("document"))
    return time_map_of(request, slug, rows)


def _as_data(version: Version) -> dict[str, Any]:
    """What the Version's checksum is taken of. For one whose words are gone the note is null: it may quote them."""
    return {
        "number": version.number,
        "live_from": utc(version.live_from),
        "kind": version.kind,
        "change_note": None if version.is_hidden else version.change_note,
        "document_sha256": version.document_sha256,
        "checksum": version.checksum,
        **_tombstone(version),
    }


def _tombstone(version: Version) -> dict[str, Any]:
    if version.redacted_at is not None:
        return {"removed": utc(version.redacted_at), "reason": version.redacted_reason}
    if version.taken_back_at is not None:
        return {"taken_back": utc(version.taken_back_at), "reason": version.taken_back_reason}
    return {}


def _why_gone(version: Version) -> str:
    """The tombstone in a sentence; "" for a Version that can be read."""
    if version.redacted_at is not None:
        return f"Its words were removed {utc(version.redacted_at)}. {version.redacted_reason}"
    if version.taken_back_at is not None:
        return f"It was taken back {utc(version.taken_back_at)}. {version.taken_back_reason}"
    return ""


def _with_document(version: Version, previous: str) -> dict[str, Any]:
    """The same with the checksum before it, and the document; null where the words are gone."""
    return _as_data(version) | {
        "previous_checksum": previous,
        "document": None if version.is_hidden else version.document,
    }


def _ended(version: Version, at: datetime) -> dict[str, Any]:
    """Until when readers had it, as far as they know, and whether the story was withdrawn then."""
    if not version.has_ended(at):
        return {}
    known = {"live_until": utc(version.live_until)} if version.live_until else {}
    return known | ({"withdrawn": version.withdrawn_reason} if version.withdrawn_at else {})


def _address(request: HttpRequest, slug: str, version: Version) -> str | None:
    if version.is_hidden:
        return None
    return request.build_absolute_uri(reverse("document", args=[slug, version.number]))


def _json(values: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(values, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"  # anybody may check, from any page
    return response

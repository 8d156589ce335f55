"""Bringing back what was typed and not saved: the form as it was, to be looked at and saved."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDict

from stories.admin.editors import editor_of
from stories.models import Snapshot, Story

RECOVERED = "_recovered"
BROUGHT_BACK = "brought_back"  # goes along with the form until it is saved


def recover(request: HttpRequest, object_id: str | None) -> None:
    """Make a request for `?recover=<snapshot>` one that has posted the form as it was typed, though not to be saved."""
    if request.method != "GET" or "recover" not in request.GET or object_id is None:
        return
    number = request.GET["recover"]
    if not (number.isdecimal() and object_id.isdecimal() and len(number) < 19):
        raise Http404("There is no such snapshot.")
    snapshot = get_object_or_404(Snapshot, pk=number, story_id=object_id)
    if snapshot.typed is None:
        raise Http404("The snapshot is of a saved draft.")
    posted = QueryDict(mutable=True)
    for name, value in snapshot.typed:
        posted.appendlist(name, value)
    posted[RECOVERED] = str(snapshot.pk)
    posted["sitting"] = str(uuid4())  # another page than the one it was typed into, which may still be open
    posted[BROUGHT_BACK] = str(snapshot.pk)
    request.method = "POST"
    request.POST = posted  # type: ignore[assignment]
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # else Django reads the body once more


def brought_back(request: HttpRequest) -> int | None:
    """The snapshot that was brought back into the form."""
    number = request.POST.get(BROUGHT_BACK, "")
    return int(number) if number.isdecimal() and len(number) < 19 else None


def offers(story: Story, request: HttpRequest) -> list[Snapshot]:
    """What this person typed into the story and has neither saved nor put aside, the newest first."""
    mine = story.snapshots.unsettled().filter(saved_by=editor_of(request))
    return list(mine.for_list().exclude(pk__in=_at_hand(request))[:5])


def _at_hand(request: HttpRequest) -> list[Any]:
    """The snapshot that the page shows just now."""
    number = brought_back(request)
    return [] if number is None else [number]

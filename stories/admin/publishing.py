"""The pages on which a draft goes out, and a story is withdrawn or placed: each calls one verb."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from stories import publishing
from stories.admin.desk import Desk, tell_cares
from stories.admin.editors import editor_of
from stories.admin.going_out import held_back, outgoing, undone
from stories.admin.moments import in_both_zones
from stories.admin.publishing_forms import PlaceForm, PublishForm, WithdrawForm
from stories.admin.state import StoryState, state_of, versions_of
from stories.document import StoryDocument
from stories.draft import read_draft
from stories.models import Placement, Story, Version
from stories.parts import Part
from stories.prepublication import Finding
from stories.versions import freeze


def publish_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Publish now or at a time; what changes for readers is listed, and each part can be held back."""
    desk = Desk(model_admin, request, object_id, "publish_story")
    held, (latest, scheduled) = held_back(request), versions_of(desk.story)
    form = PublishForm(desk.data(), story=desk.story, first=latest is None, waiting=scheduled)
    pressed = request.method == "POST" and "check" not in request.POST
    if pressed and (done := desk.act(form, lambda story: _publish(story, request, form, held))):
        return done
    context = going_out(desk, held, goes_live=form.goes_live())
    return desk.page("publish", f"Publish “{desk.story}”", form=form, checked="check" in request.POST, **context)


def going_out(desk: Desk, held: set[Part], goes_live: datetime | None = None) -> dict[str, Any]:
    """What the page of a publication shows of the draft as it would go out, now or when it is to go live."""
    desk.story.refresh_from_db()
    draft = read_draft(desk.story)
    state = state_of(desk.story, held=held, draft=draft, goes_live=goes_live)
    frozen = freeze(draft, at=timezone.now())
    return {
        "state": state,
        "goes_live": goes_live,
        "cares_later": _cares_later(desk.story, draft, state),
        "outgoing": outgoing(desk.story, frozen, state.latest, held),
        "quotes_change": frozen.as_json().get("evidence", []) != _quotes_of(state.live),
        "undone": undone(desk.story, frozen, state.latest, state.scheduled, held),
    }


def _quotes_of(live: Version | None) -> Any:
    return live.document.get("evidence", []) if live is not None else []


def _cares_later(story: Story, draft: StoryDocument, state: StoryState) -> list[Finding]:
    """What else there is to know of the pictures if the draft goes out at the time of the scheduled Version as well."""
    if state.scheduled is None:
        return []
    later = state_of(story, draft=draft, goes_live=state.scheduled.live_from)
    return [finding for finding in later.cares if finding not in state.cares]


def _publish(story: Story, request: HttpRequest, form: Any, held: set[Part]) -> str:
    asked, by = form.cleaned_data, editor_of(request)
    kind, terms = asked.get("kind") or Version.Kind.UPDATE, form.terms()
    if live_from := asked.get("live_from"):
        cares = state_of(story, held=held, goes_live=live_from).cares
        version = publishing.schedule(
            story,
            by=by,
            kind=kind,
            note=asked["note"],
            live_from=live_from,
            held_back=held,
            embargo=asked["embargo"],
            release_early=terms["release_early"],
        )
        tell_cares(request, cares)
        return f"Version {version.number} is scheduled for {in_both_zones(version.live_from)}."
    version = publishing.publish(story, by=by, kind=kind, note=asked["note"], held_back=held, **terms)
    return f"Version {version.number} is live."


def withdraw_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    desk = Desk(model_admin, request, object_id, "withdraw_story")
    form = WithdrawForm(desk.data())
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _withdraw(story, request, form.cleaned_data), with_draft=False)
    ):
        return done
    return desk.page("withdraw", f"Withdraw “{desk.story}”", form=form, state=state_of(desk.story))


def _withdraw(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    publishing.withdraw(story, by=editor_of(request), reason=asked["reason"])
    return "The story is withdrawn. Its address now answers with the reason."


def place_page(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Put the story on a rank of the front page, or take it off."""
    desk = Desk(model_admin, request, object_id, "place_story")
    taking_off = "take_off" in request.POST
    form = forms.Form(desk.data()) if taking_off else PlaceForm(desk.data())
    if request.method == "POST" and (
        done := desk.act(form, lambda story: _place(story, request, form.cleaned_data), with_draft=False)
    ):
        return done
    placements = Placement.objects.live(timezone.now()).select_related("story")
    shown = form if isinstance(form, PlaceForm) else PlaceForm()
    is_placed = any(placement.story == desk.story for placement in placements)
    return desk.page(
        "place", f"Place “{desk.story}” on the front page", form=shown, placements=placements, is_placed=is_placed
    )


def _place(story: Story, request: HttpRequest, asked: dict[str, Any]) -> str:
    rank = asked.get("rank")
    publishing.place(story, by=editor_of(request), rank=rank, live_until=asked.get("live_until"))
    return (
        f"The story stands on rank {rank} of the front page."
        if rank
        else "The story no longer has a rank on the front page."
    )

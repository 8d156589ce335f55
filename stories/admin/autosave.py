"""What an open story form tells the server by itself: what is typed, and that somebody is there."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from stories.admin.editors import editor_of
from stories.admin.live_checks import checks_of
from stories.admin.moments import clock
from stories.admin.sources import reserved
from stories.admin.typed import document_of, places_of_new_rows, sitting_of, typed_fields
from stories.audit import record
from stories.document import StoryDocument
from stories.draft import free_slug, read_draft
from stories.draft.snapshots import keep_autosave
from stories.models import Presence, Snapshot, Story


def autosave(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Keep what is typed beside the draft. It never publishes, never touches the draft and holds nobody up."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    story = get_object_or_404(Story, pk=object_id)
    if not model_admin.has_change_permission(request, story):
        raise PermissionDenied
    sitting = sitting_of(request)
    if sitting is None:
        return JsonResponse(
            {"message": "The page does not say which opening of the form it is. Open it again."}, status=400
        )
    stored = Story.objects.get(pk=story.pk)  # reading the form changes the one that is given to it
    form, formsets = model_admin.bound_form(request, story)
    document = document_of(stored, form, formsets, known=read_draft(stored))
    snapshot = _keep(request, stored, document, sitting, form.began_with)
    sign(story, request, is_writing=True)
    checks = checks_of(request, stored, document, places_of_new_rows(stored, formsets))
    return JsonResponse({"kept": clock(snapshot.saved_at), **checks, **_standing(story, request)})


def _keep(
    request: HttpRequest, stored: Story, document: StoryDocument, sitting: UUID, began_with: int | None
) -> Snapshot:
    typed, by = typed_fields(request), editor_of(request)
    return keep_autosave(stored, document, typed, by=by, sitting=sitting, lock_version=began_with)


def keep_refused(request: HttpRequest, form: Any, formsets: list[Any]) -> None:
    """Keep a form whose save was refused, so that it is there also if its page is closed now."""
    sitting = sitting_of(request)
    if sitting is not None:
        stored = Story.objects.get(pk=form.instance.pk)
        document = document_of(stored, form, formsets, known=read_draft(stored))
        _keep(request, stored, document, sitting, form.began_with)


@transaction.atomic
def begin(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Make an empty draft for a form that was opened to add a story, so that what is typed can be kept with it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    try:
        uid = UUID(request.POST.get("made_as", ""))
    except ValueError:
        return JsonResponse({"message": "The page does not say which story it began. Open it again."}, status=400)
    by = editor_of(request)
    story = Story.objects.filter(uid=uid).first()
    numbers = [int(n) for n in request.POST.get("numbers", "").split(",") if n.isdecimal() and len(n) < 4]
    if story is None:
        story = Story(uid=uid, created_by=by, modified_by=by, last_source_number=max([0, *numbers]))
        story.slug = free_slug(story.own_slug(), story)
        story.save()
        record("begin", "Began to write a story.", by=by, story=story)
    elif story.created_by_id != by.pk or story.lock_version:
        return JsonResponse({"message": "The story is in the list already; open it there."}, status=409)
    names = {name: name for name in ("change", "autosave", "presence")}
    names |= {"number": "source_number", "paste": "paste_sources"}
    addresses = {key: reverse(f"admin:stories_story_{name}", args=[story.pk]) for key, name in names.items()}
    given = {str(number): reserved(story, number) for number in numbers if number <= story.last_source_number}
    return JsonResponse({**addresses, "seen_lock": story.lock_version, "given": given})


def presence(model_admin: Any, request: HttpRequest, object_id: int) -> HttpResponse:
    """Somebody has the page open, or (`leaving`) no longer."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    story = get_object_or_404(Story, pk=object_id)
    if not model_admin.has_view_permission(request, story):
        raise PermissionDenied
    if "leaving" in request.POST:
        story.presences.filter(person=editor_of(request)).delete()
        return JsonResponse({})
    sign(story, request, is_writing="is_writing" in request.POST)
    return JsonResponse(_standing(story, request))


def sign(story: Story, request: HttpRequest, *, is_writing: bool) -> None:
    """Note that the person is there; whoever comes again after a while has come anew."""
    now, person = timezone.now(), editor_of(request)
    signed = {"seen_at": now, "is_writing": is_writing}
    if Presence.objects.now(now).filter(story=story, person=person).update(**signed):
        return
    try:
        with transaction.atomic():
            Presence.objects.update_or_create(story=story, person=person, defaults={"since": now, **signed})
    except IntegrityError:
        pass  # two pages of one person signed at the same moment: the other did


def others_at(story: Story, request: HttpRequest) -> list[Presence]:
    """Who else has the story open."""
    return list(Presence.objects.now().filter(story=story).exclude(person=editor_of(request)))


def _standing(story: Story, request: HttpRequest) -> dict[str, Any]:
    """What an open page wants to know: who else is there, and who saved the draft last."""
    saved = (
        Story.objects.select_related("modified_by").only("lock_version", "modified_at", "modified_by").get(pk=story.pk)
    )
    others = [
        {"name": str(one.person), "is_writing": one.is_writing, "since": clock(one.since)}
        for one in others_at(story, request)
    ]
    return {
        "others": others,
        "lock_version": saved.lock_version,
        "saved_by": str(saved.modified_by or "Somebody"),
        "saved_at": clock(saved.modified_at),
    }

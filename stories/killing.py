"""An agency's kill: a picture that must not be shown any more, anywhere, from now on."""

import logging
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from stories.audit import record
from stories.images.queueing import ask_for_renditions, place_files_later
from stories.images.withholding import place_files
from stories.models import Image, Story, Version
from stories.refusals import BadNote, Refused
from stories.shared_rows import hold_shared_rows
from stories.versions import kept_note
from stories.where_used import versions_showing

logger = logging.getLogger(__name__)


@transaction.atomic
def kill_picture(image: Image, *, by: User | None, reason: str, at: datetime | None = None) -> Image:
    """Take the picture off every page at once, past Versions too; whoever killed it first stays named.

    Readers' pages ask whether it was killed; on commit its files leave the public storage as well. Raises BadNote.
    """
    reason = _reason(reason, "Say why the picture is killed: whoever finds it gone will ask.")
    hold_shared_rows()
    image = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
    if image.killed_at is None:
        image.killed_at, image.killed_by, image.kill_reason = at or timezone.now(), by, reason
        image.save(update_fields=["killed_at", "killed_by", "kill_reason"])
        _tell_the_trail("kill picture", f"The picture “{image}” was killed: {reason}", image, by=by)
    transaction.on_commit(partial(_put_in_place, image.pk), robust=True)
    return image


@transaction.atomic
def lift_kill(image: Image, *, by: User | None, reason: str) -> Image:
    """Let the picture be shown again where Versions and drafts have it. Raises BadNote, and Refused if none stands."""
    reason = _reason(reason, "Say why the kill is lifted: it is written into the audit trail.")
    hold_shared_rows()
    image = Image.objects.select_for_update(of=("self",)).get(pk=image.pk)
    if image.killed_at is None:
        raise Refused("The picture is not killed.")
    image.killed_at, image.killed_by, image.kill_reason = None, None, ""
    image.save(update_fields=["killed_at", "killed_by", "kill_reason"])
    _tell_the_trail("lift kill", f"The kill of the picture “{image}” was lifted: {reason}", image, by=by)
    transaction.on_commit(partial(_put_in_place, image.pk), robust=True)
    return image


def _reason(text: str, wanting: str) -> str:
    if not text.strip():
        raise BadNote(wanting)
    return kept_note(text)


def _tell_the_trail(act: str, sentence: str, image: Image, *, by: User | None) -> None:
    """One entry for the picture, and one in the history of each story that shows it."""
    record(act, sentence, by=by, about=f"image {image}")
    for story in stories_with(image):
        record(act, sentence, by=by, story=story)


def stories_with(image: Image, at: datetime | None = None) -> QuerySet[Story]:
    """The stories whose draft, live or scheduled Version shows the picture."""
    current = Q(live_until=None) | Q(live_until__gt=at or timezone.now())
    showing = versions_showing(image).filter(current).order_by().values("story")
    return Story.objects.filter(Q(gallery__image=image) | Q(pk__in=showing)).distinct().order_by("headline", "pk")


def live_with(image: Image, at: datetime | None = None) -> QuerySet[Story]:
    """The stories whose page had the picture, or would have it."""
    live = Version.objects.live(at).filter(pk__in=versions_showing(image).order_by().values("pk"))
    return Story.objects.filter(pk__in=live.values("story")).order_by("headline", "pk")


def _put_in_place(pk: int) -> None:
    """At once where the storage answers; what it refuses now, the worker tries again."""
    try:
        place_files(pk)
    except Exception:  # each kind of storage has exceptions of its own
        logger.exception("Files of picture %s are not yet where they belong", pk)
        place_files_later(pk)
        return
    if (image := Image.objects.filter(pk=pk, killed_at=None).first()) is not None:
        ask_for_renditions(image)

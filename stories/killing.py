"""An agency's kill: a picture that must not be shown any more, anywhere, from now on."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stories.audit import record_each
from stories.images.queueing import ask_for_renditions, place_files_later
from stories.images.withholding import place_files
from stories.models import GalleryItem, Image, Story, Version
from stories.refusals import BadNote, Refused
from stories.shared_rows import hold_shared_rows
from stories.versions import kept_note
from stories.where_used import shown_in

logger = logging.getLogger(__name__)
AT_ONCE = 5  # pictures of some twenty files each, within a request


@transaction.atomic
def kill_pictures(images: Iterable[Image], *, by: User | None, reason: str, at: datetime | None = None) -> list[Image]:
    """Take the pictures off every page at once, past Versions too; whoever killed one first stays named.

    Readers' pages ask whether it was killed. On commit the files leave the public storage as well: of a few pictures
    at once, of more by the worker. Returns them as they are stored, by id. Raises BadNote.
    """
    reason = _reason(reason, "Say why the picture is killed: whoever finds it gone will ask.")
    held = _held(images)
    killed = [image for image in held if image.killed_at is None]
    at = at or timezone.now()
    ids = [image.pk for image in killed]
    Image.objects.filter(pk__in=ids).update(killed_at=at, killed_by=by, kill_reason=reason)
    for image in killed:
        image.killed_at, image.killed_by, image.kill_reason = at, by, reason
    _tell_the_trail("kill picture", "The picture “{}” was killed: {}", reason, killed, by=by)
    transaction.on_commit(partial(_put_in_place, [image.pk for image in held]), robust=True)
    return held


@transaction.atomic
def lift_kill(image: Image, *, by: User | None, reason: str) -> Image:
    """Let the picture be shown again where Versions and drafts have it. Raises BadNote, and Refused if none stands."""
    reason = _reason(reason, "Say why the kill is lifted: it is written into the audit trail.")
    [image] = _held([image])
    if image.killed_at is None:
        raise Refused("The picture is not killed.")
    image.killed_at, image.killed_by, image.kill_reason = None, None, ""
    image.save(update_fields=["killed_at", "killed_by", "kill_reason"])
    _tell_the_trail("lift kill", "The kill of the picture “{}” was lifted: {}", reason, [image], by=by)
    transaction.on_commit(partial(_put_in_place, [image.pk]), robust=True)
    return image


def _held(images: Iterable[Image]) -> list[Image]:
    hold_shared_rows()
    held = Image.objects.select_for_update(of=("self",)).filter(pk__in=[image.pk for image in images])
    return list(held.order_by("pk"))


def _reason(text: str, wanting: str) -> str:
    if not text.strip():
        raise BadNote(wanting)
    return kept_note(text)


def _tell_the_trail(act: str, sentence: str, reason: str, images: list[Image], *, by: User | None) -> None:
    """One entry for each picture, and one in the history of each story that shows it."""
    shown = stories_with(images)
    told: list[tuple[str, Story | None, str]] = []
    for image in images:
        words = sentence.format(image, reason)
        told += [(words, None, f"image {image}"), *((words, story, "") for story in shown[image.pk])]
    record_each(act, told, by=by)


def stories_with(images: Iterable[Image], at: datetime | None = None) -> dict[int, list[Story]]:
    """By the picture's id: the stories whose draft, live or scheduled Version shows it. Three queries."""
    images = list(images)
    current = Q(live_until=None) | Q(live_until__gt=at or timezone.now())
    drafts = GalleryItem.objects.filter(image__in=images).values_list("image", "story")
    return _stories(images, [*drafts, *shown_in(images, Version.objects.filter(current))])


def live_with(images: Iterable[Image], at: datetime | None = None) -> dict[int, list[Story]]:
    """By the picture's id: the stories whose page had it, or would have it. Two queries."""
    images = list(images)
    return _stories(images, shown_in(images, Version.objects.live(at)))


def _stories(images: list[Image], shown: Iterable[tuple[int, int]]) -> dict[int, list[Story]]:
    found: dict[int, set[int]] = {image.pk: set() for image in images}
    for image, story in shown:
        found[image].add(story)
    stories = Story.objects.in_bulk(set().union(*found.values()))
    order = {pk: place for place, pk in enumerate(sorted(stories, key=lambda pk: (stories[pk].headline, pk)))}
    return {image: [stories[pk] for pk in sorted(using, key=order.__getitem__)] for image, using in found.items()}


def _put_in_place(pks: list[int]) -> None:
    """Of a few at once where the storage answers; of more, and what it refuses now, by the worker."""
    placed = [pk for pk in pks if _is_placed(pk)] if len(pks) <= AT_ONCE else []
    place_files_later([pk for pk in pks if pk not in placed])
    ask_for_renditions(*Image.objects.filter(pk__in=placed, killed_at=None))


def _is_placed(pk: int) -> bool:
    try:
        place_files(pk)
    except Exception:  # each kind of storage has exceptions of its own
        logger.exception("Files of picture %s are not yet where they belong", pk)
        return False
    return True

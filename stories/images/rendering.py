"""Making the renditions of a picture's file and keeping them in step with what they are made from."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from stories.document import sha256 as sha256_of
from stories.images.files import write
from stories.images.limits import UnusableImage
from stories.images.record import PictureRecord
from stories.images.renditions import RECIPE, Rendition, first_rendition, render
from stories.images.withholding import place_files
from stories.images.xmp import xmp_packet
from stories.models import Image, PictureFile

logger = logging.getLogger(__name__)

KEPT_AFTER = timedelta(days=7)  # cached pages and feeds that others hold still name a replaced rendition


def fingerprint(image: Image) -> str:
    """What renditions of the picture are made from besides its file: they are stale once it is another."""
    record = PictureRecord.of_image(image)
    made_from = {
        "recipe": RECIPE,
        "focal": [image.focal_x, image.focal_y],
        "crops": image.may_be_cropped,
        "xmp": xmp_packet(record).decode(),
    }
    return sha256_of(made_from)


def is_stale(file: PictureFile) -> bool:
    """Whether renditions are to be made. Those of a file that was replaced stay as they are."""
    if file.image.killed_at is not None:
        return False
    return not file.rendered_as or (file.sha256 == file.image.sha256 and file.rendered_as != fingerprint(file.image))


def stale_files() -> Iterable[PictureFile]:
    """The files whose renditions are to be made, the newest first."""
    return filter(is_stale, PictureFile.objects.select_related("image").order_by("-pk").iterator())


def render_file(sha256: str, *, at: datetime) -> bool:
    """Make what renditions the file lacks; False where there was nothing to make.

    The files are written before the row names them. Where focal point or credit changed meanwhile, they are made
    again. Raises whatever the storage raises; then the row is as it was.
    """
    made = False
    while (file := _stale(sha256)) is not None:
        made_as = fingerprint(file.image)
        if not file.renditions:
            _show_first(file)
        _finish(file, made_as, [_stored(rendition) for rendition in _made(file)], at)
        made = True
    if made:
        _prune(sha256, at)
    return made


def _stale(sha256: str) -> PictureFile | None:
    file = PictureFile.objects.select_related("image").filter(sha256=sha256).first()
    return file if file is not None and is_stale(file) else None


def _show_first(file: PictureFile) -> None:
    """The 800-pixel JPEG at once, since the rest takes seconds."""
    xmp = xmp_packet(PictureRecord.of_image(file.image))
    try:
        first = _stored(first_rendition(_master(file), xmp=xmp))
    except UnusableImage:
        return
    PictureFile.objects.filter(pk=file.pk, renditions=[]).update(renditions=[first])


def _made(file: PictureFile) -> Iterable[Rendition]:
    """From the upload; from the readers' copy where that is lost or can no longer be read; else none."""
    image, xmp = file.image, xmp_packet(PictureRecord.of_image(file.image))
    for source in filter(None, (_original(file), _master(file))):
        try:
            yield from render(source, focal=(image.focal_x, image.focal_y), xmp=xmp, crops=image.may_be_cropped)
            return
        except UnusableImage as fault:
            logger.warning("No renditions can be made of a file of picture %s: %s", image.pk, fault)


def _original(file: PictureFile) -> bytes | None:
    if not file.original or not storages["originals"].exists(file.original):
        return None
    with storages["originals"].open(file.original) as opened:
        return opened.read()


def _master(file: PictureFile) -> bytes:
    with default_storage.open(f"pictures/{file.sha256}.jpg") as opened:
        return opened.read()


def _stored(rendition: Rendition) -> dict[str, Any]:
    write(default_storage, rendition.file, rendition.content)
    return rendition.as_json()


@transaction.atomic
def _finish(file: PictureFile, made_as: str, renditions: list[dict[str, Any]], at: datetime) -> None:
    image = Image.objects.select_for_update().get(pk=file.image_id)
    file = PictureFile.objects.select_for_update().get(pk=file.pk)
    if image.killed_at is not None:
        _forget(file, renditions)
        return
    if fingerprint(image) != made_as and file.sha256 == image.sha256:
        return
    now = {entry["file"] for entry in renditions}
    replaced = [[entry["file"], at.astimezone(UTC).isoformat()] for entry in file.renditions]
    file.superseded = [entry for entry in [*file.superseded, *replaced] if entry[0] not in now]
    file.renditions, file.rendered_as = renditions, made_as
    file.save(update_fields=["renditions", "rendered_as", "superseded"])


def _forget(file: PictureFile, renditions: list[dict[str, Any]]) -> None:
    """Killed while it was rendered: what was written since must not stay where readers can get it."""
    known = {entry["file"] for entry in file.renditions}
    for name in {entry["file"] for entry in renditions} - known:
        default_storage.delete(name)
    place_files(file.image_id)


def _prune(sha256: str, at: datetime) -> None:
    """Delete what was replaced a week ago, unless another picture names the very same file."""
    with transaction.atomic():
        file = PictureFile.objects.select_for_update().get(sha256=sha256)
        old = {name for name, since in file.superseded if datetime.fromisoformat(since) <= at - KEPT_AFTER}
        file.superseded = [entry for entry in file.superseded if entry[0] not in old]
        file.save(update_fields=["superseded"])
    for name in old:
        if not _naming(name).exists():
            default_storage.delete(name)


def _naming(name: str) -> QuerySet[PictureFile]:
    files = PictureFile.objects.annotate(shown=Cast("renditions", TextField()), before=Cast("superseded", TextField()))
    return files.filter(shown__contains=name) | files.filter(before__contains=name)

"""The picture library: a picture's files are written once, under names made of their content, and never overwritten.

`pictures/<sha256>.jpg` is what readers get, `pictures/<sha256>.thumb.jpg` what lists show. The upload as it came goes
to the private storage under its own hash. A file stays when its picture is replaced, for the Versions that show it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.contrib.auth.models import User
from django.core.files.storage import Storage, default_storage, storages
from django.db import transaction
from django.db.models import Q

from stories.images.files import is_whole, write
from stories.images.intake import Intake, take_in
from stories.images.likeness import distance
from stories.images.prefilling import note_what_it_says, prefill, read_upload, safe_filename
from stories.images.queueing import ask_for_renditions
from stories.models import Image, PictureFile
from stories.shared_rows import hold_shared_rows

logger = logging.getLogger(__name__)
ALIKE, MOST_ALIKE = 6, 12
NOT_KEPT = "The picture could not be kept: the place for files does not take it. Nothing was saved; try again later."


class NotKept(OSError):
    """The storage failed in the middle of an upload, of which nothing is left. The message is for whoever uploaded."""


class IsKilled(Exception):
    """The picture was killed: a file put in its place would be shown nowhere, and would be called killed too."""

    def __init__(self) -> None:
        super().__init__("This picture was killed, so it takes no other file. Upload that as a picture of its own.")


class AlreadyInLibrary(Exception):
    """The picture is in the library already, as `image`."""

    def __init__(self, image: Image) -> None:
        self.image = image
        super().__init__(f"This picture is already in the library: “{image}”.")


def add_picture(source: bytes | BinaryIO | Intake, *, by: User | None = None, **fields: Any) -> Image:
    """Put an upload into the library, described by the Image's `fields`.

    Raises UnusableImage, AlreadyInLibrary for a picture that is there, and NotKept; nothing is kept then.
    """
    return give_file(Image(uploaded_by=by, **fields), source)


def find_or_add_picture(source: bytes | BinaryIO | Intake, *, by: User | None = None, **fields: Any) -> Image:
    """The library's picture of this upload, as it is described there, else a new one. Raises UnusableImage, NotKept."""
    try:
        return add_picture(source, by=by, **fields)
    except AlreadyInLibrary as known:
        return known.image


def give_file(image: Image, source: bytes | BinaryIO | Intake) -> Image:
    """Save the picture with this upload as its file, in place of none or of the one it had.

    A first file fills the fields that are empty with what it says of itself; a later one changes none.

    Raises UnusableImage, AlreadyInLibrary where the upload is another picture's, IsKilled and NotKept; nothing is kept
    then.
    """
    intake = source if isinstance(source, Intake) else take_in(source)
    said = read_upload(intake.original)
    with transaction.atomic():
        hold_shared_rows()  # two uploads of one picture write the same files
        refuse_known(intake, besides=image)
        if Image.objects.filter(pk=image.pk or 0).exclude(killed_at=None).exists():
            raise IsKilled
        with _written(intake), transaction.atomic():
            note_what_it_says(image, said)
            if not image.sha256:
                prefill(image, said)
            _name_files(image, intake)
            image.filename = safe_filename(intake.filename) or image.filename
            image.save()
            _note_file(image)
            ask_for_renditions(image)
    return image


def refuse_known(intake: Intake, *, besides: Image | None = None) -> None:
    """Raise AlreadyInLibrary where a picture has or had this file for readers, or the upload it was made from."""
    for field in ("", "files__"):
        same = Q(**{f"{field}sha256": intake.sha256}) | Q(**{f"{field}original": _original_name(intake)})
        for known in Image.objects.filter(same):
            if known != besides:
                raise AlreadyInLibrary(known)


def thumbnail_url(image: Image) -> str:
    """The address of the picture's small copy, "" while it awaits its file and where it was killed."""
    if not image.file.name or image.killed_at is not None:
        return ""
    return default_storage.url(_thumbnail_name(image.file.name))


def picture_of(sha256: str) -> Image | None:
    """The library's picture that has this file, or had it before its file was replaced."""
    return Image.objects.filter(Q(sha256=sha256) | Q(files__sha256=sha256)).distinct().first() if sha256 else None


def near_duplicates(image: Image) -> list[tuple[Image, int]]:
    """Other pictures that look like this one, with how many of 64 bits differ, the likest first. Two queries."""
    if not image.likeness:
        return []
    others = Image.objects.exclude(pk=image.pk).exclude(likeness="").order_by("pk").values_list("pk", "likeness")
    near = [(differing, pk) for pk, likeness in others if (differing := distance(likeness, image.likeness)) <= ALIKE]
    near = sorted(near)[:MOST_ALIKE]
    images = Image.objects.in_bulk([pk for _, pk in near])
    return [(images[pk], differing) for differing, pk in near if pk in images]


def _note_file(image: Image) -> None:
    PictureFile.objects.update_or_create(
        sha256=image.sha256, defaults={"image": image, "original": image.original.name or ""}
    )


def _name_files(image: Image, intake: Intake) -> None:
    image.file.name = _file_name(intake)
    image.original.name = _original_name(intake)
    image.sha256, image.width, image.height = intake.sha256, intake.width, intake.height
    image.likeness = intake.likeness


def _file_name(intake: Intake) -> str:
    return f"pictures/{intake.sha256}.jpg"


def _thumbnail_name(file_name: str) -> str:
    return f"{file_name.removesuffix('.jpg')}.thumb.jpg"


def _original_name(intake: Intake) -> str:
    return f"{intake.original_sha256}.{intake.original_extension}"


@contextmanager
def _written(intake: Intake) -> Iterator[None]:
    """Writes the picture's files before the row that names them is saved, and removes them again if that fails."""
    originals = storages["originals"]
    files = [
        (default_storage, _file_name(intake), intake.jpeg),
        (default_storage, _thumbnail_name(_file_name(intake)), intake.thumbnail),
        (originals, _original_name(intake), intake.original),
    ]
    begun: list[tuple[Storage, str]] = []
    try:
        _write(files, begun)
        yield
    except BaseException:
        if not Image.objects.filter(Q(sha256=intake.sha256) | Q(original=_original_name(intake))).exists():
            _remove(begun)
        raise


def _write(files: list[tuple[Storage, str, bytes]], begun: list[tuple[Storage, str]]) -> None:
    """Write each file unless it is there, whole. What is `begun` may be there in part, or unknown to us as a whole."""
    try:
        for storage, name, content in files:
            if not is_whole(storage, name, len(content)):
                begun.append((storage, name))
                write(storage, name, content)
    except OSError as fault:
        logger.error("An upload could not be kept: %s", fault)
        raise NotKept(NOT_KEPT) from fault


def _remove(begun: list[tuple[Storage, str]]) -> None:
    """Remove the files, as long as the storage lets us: what stays is named by no row, and found again if needed."""
    try:
        for storage, name in begun:
            storage.delete(name)
    except OSError as fault:  # others wait for this upload's transaction: one that hangs is not asked again
        logger.warning("Files of a failed upload are left over: %s", fault)

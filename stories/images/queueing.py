"""Asking for renditions: the worker makes them once what was changed is committed."""

import logging
from functools import partial

from django.db import DatabaseError, transaction

from stories.images.rendering import is_stale
from stories.models import Image, PictureFile
from stories.tasks import place_picture_files, render_picture

logger = logging.getLogger(__name__)


def ask_for_renditions(image: Image) -> None:
    """Call it wherever a picture's file, focal point or credit was saved. Cheap where nothing is to be made."""
    for file in PictureFile.objects.filter(image=image, sha256=image.sha256):
        file.image = image
        if is_stale(file):
            transaction.on_commit(partial(_enqueue, file.sha256), robust=True)


def _enqueue(sha256: str) -> None:
    try:
        render_picture.enqueue(sha256)
    except DatabaseError:  # the picture is saved and shows; `render_pictures` finds what is missing
        logger.exception("The renditions of a picture could not be queued")


def place_files_later(pk: int) -> None:
    """Have the worker move the files of a killed picture, or of one whose kill was lifted."""
    place_picture_files.enqueue(pk)

"""Asking for renditions: the worker makes them once what was changed is committed."""

import logging
from functools import partial

from django.db import DatabaseError, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from stories.images.rendering import is_stale
from stories.models import Image, PictureFile
from stories.tasks import place_picture_files, render_picture

logger = logging.getLogger(__name__)
AT_A_TIME = 20  # pictures of some twenty files each: what waits behind them waits for seconds


def ask_for_renditions(*images: Image) -> None:
    """Call it wherever a picture's file, focal point or credit was saved. One read, and one commit of the queue."""
    by_file = {image.sha256: image for image in images if image.sha256}
    stale = []
    for file in PictureFile.objects.filter(sha256__in=by_file) if by_file else ():
        if file.image_id == by_file[file.sha256].pk:
            file.image = by_file[file.sha256]
            stale += [file.sha256] if is_stale(file) else []
    if stale:
        transaction.on_commit(partial(_enqueue, stale), robust=True)


def _enqueue(files: list[str]) -> None:
    try:
        with transaction.atomic():
            for sha256 in files:
                render_picture.enqueue(sha256)
    except DatabaseError:  # the pictures are saved and show; `render_pictures` finds what is missing
        logger.exception("The renditions of %s pictures could not be queued", len(files))


def place_files_later(pks: list[int]) -> None:
    """Have the worker move the files of killed pictures, or of those whose kill was lifted."""
    with transaction.atomic():
        for begin in range(0, len(pks), AT_A_TIME):
            place_picture_files.enqueue(pks[begin : begin + AT_A_TIME])


def waiting_to_be_placed() -> set[int]:
    """The pictures whose files the worker has still to move. One query."""
    unfinished = DBTaskResult.objects.filter(
        task_path=place_picture_files.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    return {pk for told in unfinished.values_list("args_kwargs", flat=True) for pk in told["args"][0]}

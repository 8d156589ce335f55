"""What is done in the background. A worker runs it: `manage.py db_worker --queue-name '*'`."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from stories.fetching.filling import fetch_into
from stories.images.rendering import render_file
from stories.images.withholding import place_files

logger = logging.getLogger(__name__)

AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(days=1))


@task()
def fetch_details(article_id: int) -> None:
    """Fill in what an Article lacks from its own page; a temporary failure is tried again later."""
    again = fetch_into(article_id)
    if again is not None:
        fetch_details.using(run_after=again).enqueue(article_id)


@task()
def render_picture(sha256: str, tries: int = 0) -> None:
    """Make the renditions of a picture's file; where the storage fails, again later."""
    with _again_later(f"render picture file {sha256}", render_picture, sha256, tries):
        render_file(sha256, at=timezone.now())


@task()
def place_picture_files(pks: list[int], tries: int = 0) -> None:
    """Move the files of killed pictures out of the public storage, or back; where the storage fails, again later.

    One picture that cannot be moved does not hold up the others.
    """
    failed = [pk for pk in pks if not _is_placed(pk)]
    if failed:
        _again(place_picture_files, failed, tries)


def _is_placed(pk: int) -> bool:
    try:
        place_files(pk)
    except Exception:  # each kind of storage has exceptions of its own
        logger.exception("Could not place the files of picture %s", pk)
        return False
    return True


@contextmanager
def _again_later(what: str, retried: Any, about: Any, tries: int) -> Iterator[None]:
    """Queue the task once more where it fails, a few times, each after a longer while; each kind of storage has
    exceptions of its own."""
    try:
        yield
    except Exception:
        logger.exception("Could not %s", what)
        _again(retried, about, tries)


def _again(retried: Any, about: Any, tries: int) -> None:
    if tries < len(AGAIN_AFTER):
        retried.using(run_after=timezone.now() + AGAIN_AFTER[tries]).enqueue(about, tries + 1)

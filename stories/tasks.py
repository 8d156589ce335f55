"""What is done in the background. A worker runs it: `manage.py db_worker --queue-name '*'`."""

import logging
from datetime import timedelta

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
    try:
        render_file(sha256, at=timezone.now())
    except Exception:  # each kind of storage has exceptions of its own
        logger.exception("The renditions of picture file %s could not be made", sha256)
        if tries < len(AGAIN_AFTER):
            again = render_picture.using(run_after=timezone.now() + AGAIN_AFTER[tries])
            again.enqueue(sha256, tries + 1)


@task()
def place_picture_files(pk: int, tries: int = 0) -> None:
    """Move the files of a killed picture out of the public storage, or back; where the storage fails, again later."""
    try:
        place_files(pk)
    except Exception:  # as above
        logger.exception("Files of picture %s are not yet where they belong", pk)
        if tries < len(AGAIN_AFTER):
            again = place_picture_files.using(run_after=timezone.now() + AGAIN_AFTER[tries])
            again.enqueue(pk, tries + 1)

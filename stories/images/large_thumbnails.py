"""Pictures for the newsroom's eyes, large enough to see what is in them."""

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage

from stories.images.library import thumbnail_url
from stories.models import Image, PictureFile

WIDTH = 400


def large_thumbnails(images: Iterable[Image]) -> dict[int, str]:
    """By the picture's id the address of its smallest whole JPEG of at least 400 px, else of its thumbnail; "" while it
    awaits its file, and for one that was killed. One query."""
    images = list(images)
    files = PictureFile.objects.filter(sha256__in=[image.sha256 for image in images if image.sha256])
    renditions = dict(files.values_list("sha256", "renditions"))
    addresses = {image.pk: _large(renditions.get(image.sha256, [])) or thumbnail_url(image) for image in images}
    return {image.pk: "" if image.killed_at else addresses[image.pk] for image in images}


def _large(renditions: list[dict[str, Any]]) -> str:
    fitting = [one for one in renditions if not one["ratio"] and one["format"] == "jpg" and one["width"] >= WIDTH]
    return default_storage.url(min(fitting, key=lambda one: one["width"])["file"]) if fitting else ""

"""What readers' pages ask of the library: which pictures may be shown now, and in which renditions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from stories.images.rights import RIGHTS_FIELDS, Rights, Withheld
from stories.models import PictureFile


class ShownPicture(NamedTuple):
    """A file of a picture; `withheld` says why readers do not get it, `renditions` are those of PictureFile."""

    withheld: Withheld | None
    renditions: list[Mapping[str, Any]]
    may_be_cropped: bool
    has_content_credentials: bool


def pictures_at(sha256s: Iterable[str], at: datetime | None = None) -> dict[str, ShownPicture]:
    """By the sha256 that a document names; files the library does not know are left out. One query, none for none."""
    wanted = {sha256 for sha256 in sha256s if sha256}
    if not wanted:
        return {}
    at = at or timezone.now()
    told = ("sha256", "renditions", "image__may_be_cropped", "image__has_content_credentials")
    rows = PictureFile.objects.filter(sha256__in=wanted).values_list(
        *told, *(f"image__{name}" for name in RIGHTS_FIELDS)
    )
    return {
        sha256: ShownPicture(Rights(*rights).withheld(at), renditions, cropped, credentials)
        for sha256, renditions, cropped, credentials, *rights in rows
    }

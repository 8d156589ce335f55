"""What a file says of its picture: kept beside what editors write, and filled in where a new picture lacks it."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from stories.images.metadata import PhotoMetadata, read_metadata
from stories.models import Image

TOLD = tuple(field.name for field in fields(PhotoMetadata))
APART = ("taken_at", "taken_precision", "may_be_cropped", "has_content_credentials")
LONGEST_NAME = 300


def read_upload(original: bytes) -> PhotoMetadata:
    """What an upload says of itself, in the newsroom's language; a time without offset is one of its zone."""
    said = read_metadata(original, languages=[settings.LANGUAGE_CODE])
    return said.in_zone(timezone.get_default_timezone())


def note_what_it_says(image: Image, said: PhotoMetadata) -> None:
    """Keep it beside the fields, which it never overwrites."""
    image.embedded = said.as_json()
    image.has_content_credentials = said.has_content_credentials


def prefill(image: Image, said: PhotoMetadata) -> None:
    """Fill the fields that are empty. For a picture that gets its first file; a decorative one needs no alt text."""
    for name in TOLD:
        if name not in APART and not getattr(image, name) and not (name == "alt_text" and image.decorative):
            value = getattr(said, name)
            setattr(image, name, list(value) if isinstance(value, tuple) else value)
    if image.taken_at is None and said.taken_at is not None:
        image.taken_at, image.taken_precision = said.taken_at, said.taken_precision
    image.may_be_cropped = image.may_be_cropped and said.may_be_cropped


def prefilled(image: Image) -> list[str]:
    """The fields that say what the file says, as people know them."""
    same = [name for name in TOLD if name not in APART and image.embedded.get(name) == getattr(image, name)]
    told = [name for name in same if getattr(image, name)]
    return [_label(name) for name in [*told, *(["taken_at"] if image.embedded.get("taken_at") else [])]]


class Said(NamedTuple):
    """What the file says for one field: in words, as the field's input would hold it, and whether the field says so."""

    name: str
    label: str
    words: str
    typed: str
    is_same: bool


def what_it_says(image: Image) -> list[Said]:
    """What the newest file says, field by field; nothing for those of which it says nothing."""
    told = [_said(image, name, value) for name, value in image.embedded.items() if name in TOLD and name not in APART]
    return [said for said in told if said.typed] + _said_of_taking(image) + _said_of_cropping(image)


def _said(image: Image, name: str, value: str | list[str]) -> Said:
    listed = value if isinstance(value, list) else [str(value or "")]
    return Said(name, _label(name), ", ".join(listed), "\n".join(listed), getattr(image, name) == value)


def _said_of_taking(image: Image) -> list[Said]:
    if not (taken := image.embedded.get("taken_at")):
        return []
    at, precision = datetime.fromisoformat(taken), Image.TakenPrecision(image.embedded["taken_precision"])
    here = timezone.localtime(at)
    words = f"{here:%Y-%m-%d %H:%M}"
    return [
        Said("taken_at", _label("taken_at"), words, f"{here:%Y-%m-%dT%H:%M}", _minute(image.taken_at) == _minute(at)),
        Said(
            "taken_precision",
            _label("taken_precision"),
            str(precision.label),
            str(precision.value),
            image.taken_precision == precision,
        ),
    ]


def _minute(moment: datetime | None) -> datetime | None:
    """As much of it as an input shows."""
    return moment and moment.astimezone(UTC).replace(second=0, microsecond=0)


def _said_of_cropping(image: Image) -> list[Said]:
    if image.embedded.get("may_be_cropped", True):
        return []
    return [Said("may_be_cropped", _label("may_be_cropped"), "not to be cropped", "", not image.may_be_cropped)]


def _label(name: str) -> str:
    return str(Image._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def safe_filename(name: str) -> str:
    """The upload's own name, to be searched for and shown: without a path and what cannot be stored."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:LONGEST_NAME]

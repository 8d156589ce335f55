"""What a file says of its picture: kept beside what editors write, and filled in where a new picture lacks it."""

from dataclasses import fields
from datetime import datetime

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
    """Fill the fields that are empty. For a picture that gets its first file."""
    for name in TOLD:
        if name not in APART and not getattr(image, name):
            value = getattr(said, name)
            setattr(image, name, list(value) if isinstance(value, tuple) else value)
    if image.taken_at is None and said.taken_at is not None:
        image.taken_at, image.taken_precision = said.taken_at, said.taken_precision
    image.may_be_cropped = image.may_be_cropped and said.may_be_cropped


def prefilled(image: Image) -> list[str]:
    """The fields that say what the file says, as people know them."""
    labels = {name: str(Image._meta.get_field(name).verbose_name) for name in TOLD}  # type: ignore[union-attr]
    same = [name for name in TOLD if name not in APART and image.embedded.get(name) == getattr(image, name)]
    told = [name for name in same if getattr(image, name)]
    return [labels[name] for name in [*told, *(["taken_at"] if image.embedded.get("taken_at") else [])]]


def what_it_says(image: Image) -> list[tuple[str, str, bool]]:
    """What the newest file says, by the names of the fields, each with whether the field says the same."""
    told = []
    for name, value in image.embedded.items():
        if value and name in TOLD and name not in APART:
            label = str(Image._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            words = ", ".join(value) if isinstance(value, list) else str(value)
            told.append((label, words, getattr(image, name) == value))
    if taken := image.embedded.get("taken_at"):
        same = image.taken_at is not None and datetime.fromisoformat(taken) == image.taken_at
        told.append(("taken at", taken.replace("T", " "), same))
    return told


def safe_filename(name: str) -> str:
    """The upload's own name, to be searched for and shown: without a path and what cannot be stored."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:LONGEST_NAME]

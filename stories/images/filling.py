"""Filling what pictures do not say of themselves yet from a metadata template."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from stories.audit import record
from stories.images.queueing import ask_for_renditions
from stories.models import Image, MetadataTemplate
from stories.shared_rows import hold_shared_rows


@dataclass(frozen=True)
class Filled:
    """What became of one picture: the names of the fields that were filled, and of those that do not go with what the
    picture says already."""

    image: Image
    fields: list[str]
    unfitting: list[str]


def fill_empty_fields(image_ids: Iterable[int], template: MetadataTemplate, *, by: User | None) -> list[Filled]:
    """Give each picture what the template says of its empty fields; nothing that is there is changed, nor alt text.

    Each picture is read and written while it is held, so that what somebody else has just written stays. Pictures that
    are gone are left out.
    """
    filled = (_fill(pk, template, by) for pk in image_ids)
    return [one for one in filled if one is not None]


def empty_fields(images: Iterable[Image]) -> dict[str, int]:
    """By the name of each field that a template fills, in how many of the pictures it is empty."""
    images = list(images)
    return {name_of(field): sum(_is_empty(image, field) for image in images) for field in MetadataTemplate.FILLED}


def name_of(field: str) -> str:
    return str(Image._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


@transaction.atomic
def _fill(pk: int, template: MetadataTemplate, by: User | None) -> Filled | None:
    hold_shared_rows()  # a story's save that describes its pictures reads them, then writes them whole
    image = Image.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if image is None:
        return None
    told = [name for name in MetadataTemplate.FILLED if not _says_nothing(template, name) and _is_empty(image, name)]
    unfitting = [name for name in told if not _fits(image, template, name, told)]
    fields = [name for name in told if name not in unfitting]
    for name in fields:
        setattr(image, name, getattr(template, name))
    if fields:
        _save(image, template, fields, by)
    return Filled(image, [name_of(name) for name in fields], [name_of(name) for name in unfitting])


def _save(image: Image, template: MetadataTemplate, fields: list[str], by: User | None) -> None:
    if "taken_at" in fields:
        image.taken_precision = template.taken_precision
    image.save(update_fields=[*fields, "taken_precision"])
    ask_for_renditions(image)
    names = ", ".join(name_of(name) for name in fields)
    record("fill image", f"Filled from the template “{template}”: {names}.", by=by, about=f"image {image}")


def _is_empty(image: Image, name: str) -> bool:
    value = getattr(image, name)
    return not value.strip() if isinstance(value, str) else value is None


def _says_nothing(template: MetadataTemplate, name: str) -> bool:
    return getattr(template, name) in ("", None)


def _fits(image: Image, template: MetadataTemplate, name: str, told: list[str]) -> bool:
    """Rights end after they begin, also where only one of the two comes from the template."""
    if name not in ("rights_from", "rights_until"):
        return True
    begin, end = (getattr(template if field in told else image, field) for field in ("rights_from", "rights_until"))
    return not (begin and end and end <= begin)

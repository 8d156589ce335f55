"""Filling what pictures do not say of themselves yet from a metadata template."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from stories.audit import record_each
from stories.images.queueing import ask_for_renditions
from stories.models import Image, MetadataTemplate
from stories.shared_rows import hold_shared_rows

BATCH = 50


@dataclass(frozen=True)
class Filled:
    """What became of one picture: the fields that were filled, and as people know them those that do not go with what
    the picture says already."""

    image: Image
    names: list[str]
    unfitting: list[str]

    @property
    def fields(self) -> list[str]:
        """What was filled, as people know it."""
        return [name_of(name) for name in self.names]


def fill_empty_fields(image_ids: Iterable[int], template: MetadataTemplate, *, by: User | None) -> list[Filled]:
    """Give each picture what the template says of its empty fields; nothing that is there is changed, nor alt text.

    The pictures are read and written while they are held, a batch at a time, so that what somebody else has just
    written stays and nobody waits for long. Pictures that are gone are left out.
    """
    ids = list(image_ids)
    filled: dict[int, Filled] = {}
    for begin in range(0, len(ids), BATCH):
        filled |= _fill(ids[begin : begin + BATCH], template, by)
    return [filled[pk] for pk in ids if pk in filled]


def empty_fields(images: Iterable[Image]) -> dict[str, int]:
    """By the name of each field that a template fills, in how many of the pictures it is empty."""
    images = list(images)
    return {name_of(field): sum(_is_empty(image, field) for image in images) for field in MetadataTemplate.FILLED}


def name_of(field: str) -> str:
    return str(Image._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


@transaction.atomic
def _fill(ids: list[int], template: MetadataTemplate, by: User | None) -> dict[int, Filled]:
    hold_shared_rows()  # a story's save that describes its pictures reads them, then writes them whole
    images = Image.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    filled = {image.pk: _filled(image, template) for image in images}
    changed = [one for one in filled.values() if one.names]
    if changed:
        _write(changed, template)
        ask_for_renditions(*(one.image for one in changed))
        told = f"Filled from the template “{template}”: "
        sentences = ((f"{told}{', '.join(one.fields)}.", None, f"image {one.image}") for one in changed)
        record_each("fill image", sentences, by=by)
    return filled


def _write(changed: list[Filled], template: MetadataTemplate) -> None:
    """One statement for all that lack the same."""
    lacking: dict[tuple[str, ...], list[int]] = {}
    for one in changed:
        lacking.setdefault(tuple(one.names), []).append(one.image.pk)
    for names, ids in lacking.items():
        also = ("taken_precision",) if "taken_at" in names else ()
        Image.objects.filter(pk__in=ids).update(**{name: getattr(template, name) for name in (*names, *also)})


def _filled(image: Image, template: MetadataTemplate) -> Filled:
    told = [name for name in MetadataTemplate.FILLED if not _says_nothing(template, name) and _is_empty(image, name)]
    unfitting = [name for name in told if not _fits(image, template, name, told)]
    fields = [name for name in told if name not in unfitting]
    for name in fields:
        setattr(image, name, getattr(template, name))
    if "taken_at" in fields:
        image.taken_precision = template.taken_precision
    return Filled(image, fields, [name_of(name) for name in unfitting])


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

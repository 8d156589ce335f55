"""Writing what one picture says of itself, also while somebody else does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from stories.audit import record
from stories.images.queueing import ask_for_renditions
from stories.models import Image
from stories.shared_rows import hold_shared_rows


@dataclass(frozen=True)
class Described:
    """The picture as it is stored now, the names of the fields that were written, and those that somebody else has
    changed to something else meanwhile, as they are stored."""

    image: Image
    written: list[str]
    theirs: dict[str, Any]


@transaction.atomic
def describe(image_id: int, base: Mapping[str, Any], wanted: Mapping[str, Any], *, by: User | None) -> Described:
    """Write the fields in which `wanted` differs from `base`, which is what its writer had found.

    A field that is stored as neither says is left as it is: its writer has to be asked. All the others are written.
    Raises Image.DoesNotExist.
    """
    hold_shared_rows()  # a story's save that describes its pictures reads them, then writes them whole
    image = Image.objects.select_for_update(of=("self",)).get(pk=image_id)
    stored = {name: plain(getattr(image, name)) for name in wanted}
    changed = [name for name in wanted if plain(wanted[name]) not in (plain(base[name]), stored[name])]
    theirs = {name: getattr(image, name) for name in changed if stored[name] != plain(base[name])}
    written = [name for name in changed if name not in theirs]
    for name in written:
        setattr(image, name, plain(wanted[name]))
    if written:
        image.save(update_fields=written)
        ask_for_renditions(image)
        names = ", ".join(str(Image._meta.get_field(name).verbose_name) for name in written)  # type: ignore[union-attr]
        record("change image", f"Changed {names}.", by=by, about=f"image {image}")
    return Described(image, written, theirs)


def plain(value: Any) -> Any:
    """A text without what a browser makes of its ends and its lines."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value

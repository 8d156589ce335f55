"""Writing what is said of a picture, so that of two people at one picture neither writes over the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from stories.audit import record
from stories.images.queueing import ask_for_renditions
from stories.models import Image
from stories.shared_rows import hold_shared_rows


@dataclass(frozen=True)
class Described:
    """`saved` are the fields that were written; `conflicts` those that somebody else changed meanwhile, with what
    stands there now: they were left alone."""

    image: Image
    saved: list[str] = field(default_factory=list)
    conflicts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def describe(pk: int, base: Mapping[str, Any], wanted: Mapping[str, Any], *, by: User | None) -> Described:
    """Write the fields that differ from `base`, what the writer found, unless they are another thing by now.

    Values are as the model holds them. Raises Image.DoesNotExist.
    """
    hold_shared_rows()
    done = Described(Image.objects.select_for_update(of=("self",)).get(pk=pk))
    for name, value in wanted.items():
        now = getattr(done.image, name)
        if value in (base.get(name), now):
            continue
        if now != base.get(name):
            done.conflicts[name] = now
            continue
        setattr(done.image, name, value)
        done.saved.append(name)
    if done.saved:
        done.image.save(update_fields=done.saved)
        ask_for_renditions(done.image)
        record("change image", f"Changed {', '.join(map(_label, done.saved))}.", by=by, about=f"image {done.image}")
    return done


def _label(name: str) -> str:
    return str(Image._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

"""Adding pictures of the library to a draft's gallery."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from stories.draft.reading import hold
from stories.draft.saving import finish_save
from stories.draft.snapshots import keep_base
from stories.models import GalleryItem, Image, Story

MOST_PICTURES = 200  # of a document's gallery


class Added(NamedTuple):
    """The pictures that came to the gallery, those that stood there already, and those for which it had no room."""

    added: list[Image]
    known: list[Image]
    left_out: list[Image]


@transaction.atomic
def add_pictures(story: Story, images: Iterable[Image], *, by: User | None) -> Added:
    """Put the pictures at the end of the draft's gallery, in their order, as one save of the draft."""
    story = hold(story)
    keep_base(story)
    there = set(story.gallery.values_list("image", flat=True))
    room = MOST_PICTURES - len(there)
    images = list(dict.fromkeys(images))
    new = [image for image in images if image.pk not in there]
    last = story.gallery.aggregate(last=Max("position"))["last"]
    begin = 0 if last is None else last + 1
    GalleryItem.objects.bulk_create(
        GalleryItem(story=story, image=image, position=begin + count) for count, image in enumerate(new[:room])
    )
    finish_save(story, by=by, changed=bool(new[:room]))
    return Added(new[:room], [image for image in images if image.pk in there], new[room:])

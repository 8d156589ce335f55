"""Writing a document's pictures to a story's gallery.

Images are shared by stories. What a document says of one is written to the Image while no other story shows it;
once another does, only its blanks are filled, and caption and alt text that differ stay with this gallery's item.
"""

from collections.abc import Sequence

from stories.document import GalleryEntry
from stories.images.library import picture_of
from stories.images.queueing import ask_for_renditions
from stories.models import GalleryItem, Image, PictureFile, Story

SHOWN = ("caption", "alt_text")


def write_gallery(story: Story, entries: Sequence[GalleryEntry], *, library_stays: bool = False) -> None:
    """Make the story's gallery that of `entries`; an entry without a file is a picture that awaits its upload.

    With `library_stays`, what the library says of its pictures is not this document's to change: only its blanks are
    filled, and caption and alt text that differ stay with the gallery's item.
    """
    items = list(story.gallery.select_related("image").prefetch_related("image__files"))
    by_sha256 = {file.sha256: item for item in items for file in item.image.files.all()}
    by_sha256 |= {item.image.sha256: item for item in items if item.image.sha256}
    waiting = [item for item in items if not item.image.sha256]
    kept: set[int] = set()
    for entry in entries:
        if not entry.sha256:
            waiting.sort(key=lambda item, entry=entry: -_likeness(item, entry))  # type: ignore[misc]
        item = by_sha256.get(entry.sha256) if entry.sha256 else (waiting.pop(0) if waiting else None)
        item = item or GalleryItem(story=story, image=_image(entry))
        if item.pk in kept:  # by an earlier file of a picture that stands in the gallery already
            continue
        _describe(item, entry, library_stays=library_stays)
        item.position = len(kept)
        item.save()
        kept.add(item.pk)
    story.gallery.exclude(pk__in=kept).delete()


def _likeness(item: GalleryItem, entry: GalleryEntry) -> int:
    """How much of what the entry says of a picture without a file is said of this one."""
    shown = [getattr(item, f"shown_{name}") == getattr(entry, name) for name in SHOWN]
    return sum(shown) + sum(getattr(item.image, name) == getattr(entry, name) for name in GalleryEntry.OF_PICTURE)


def _image(entry: GalleryEntry) -> Image:
    known = picture_of(entry.sha256 or "")
    if known is not None:
        return known
    image = Image(width=entry.width, height=entry.height, sha256=entry.sha256 or "", file=entry.file or "")
    for name in (*GalleryEntry.OF_PICTURE, *SHOWN):
        setattr(image, name, getattr(entry, name))
    image.save()
    if image.sha256:
        PictureFile.objects.create(image=image, sha256=image.sha256)
    return image


def _describe(item: GalleryItem, entry: GalleryEntry, *, library_stays: bool) -> None:
    image = item.image
    shared = library_stays or image.gallery_items.exclude(story=item.story).exists()
    changed = False
    for name in (*GalleryEntry.OF_PICTURE, *SHOWN):
        value, known = getattr(entry, name), getattr(image, name)
        told = name in SHOWN and getattr(item, f"shown_{name}") == value
        silent = name in GalleryEntry.LATER and not value  # documents from before say nothing of it
        if known != value and not told and not silent and not (shared and known):
            setattr(image, name, value)
            changed = True
    if changed:
        image.save()
        ask_for_renditions(image)
    for name in SHOWN:
        value = getattr(entry, name)
        if getattr(item, f"shown_{name}") != value:
            setattr(item, name, None if getattr(image, name) == value else value)

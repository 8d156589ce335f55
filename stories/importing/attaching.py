"""Pictures of an imported document: the file given with it, and those that the library has."""

from django.contrib.auth.models import User

from stories.document import GalleryEntry, StoryDocument
from stories.images.intake import Intake
from stories.images.library import AlreadyInLibrary, NotKept, find_or_add_picture, give_file
from stories.importing.not_stored import NotStored
from stories.models import Image, Story

FILE = ("file", "sha256", "width", "height")
SAID = ("alt_text", "caption", "creator", "credit_line", "copyright_notice", "source_name")
ADDRESSES = ("source_url", "web_statement")


def attach(
    document: StoryDocument, story: Story | None, picture: Intake | None, *, dry_run: bool, by: User | None
) -> StoryDocument:
    """The document with the file as its first picture's. Raises NotStored where no picture takes it, or no storage."""
    if picture is None:
        return document
    if not document.gallery:
        raise NotStored("There is no picture in the text that could take the image file. Add its caption to the text.")
    if any(entry.sha256 == picture.sha256 for entry in document.gallery[1:]):
        raise NotStored("The image file is another picture of this story already.")
    first = document.gallery[0]
    if dry_run:
        file = {"file": f"pictures/{picture.sha256}.jpg", "sha256": picture.sha256}
        first = first.model_copy(update=file | {"width": picture.width, "height": picture.height})
    else:
        try:
            first = _with_file_of(first, _image(first, story, picture, by))
        except NotKept as fault:
            raise NotStored(str(fault)) from fault
    return document.model_copy(update={"gallery": [first, *document.gallery[1:]]})


def _image(entry: GalleryEntry, story: Story | None, picture: Intake, by: User | None) -> Image:
    """The library's picture; one that this story has waited for gets the file."""
    item = story.gallery.select_related("image").first() if story else None
    if item is not None and not item.image.sha256 and item.image.killed_at is None:
        try:
            return give_file(item.image, picture)
        except AlreadyInLibrary as known:
            return known.image
    return find_or_add_picture(picture, by=by, **{name: getattr(entry, name) for name in (*SAID, *ADDRESSES)})


def _with_file_of(entry: GalleryEntry, image: Image) -> GalleryEntry:
    """With the library's file, and its words where the text has none."""
    update = {name: getattr(entry, name) or getattr(image, name) for name in (*SAID, *ADDRESSES, *GalleryEntry.LATER)}
    update |= {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
    return entry.model_copy(update=update)


def with_library_files(document: StoryDocument) -> tuple[StoryDocument, list[int]]:
    """The document with the library's files for its pictures, and the positions (from 1) of those that it lacks.

    A file is known by its SHA-256: a name in a document is never trusted. What the library lacks awaits its upload.
    """
    wanted = {entry.sha256 for entry in document.gallery if entry.sha256}
    images = {image.sha256: image for image in Image.objects.filter(sha256__in=wanted)}
    gallery, missing = [], []
    for position, entry in enumerate(document.gallery, 1):
        image = images.get(entry.sha256 or "")
        if entry.sha256 and image is None:
            missing.append(position)
        values = (image.file.name, image.sha256, image.width, image.height) if image else (None,) * 4
        gallery.append(entry.model_copy(update=dict(zip(FILE, values, strict=True))))
    return document.model_copy(update={"gallery": gallery}), missing

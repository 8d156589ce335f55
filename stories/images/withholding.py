"""Where a picture's files lie: what readers get is public, what an agency killed is not, whatever address is known."""

from collections.abc import Iterator

from django.core.files.storage import Storage, default_storage, storages

from stories.images.files import write
from stories.models import Image, PictureFile

WITHHELD = "killed/"  # in the private storage, before the name that the file has in the public one


def place_files(pk: int) -> None:
    """Move the picture's files to where they belong; again, where that was cut short. Raises what a storage raises.

    Their names are made of their content, so what comes back is what was there. A kill that comes, or is lifted, while
    they are moved is followed at once.
    """
    done = None
    while (image := Image.objects.filter(pk=pk).first()) is not None:
        is_killed = image.killed_at is not None
        if is_killed == done:
            return
        for name in _names(image):
            _place(name, is_killed)
        done = is_killed


def _place(name: str, is_killed: bool) -> None:
    originals = storages["originals"]
    if is_killed:
        _move(default_storage, name, originals, WITHHELD + name)
    else:
        _move(originals, WITHHELD + name, default_storage, name)


def _names(image: Image) -> Iterator[str]:
    for file in PictureFile.objects.filter(image=image):
        yield f"pictures/{file.sha256}.jpg"
        yield f"pictures/{file.sha256}.thumb.jpg"
        yield from (entry["file"] for entry in file.renditions)
        yield from (name for name, _ in file.superseded)


def _move(source: Storage, name: str, target: Storage, new_name: str) -> None:
    if not source.exists(name):
        return
    with source.open(name) as opened:
        write(target, new_name, opened.read())
    source.delete(name)

"""Files named by their content: written once, whole, and never overwritten."""

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

MEDIA_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}


def is_whole(storage: Storage, name: str, size: int) -> bool:
    """Whether the file is there with all its bytes."""
    return storage.exists(name) and storage.size(name) == size


def write(storage: Storage, name: str, content: bytes) -> None:
    """Write the file unless it is there, whole. Raises OSError, or what the storage raises."""
    if storage.exists(name):
        if storage.size(name) == len(content):
            return
        storage.delete(name)  # cut short by a crash
    storage.save(name, ContentFile(content))

"""Files named by their content: written once, whole, and never overwritten."""

from django.core.files.base import ContentFile
from django.core.files.storage import Storage


def write(storage: Storage, name: str, content: bytes) -> bool:
    """Write the file unless it is there, whole. True if it was written."""
    if storage.exists(name):
        if storage.size(name) == len(content):
            return False
        storage.delete(name)  # cut short by a crash
    storage.save(name, ContentFile(content))
    return True

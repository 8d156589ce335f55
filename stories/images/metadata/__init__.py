"""What a picture's file says of itself: caption, credit and rights from XMP, IIM and EXIF, and C2PA credentials."""

from stories.images.metadata.content_credentials import has_content_credentials
from stories.images.metadata.photo_metadata import PhotoMetadata
from stories.images.metadata.reading import read_metadata

__all__ = ["PhotoMetadata", "has_content_credentials", "read_metadata"]

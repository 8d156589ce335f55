"""PictureRecord: whose a picture is and on what terms, the one record that every output tells it from. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class PictureRecord:
    """Credit and rights, by the names of the Image model and of a document's gallery; "" where nothing is known.

    The visible credit, JSON-LD, feeds, social cards and the XMP in every rendition are made of it.
    """

    creator: str = ""
    credit_line: str = ""
    copyright_notice: str = ""
    source_name: str = ""
    source_url: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    licensor_url: str = ""
    digital_source_type: str = ""

    @classmethod
    def of_image(cls, image: Any) -> "PictureRecord":
        """What the library says of an Image."""
        return cls(**{field.name: getattr(image, field.name) for field in fields(cls)})

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> "PictureRecord":
        """What a document's gallery entry says, as JSON values."""
        return cls(**{field.name: entry.get(field.name) or "" for field in fields(cls)})

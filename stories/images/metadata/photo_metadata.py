"""PhotoMetadata: what a file says of its picture, under the names of the Image's fields."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo
from typing import Any

from stories.images.metadata.dates import Taken


@dataclass(frozen=True)
class PhotoMetadata:
    """Every value fits its field of Image; what the file does not say is "", () or None.

    `taken_at` is without a zone where the file gives no offset: the clock time at a place that nobody knows.
    `taken_precision` is a value of Image.TakenPrecision; less than the time stands at the beginning of its time span.
    Position and serial numbers are never in it.
    """

    headline: str = ""
    alt_text: str = ""
    extended_description: str = ""
    caption: str = ""
    creator: str = ""
    credit_line: str = ""
    source_name: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    licensor_url: str = ""
    digital_source_type: str = ""
    place: str = ""
    persons: tuple[str, ...] = ()
    taken_at: datetime | None = None
    taken_precision: str = "time"
    may_be_cropped: bool = True
    has_content_credentials: bool = False

    def in_zone(self, zone: tzinfo) -> "PhotoMetadata":
        """The same with `taken_at` in this zone where the file gives no offset."""
        if self.taken_at is None or self.taken_at.tzinfo:
            return self
        return replace(self, taken_at=self.taken_at.replace(tzinfo=zone))

    def as_json(self) -> dict[str, Any]:
        """JSON values by field name: `persons` a list, `taken_at` null or ISO 8601, with its offset where known."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        taken_at = self.taken_at.isoformat() if self.taken_at else None
        return values | {"persons": list(self.persons), "taken_at": taken_at}


def taken_fields(taken: Taken | None) -> dict[str, Any]:
    return {"taken_at": taken.at, "taken_precision": taken.precision} if taken else {}


def merged(*parts: PhotoMetadata) -> PhotoMetadata:
    """Property by property, what the first part says of it that says anything."""
    said = {field.name: _first(field.name, field.default, parts) for field in fields(PhotoMetadata)}
    taken = next((part for part in parts if part.taken_at), PhotoMetadata())
    return PhotoMetadata(**said | {"taken_at": _with_offset(taken, parts), "taken_precision": taken.taken_precision})


def _first(name: str, nothing: Any, parts: tuple[PhotoMetadata, ...]) -> Any:
    return next((value for part in parts if (value := getattr(part, name)) != nothing), nothing)


def _with_offset(taken: PhotoMetadata, parts: tuple[PhotoMetadata, ...]) -> datetime | None:
    """When it was taken; the offset from any part that has the same clock time: programs write XMP without it."""
    if taken.taken_at is None or taken.taken_at.tzinfo or taken.taken_precision != "time":
        return taken.taken_at
    return next((at for at in _exact_times(parts) if at.replace(tzinfo=None) == taken.taken_at), taken.taken_at)


def _exact_times(parts: tuple[PhotoMetadata, ...]) -> Iterator[datetime]:
    for part in parts:
        if part.taken_at and part.taken_at.tzinfo and part.taken_precision == "time":
            yield part.taken_at

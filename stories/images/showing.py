"""What readers' pages ask of the library: which pictures may be shown now, and in which files.

The words come from the Version. Whether the picture may be shown is asked at each reading, always of this moment: an
end of rights or a kill needs nobody to publish, and holds for pages of past moments too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from stories.images.choosing import Chosen, choose
from stories.images.digital_source import SOURCE_TYPES, term_of, told_to_readers
from stories.images.rights import RIGHTS_FIELDS, UNLIMITED, Rights, Withheld
from stories.models import PictureFile

Json = Mapping[str, Any]
KEY_LENGTH = 16  # hexadecimal digits of a file's hash: enough that no two pictures of a library share them


class ShownPicture(NamedTuple):
    """A file of a picture; `withheld` says why readers do not get it, `renditions` are those of PictureFile."""

    withheld: Withheld | None
    rights: Rights
    renditions: list[Json]
    has_content_credentials: bool


UNKNOWN = ShownPicture(None, UNLIMITED, [], False)  # a file that the library does not know shows as it is


def pictures_at(sha256s: Iterable[str | None], at: datetime) -> dict[str, ShownPicture]:
    """By the sha256 that a document names; files the library does not know are left out. One query, none for none."""
    wanted = {sha256 for sha256 in sha256s if sha256}
    if not wanted:
        return {}
    rights_told = (f"image__{name}" for name in RIGHTS_FIELDS)
    rows = PictureFile.objects.filter(sha256__in=wanted).values_list(
        "sha256", "renditions", "image__has_content_credentials", *rights_told
    )
    return {
        sha256: ShownPicture(Rights(*rights).withheld(at), Rights(*rights), renditions, credentials)
        for sha256, renditions, credentials, *rights in rows
    }


@dataclass(frozen=True)
class PictureOnPage:
    """One picture of a gallery as a page shows it: what the Version says of it, and its files.

    `entry` is the document's. Where `shown.withheld` is set, no file may be offered.
    """

    entry: Json
    shown: ShownPicture

    @property
    def whole(self) -> Chosen:
        return self.in_ratio("")

    @property
    def wide(self) -> Chosen:
        return self.in_ratio("16:9")

    @property
    def card(self) -> Chosen:
        """For social cards, which are nearly twice as wide as high."""
        return self.in_ratio("1.91:1")

    def in_ratio(self, ratio: str) -> Chosen:
        return choose(self.entry, self.shown.renditions, ratio)

    @property
    def is_tall(self) -> bool:
        """Whether it is too tall to fill a column: higher than four fifths of its width."""
        return self.entry["height"] * 5 > self.entry["width"] * 4

    @property
    def told(self) -> str:
        """What readers are told of how it came to be, "" where nothing needs telling."""
        return told_to_readers(self.entry.get("digital_source_type", ""))

    @property
    def made(self) -> str:
        """How it came to be, in a phrase; "" where that is not known."""
        kind = SOURCE_TYPES.get(term_of(self.entry.get("digital_source_type", "")))
        return kind.label if kind else ""

    def get_absolute_url(self) -> str:
        return reverse("picture_page", args=[self.entry["sha256"][:KEY_LENGTH]])


def on_page(entries: Iterable[Json], at: datetime, *, withheld_too: bool = False) -> list[PictureOnPage]:
    """The pictures of a gallery that readers get at the moment; `withheld_too` for pages that say what stood there.

    One query, none where there are no pictures.
    """
    entries = [entry for entry in entries if entry["file"]]
    known = pictures_at((entry["sha256"] for entry in entries), at)
    pictures = [PictureOnPage(entry, known.get(entry["sha256"], UNKNOWN)) for entry in entries]
    return [picture for picture in pictures if withheld_too or picture.shown.withheld is None]

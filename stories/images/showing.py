"""What readers' pages ask of the library: which pictures may be shown now, and in which files.

The words come from the Version. Whether the picture may be shown is asked at each reading, always of this moment: an
end of rights or a kill needs nobody to publish, and holds for pages of past moments too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from stories.images.choosing import Chosen, choose
from stories.images.digital_source import SOURCE_TYPES, term_of, told_to_readers
from stories.images.rights import RIGHTS_FIELDS, UNLIMITED, Rights, Withheld
from stories.models import PictureFile
from stories.models.prepared import Prepared

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
    wanted = [sha256 for sha256 in dict.fromkeys(sha256s) if sha256]
    if not wanted:
        return {}
    places = 1 << (len(wanted) - 1).bit_length()  # a read for 1, 2, 4, … files: the last stands in all places left
    named = {f"file_{place}": wanted[min(place, len(wanted) - 1)] for place in range(places)}
    return {
        sha256: ShownPicture(Rights(*rights).withheld(at), Rights(*rights), renditions, credentials)
        for sha256, renditions, credentials, *rights in _files(places)(**named)
    }


@cache
def _files(places: int) -> Prepared:
    told = ("sha256", "renditions", "image__has_content_credentials", *(f"image__{name}" for name in RIGHTS_FIELDS))
    return Prepared(
        lambda **files: PictureFile.objects.filter(sha256__in=list(files.values())).values_list(*told),
        **{f"file_{place}": str for place in range(places)},
    )


@dataclass(frozen=True)
class PictureOnPage:
    """One picture of a gallery as a page shows it: what the Version says of it, and its files.

    `entry` is the document's. Where `shown.withheld` is set, no file may be offered.
    """

    entry: Json
    shown: ShownPicture

    @cached_property
    def whole(self) -> Chosen:
        return choose(self.entry, self.shown.renditions)

    @cached_property
    def wide(self) -> Chosen:
        return choose(self.entry, self.shown.renditions, "16:9")

    @cached_property
    def card(self) -> Chosen:
        """For social cards, which are nearly twice as wide as high."""
        return choose(self.entry, self.shown.renditions, "1.91:1")

    @property
    def alt_text(self) -> str:
        """What is read out in its place: nothing of one that is decorative, whatever stands in its field."""
        return "" if self.entry["decorative"] else self.entry["alt_text"]

    @property
    def told(self) -> str:
        """What readers are told of how it came to be, "" where nothing needs telling."""
        told = told_to_readers(self.entry.get("digital_source_type", ""))
        return gettext(told) if told else ""

    @property
    def made(self) -> str:
        """How it came to be, in a phrase; "" where that is not known."""
        kind = SOURCE_TYPES.get(term_of(self.entry.get("digital_source_type", "")))
        return gettext(kind.label) if kind else ""

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

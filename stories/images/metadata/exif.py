"""EXIF: caption, names, copyright and time out of its block, and what Windows adds. Exif 2.32 and 3.0. Pure."""

from collections.abc import Iterable
from datetime import datetime

from stories.images.metadata import values
from stories.images.metadata.dates import read_date
from stories.images.metadata.encodings import decoded
from stories.images.metadata.photo_metadata import PhotoMetadata, taken_fields
from stories.images.metadata.tiff import Tiff

DESCRIPTION, ARTIST, COPYRIGHT, EXIF_DIRECTORY = 0x010E, 0x013B, 0x8298, 0x8769
WINDOWS_TITLE, WINDOWS_COMMENT, WINDOWS_AUTHOR, WINDOWS_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9F
WINDOWS = WINDOWS_TITLE, WINDOWS_COMMENT, WINDOWS_AUTHOR, WINDOWS_SUBJECT
TAGS = {DESCRIPTION, ARTIST, COPYRIGHT, EXIF_DIRECTORY, *WINDOWS}
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011


def read_exif(block: bytes, now: datetime) -> PhotoMetadata:
    """What the block says. Position, serial numbers and the user's comment are not looked at."""
    tiff = Tiff(block)
    first = tiff.first_directory(TAGS)
    within = tiff.directory_at(first[EXIF_DIRECTORY], {TAKEN, TAKEN_OFFSET}) if EXIF_DIRECTORY in first else {}
    windows = {tag: _in_utf_16(first.get(tag, b"")) for tag in WINDOWS}
    taken = read_date(_text(within.get(TAKEN)), now, _text(within.get(TAKEN_OFFSET)))
    captions = (_text(first.get(DESCRIPTION)), windows[WINDOWS_SUBJECT], windows[WINDOWS_COMMENT])
    return PhotoMetadata(
        headline=values.line(values.caption(windows[WINDOWS_TITLE])),
        caption=next(filter(None, map(values.caption, captions)), ""),
        creator=_names(_text(first.get(ARTIST))) or _names(windows[WINDOWS_AUTHOR]),
        copyright_notice=values.in_one_line(_notices(first.get(COPYRIGHT, b""))),
        **taken_fields(taken),
    )


def _text(entry: bytes | None) -> str:
    return decoded((entry or b"").partition(b"\0")[0])


def _names(text: str) -> str:
    """Artist holds several names with semicolons between them."""
    return values.in_one_line(text.split(";"))


def _notices(entry: bytes) -> Iterable[str]:
    """The photographer's notice and the editor's, with a NUL between them; a blank stands for the missing first."""
    return map(decoded, entry.split(b"\0"))


def _in_utf_16(entry: bytes) -> str:
    return entry.decode("utf-16-le", errors="ignore").partition("\0")[0]

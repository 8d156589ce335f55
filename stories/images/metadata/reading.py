"""What a file says of its picture, property by property: XMP first, then IIM, then EXIF. Pure; pixels are not read."""

from collections.abc import Sequence
from datetime import UTC, datetime

from stories.images.metadata.blocks import Kind, blocks_of
from stories.images.metadata.content_credentials import any_credentials
from stories.images.metadata.exif import read_exif
from stories.images.metadata.iim import Iim, iim_in
from stories.images.metadata.photo_metadata import PhotoMetadata, merged
from stories.images.metadata.xmp import read_packets


def read_metadata(data: bytes, *, languages: Sequence[str] = ("en",), now: datetime | None = None) -> PhotoMetadata:
    """The metadata of a JPEG, PNG, WebP, AVIF, TIFF or GIF file. Never raises; what is broken says nothing.

    `languages` are those of the newsroom, dearest first, for properties that a file has in several. A picture cannot
    be taken more than a day after `now`.
    """
    now = now or datetime.now(UTC)
    blocks = list(blocks_of(data))

    def of(kind: Kind) -> list[bytes]:
        return [block.data for block in blocks if block.kind is kind]

    xmp = read_packets(of(Kind.XMP), of(Kind.EXTENDED_XMP), languages, now)
    iim = Iim([*of(Kind.IIM), iim_in(b"".join(of(Kind.PHOTOSHOP)))], now)
    exif = [read_exif(block, now) for block in of(Kind.EXIF)]
    credentials = PhotoMetadata(has_content_credentials=any_credentials(blocks))
    return merged(xmp.photo_metadata(), iim.photo_metadata(), *exif, xmp.second_best(), iim.second_best(), credentials)

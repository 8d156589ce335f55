"""What an upload becomes: one upright sRGB JPEG without metadata, and a thumbnail of it. Pure: bytes in, bytes out."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from stories.images import limits
from stories.images.decoding import bare, decode
from stories.images.likeness import likeness_of

MAX_SIDE = 1600
THUMBNAIL_SIDE = 320
QUALITY = 82


@dataclass(frozen=True)
class Intake:
    """A picture as readers get it; `width`, `height` and `sha256` are of `jpeg`. One upload always gives the same.

    `filename` is the upload's own name, as anybody may have written it; "" where it has none.
    """

    jpeg: bytes
    width: int
    height: int
    sha256: str
    likeness: str
    thumbnail: bytes
    original: bytes
    original_sha256: str
    original_extension: str
    filename: str = ""


def take_in(source: bytes | BinaryIO, *, filename: str = "") -> Intake:
    """Make the readers' picture from an upload. Raises UnusableImage."""
    original = source if isinstance(source, bytes) else _read(source)
    limits.refuse_by_bytes(original)
    # Whoever uploads waits for this, and pages show renditions: Hamming costs half of Lanczos for much the same picture
    decoded = decode(original, MAX_SIDE, resampling=Image.Resampling.HAMMING)
    picture = bare(decoded.picture)
    jpeg = _jpeg(picture, decoded.sampling)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Intake(
        jpeg=jpeg,
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(jpeg).hexdigest(),
        likeness=likeness_of(small),
        thumbnail=_jpeg(small, decoded.sampling),
        original=original,
        original_sha256=hashlib.sha256(original).hexdigest(),
        original_extension=decoded.extension,
        filename=filename,
    )


def _read(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.read(limits.MAX_BYTES + 1)


def _jpeg(picture: Image.Image, sampling: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True, subsampling=sampling)
    return out.getvalue()

"""What an upload becomes: one upright sRGB JPEG without metadata, and a thumbnail of it. Pure: bytes in, bytes out.

The file is judged by its content, never by its name.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, JpegImagePlugin

from stories.images import limits
from stories.images.colour import as_srgb
from stories.images.limits import UnusableImage
from stories.images.pixels import in_bands

MAX_SIDE = 1600
THUMBNAIL_SIDE = 320
QUALITY = 82
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "TIFF": "tif", "AVIF": "avif"}
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Intake:
    """A picture as readers get it; `width`, `height` and `sha256` are of `jpeg`. One upload always gives the same."""

    jpeg: bytes
    width: int
    height: int
    sha256: str
    thumbnail: bytes
    original: bytes
    original_sha256: str
    original_extension: str


def take_in(source: bytes | BinaryIO) -> Intake:
    """Make the readers' picture from an upload. Raises UnusableImage."""
    original = source if isinstance(source, bytes) else _read(source)
    limits.refuse_by_bytes(original)
    picture, extension, sampling = _decode(original)
    jpeg = _jpeg(picture, sampling)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Intake(
        jpeg=jpeg,
        width=picture.width,
        height=picture.height,
        sha256=hashlib.sha256(jpeg).hexdigest(),
        thumbnail=_jpeg(small, sampling),
        original=original,
        original_sha256=hashlib.sha256(original).hexdigest(),
        original_extension=extension,
    )


def _read(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.read(limits.MAX_BYTES + 1)


def _decode(data: bytes) -> tuple[Image.Image, str, int]:
    """The picture upright, in sRGB and at most MAX_SIDE; its kind's extension; the chroma sampling to save it with."""
    identified = False
    try:
        with Image.open(BytesIO(data), formats=list(EXTENSIONS)) as opened:
            identified = True
            limits.refuse_by_header(opened, data)
            sampling = _sampling(opened)  # asked before decoding, which forgets it
            return _upright_srgb(opened), EXTENSIONS.get(opened.format or "", "jpg"), sampling
    except UnusableImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise limits.too_many_pixels() from fault
    except Exception as fault:  # decoders raise whatever a broken file makes them raise
        raise limits.unreadable(data, identified) from fault


def _sampling(opened: Image.Image) -> int:
    """0 (full chroma) where the upload has it, since thin coloured lines smear without; else 2 (4:2:0)."""
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        return 0 if JpegImagePlugin.get_sampling(opened) == 0 else 2
    return 0 if opened.format in ("PNG", "GIF") else 2


def _upright_srgb(opened: Image.Image) -> Image.Image:
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        opened.draft(None, _fitted(opened.size))  # lets the decoder halve, quarter or eighth the picture
    opened.load()
    limits.refuse_by_pixels(opened.size)  # some formats name their true size only now
    picture = in_bands(opened, max(1, max(opened.size) // (2 * MAX_SIDE)))
    picture = picture.resize(_fitted(picture.size), Image.Resampling.LANCZOS)
    return as_srgb(_turned(picture, opened), opened.info.get("icc_profile"))


def _fitted(size: tuple[int, int]) -> tuple[int, int]:
    longest = max(size)
    if longest <= MAX_SIDE:
        return size
    return max(1, round(size[0] * MAX_SIDE / longest)), max(1, round(size[1] * MAX_SIDE / longest))


def _turned(picture: Image.Image, opened: Image.Image) -> Image.Image:
    """Turned and mirrored as the Exif orientation says (Exif 2.32, 4.6.4); an unreadable Exif block says nothing."""
    try:
        orientation = opened.getexif().get(ORIENTATION)
    except Exception:  # as above, and the pixels are sound
        return picture
    tag = Image.Exif()
    tag[ORIENTATION] = orientation if orientation in range(1, 9) else 1
    picture.info = {"exif": tag.tobytes()}
    return ImageOps.exif_transpose(picture)


def _jpeg(picture: Image.Image, sampling: int) -> bytes:
    """The pixels as JPEG, and nothing else: saving the picture itself would carry its comments along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, progressive=True, optimize=True, subsampling=sampling)
    return out.getvalue()

"""A file's pixels: upright, sRGB, over white, at most as large as asked for. Pure.

The file is judged by its content, never by its name.
"""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, JpegImagePlugin

from stories.images import limits
from stories.images.colour import as_srgb
from stories.images.limits import UnusableImage
from stories.images.pixels import in_bands, is_plain

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "TIFF": "tif", "AVIF": "avif"}
ORIENTATION = 0x0112


class Decoded(NamedTuple):
    """`picture` is RGB. `sampling` is the chroma sampling to save it with: 0 (full) where the file has it, since thin
    coloured lines smear without, else 2 (4:2:0). `extension` is that of the file's kind."""

    picture: Image.Image
    sampling: int
    extension: str


def decode(data: bytes, side: int, *, resampling: Image.Resampling = Image.Resampling.LANCZOS) -> Decoded:
    """The picture in a file, made so small that no side is longer than `side` pixels. Raises UnusableImage."""
    identified = False
    try:
        with Image.open(BytesIO(data), formats=list(EXTENSIONS)) as opened:
            identified = True
            limits.refuse_by_header(opened, data)
            sampling = _sampling(opened)  # asked before decoding, which forgets it
            extension = EXTENSIONS.get(opened.format or "", "jpg")
            return Decoded(_upright_srgb(opened, side, resampling), sampling, extension)
    except UnusableImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise limits.too_many_pixels() from fault
    except Exception as fault:  # decoders raise whatever a broken file makes them raise
        raise limits.unreadable(data, identified) from fault


def _sampling(opened: Image.Image) -> int:
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        return 0 if JpegImagePlugin.get_sampling(opened) == 0 else 2
    return 0 if opened.format in ("PNG", "GIF") else 2


def _upright_srgb(opened: Image.Image, side: int, resampling: Image.Resampling) -> Image.Image:
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        least = [max(1, length * side // max(*opened.size, side)) for length in opened.size]
        opened.draft(None, (least[0], least[1]))  # lets the decoder halve, quarter or eighth the picture
    opened.load()
    limits.refuse_by_pixels(opened.size)  # some formats name their true size only now
    factor = max(1, max(opened.size) // (2 * side))
    picture = opened if factor == 1 and is_plain(opened) else in_bands(opened, factor)
    picture = picture.resize(fitted(picture.size, side), resampling)
    return as_srgb(_turned(picture, opened), opened.info.get("icc_profile"))


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size with its longer side at most `side`, at least 1 pixel each way."""
    longest = max(size)
    if longest <= side:
        return size
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def _turned(picture: Image.Image, opened: Image.Image) -> Image.Image:
    """Turned and mirrored as the Exif orientation says (Exif 2.32, 4.6.4); an unreadable Exif block says nothing."""
    try:
        orientation = opened.getexif().get(ORIENTATION)
    except Exception:  # as above, and the pixels are sound
        return picture
    if orientation not in range(2, 9):
        return picture
    tag = Image.Exif()
    tag[ORIENTATION] = orientation
    picture.info = {"exif": tag.tobytes()}
    return ImageOps.exif_transpose(picture)


def bare(picture: Image.Image) -> Image.Image:
    """The pixels alone: saving a decoded picture itself would carry its comments along."""
    pixels = Image.new("RGB", picture.size)
    pixels.paste(picture)
    return pixels

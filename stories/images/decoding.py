"""A file's pixels: upright, sRGB, over white, at most as large as asked for. Pure.

The file is judged by its content, never by its name.
"""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, JpegImagePlugin

from stories.images import limits
from stories.images.apart import decode_apart, is_read_apart
from stories.images.colour import as_srgb
from stories.images.limits import UnusableImage
from stories.images.pixels import in_tiles, is_plain
from stories.images.tiff_parts import is_negative

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "TIFF": "tif", "AVIF": "avif"}
ORIENTATION = 0x0112
PNG_DEPTH = 24  # where its byte stands


class Decoded(NamedTuple):
    """`picture` is RGB. `sampling` is the chroma sampling to save it with: 0 (full) where the file has it, since thin
    coloured lines smear without, else 2 (4:2:0). `extension` is that of the file's kind."""

    picture: Image.Image
    sampling: int
    extension: str


def decode(data: bytes, side: int, *, resampling: Image.Resampling = Image.Resampling.LANCZOS) -> Decoded:
    """The picture in a file, made so small that no side is longer than `side` pixels. Raises UnusableImage."""
    if not is_read_apart(data):
        return decode_here(data, side, resampling)
    told, pixels = decode_apart(data, side, resampling)
    return Decoded(Image.frombytes("RGB", tuple(told["size"]), pixels), told["sampling"], told["extension"])


def decode_here(data: bytes, side: int, resampling: Image.Resampling) -> Decoded:
    """The same in this process, whatever memory that takes."""
    identified = False
    try:
        with Image.open(BytesIO(data), formats=list(EXTENSIONS)) as opened:
            identified = True
            limits.refuse_by_header(opened, data)
            sampling = _sampling(opened)  # asked before decoding, which forgets it
            _scale_key(opened, data)
            extension = EXTENSIONS.get(opened.format or "", "jpg")
            return Decoded(_upright_srgb(opened, side, resampling), sampling, extension)
    except UnusableImage:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise limits.too_many_pixels(limits.limit_of(data)) from fault
    except Exception as fault:  # decoders raise whatever a broken file makes them raise
        raise limits.unreadable(data, identified) from fault


def _sampling(opened: Image.Image) -> int:
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        return 0 if JpegImagePlugin.get_sampling(opened) == 0 else 2
    return 0 if opened.format in ("PNG", "GIF") else 2


def _scale_key(opened: Image.Image, data: bytes) -> None:
    """The transparent grey of a PNG file with less than 8 bits is told in its own steps (W3C PNG, 11.3.1.1)."""
    depth, key = data[PNG_DEPTH : PNG_DEPTH + 1], opened.info.get("transparency")
    if opened.format == "PNG" and opened.mode == "L" and isinstance(key, int):
        opened.info["transparency"] = key * 255 // (2 ** depth[0] - 1)


def _upright_srgb(opened: Image.Image, side: int, resampling: Image.Resampling) -> Image.Image:
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        least = [max(1, length * side // max(*opened.size, side)) for length in opened.size]
        opened.draft(None, (least[0], least[1]))  # lets the decoder halve, quarter or eighth the picture
    opened.load()
    limits.refuse_by_pixels(opened.size)  # some formats name their true size only now
    orientation, profile = _orientation(opened), opened.info.get("icc_profile")
    picture = _small(opened, side).resize(fitted(opened.size, side), resampling)
    if is_negative(opened):
        picture = ImageOps.invert(picture)
    return as_srgb(_turned(picture, orientation), profile)


def _small(opened: Image.Image, side: int) -> Image.Image:
    """The picture in plain pixels, as little larger than `side` as a good resize needs.

    It may be `opened` itself, which is closed otherwise: its pixels are the most that is ever held.
    """
    longest = max(opened.size)
    factor = max(1, longest // (2 * side))
    if factor == 1 and is_plain(opened):
        return opened
    picture = in_tiles(opened, max(factor, longest // (side * 3 // 2)))
    opened.close()
    return picture


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size with its longer side at most `side`, at least 1 pixel each way."""
    longest = max(size)
    if longest <= side:
        return size
    return max(1, round(size[0] * side / longest)), max(1, round(size[1] * side / longest))


def _orientation(opened: Image.Image) -> int | None:
    """As Exif says (Exif 2.32, 4.6.4); an unreadable Exif block says nothing."""
    try:
        return opened.getexif().get(ORIENTATION)
    except Exception:  # as above, and the pixels are sound
        return None


def _turned(picture: Image.Image, orientation: int | None) -> Image.Image:
    """Turned and mirrored as the orientation says."""
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

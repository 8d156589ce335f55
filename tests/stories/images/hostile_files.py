"""Files that a photo desk seldom sees, or hopes never to see, built byte by byte."""

import struct
import zlib
from collections.abc import Callable, Iterable

from tests.stories.images.pictures import BLUE, GREEN, RED, WHITE, as_file, four_corners

Colour = tuple[int, ...]
Tag = tuple[int, str, list[int]]


def drawn(paint: Callable[[Colour], bytes], width: int = 64, height: int = 48) -> list[bytes]:
    """The rows of the four corners, each pixel as `paint` writes it."""
    upper = paint(RED) * (width // 2) + paint(GREEN) * (width // 2)
    lower = paint(WHITE) * (width // 2) + paint(BLUE) * (width // 2)
    return [upper] * (height // 2) + [lower] * (height // 2)


def grey(colour: Colour) -> int:
    red, green, blue = colour
    return (299 * red + 587 * green + 114 * blue) // 1000


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_file(depth: int, kind: int, rows: Iterable[bytes], *more: bytes, size: tuple[int, int] = (64, 48)) -> bytes:
    """A PNG file of rows packed as its depth and kind want them; `more` are chunks before the pixels."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b"\0" + row) for row in rows) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def png_with(name: bytes, data: bytes) -> bytes:
    """A sound PNG file with one chunk more, before its pixels."""
    png = as_file(kind="PNG")
    return png[:33] + chunk(name, data) + png[33:]


def tiff_file(tags: Iterable[Tag], pixels: bytes, order: str = "<") -> bytes:
    """A TIFF file of one strip or tile. Types of tags are letters of `struct`: B, H or I."""
    after, entries = b"", []
    for tag, kind, values in sorted(tags):
        value = struct.pack(f"{order}{len(values)}{kind}", *values)
        if len(value) > 4:
            value, after = struct.pack(f"{order}I", 8 + len(pixels) + len(after)), after + value
        entries.append(
            struct.pack(f"{order}HHI", tag, {"B": 1, "H": 3, "I": 4}[kind], len(values)) + value.ljust(4, b"\0")
        )
    beginning = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8 + len(pixels) + len(after))
    return beginning + pixels + after + struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4)


def corners_tiff(bits: int, samples: int, photometric: int, paint: Callable[[Colour], bytes], *more: Tag) -> bytes:
    """The four corners as an uncompressed TIFF file in Intel's order."""
    pixels = b"".join(drawn(paint))
    told: list[Tag] = [
        (256, "I", [64]), (257, "I", [48]), (258, "H", [bits] * samples), (259, "H", [1]), (262, "H", [photometric]),
        (273, "I", [8]), (277, "H", [samples]), (278, "I", [48]), (279, "I", [len(pixels)]),
    ]  # fmt: skip
    return tiff_file([*told, *more], pixels)


def tiled_tiff(side: int) -> bytes:
    """A TIFF file of 64 by 48 pixels in one tile of `side` by `side`, which unpacks to zeros."""
    pixels = zlib.compress(bytes(1024))
    told: list[Tag] = [
        (256, "I", [64]), (257, "I", [48]), (258, "H", [8, 8, 8]), (259, "H", [8]), (262, "H", [2]), (277, "H", [3]),
        (322, "I", [side]), (323, "I", [side]), (324, "I", [8]), (325, "I", [len(pixels)]),
    ]  # fmt: skip
    return tiff_file(told, pixels)


def progressive_jpeg(size: tuple[int, int], mode: str = "RGB") -> bytes:
    return as_file(four_corners(*size, mode=mode), progressive=True, subsampling=0, quality=50)


def first_scan_of(jpeg: bytes, between: bytes = b"\xff\xd9") -> bytes:
    """A progressive JPEG file up to its first scan, with `between` instead of the rest, or before it."""
    begin = jpeg.index(b"\xff\xda")
    end = min(at for marker in (b"\xff\xc4", b"\xff\xda") if (at := jpeg.find(marker, begin + 2)) > 0)
    return jpeg[:end] + between + (b"" if between == b"\xff\xd9" else jpeg[end:])

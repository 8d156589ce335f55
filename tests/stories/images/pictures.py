"""Small pictures for tests, drawn on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 20, 30), (20, 160, 60), (30, 50, 200), (255, 255, 255)


def four_corners(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Red, green, blue, white: clockwise from the top left."""
    picture = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for colour, corner in ((RED, (0, 0)), (GREEN, (half[0], 0)), (BLUE, half), (WHITE, (0, half[1]))):
        picture.paste(colour, (*corner, corner[0] + half[0], corner[1] + half[1]))
    return picture.convert(mode)


def as_file(picture: Image.Image | None = None, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    (picture or four_corners()).save(out, kind, **({"quality": 95} | options if kind == "JPEG" else options))
    return out.getvalue()


def segments(jpeg: bytes) -> list[str]:
    """The names of a JPEG file's segments before its first scan."""
    names, at = [], 2
    while jpeg[at + 1] != 0xDA:
        marker = jpeg[at + 1]
        names.append(f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else {0xFE: "COM"}.get(marker, "picture"))
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return names

"""The set of files that readers' pages choose from: widths, ratios and formats of one picture. Pure.

Each is upright, sRGB and carries the credit in XMP; nothing else of the original is in it.
"""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image

from stories.images.crops import crop_box
from stories.images.decoding import bare, decode

RECIPE = 1  # to be raised with every change of what is made, so that what there is counts as stale
WHOLE = ""
WIDTHS = {
    WHOLE: (2000, 1600, 1200, 800, 400),
    "16:9": (1200, 800, 400),
    "4:3": (800, 400),
    "1:1": (800, 400),
    "1.91:1": (1200,),
}
FIRST_WIDTH = 800
LONGEST_SIDE = 2000  # at 2,400 the AVIF encoder alone takes 80 MiB
# Threads and tiles of the AVIF encoder would change its bytes from machine to machine. Qualities give about the same
# picture; AVIF at speed 8 takes half the time of the usual 6 for 3 % more bytes.
ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1, "autotiling": False}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}


class Rendition(NamedTuple):
    """One file: `ratio` is "" for the whole picture, `format` one of ENCODERS; sizes in pixels."""

    ratio: str
    width: int
    height: int
    format: str
    content: bytes

    @property
    def file(self) -> str:
        """Its name in the media storage, made of its content."""
        return f"pictures/{hashlib.sha256(self.content).hexdigest()}.{self.format}"

    def as_json(self) -> dict[str, Any]:
        """What PictureFile keeps of it."""
        told = {"ratio": self.ratio, "width": self.width, "height": self.height, "format": self.format}
        return told | {"file": self.file, "bytes": len(self.content)}


def first_rendition(master: bytes, *, xmp: bytes) -> Rendition:
    """The whole picture as a JPEG of at most 800 pixels, made at little cost from the readers' copy that there is.

    Raises UnusableImage.
    """
    decoded = decode(master, FIRST_WIDTH)
    return _encoded(WHOLE, bare(decoded.picture), "jpg", decoded.sampling, xmp)


def render(source: bytes, *, focal: tuple[int, int], xmp: bytes, crops: bool) -> Iterator[Rendition]:
    """The set, the whole picture first and the widest of it first, never wider than the source.

    `focal` is in percent from the left and the top; without `crops` only the whole picture is made. A picture higher
    than wide is as wide as its height within 2,000 pixels allows. Raises UnusableImage.
    """
    decoded = decode(source, LONGEST_SIDE)
    picture = decoded.picture
    picture.info = {}  # what would be saved along, such as comments; a bare copy costs memory
    for ratio, widths in WIDTHS.items():
        if ratio and not crops:
            continue
        box = crop_box(picture.size, ratio, focal) if ratio else (0, 0, *picture.size)
        for size in sizes((box[2] - box[0], box[3] - box[1]), widths):
            piece = picture
            if (size, box) != (picture.size, (0, 0, *picture.size)):
                piece = picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
            for name in ENCODERS:
                yield _encoded(ratio, piece, name, decoded.sampling, xmp)


def sizes(size: tuple[int, int], widths: tuple[int, ...]) -> list[tuple[int, int]]:
    """The sizes in which a picture of `size` is made: at its own width instead of at those that it does not have."""
    width, height = size
    chosen = sorted({min(width, wanted) for wanted in widths}, reverse=True)
    return [(wanted, max(1, round(height * wanted / width))) for wanted in chosen]


def _encoded(ratio: str, picture: Image.Image, name: str, sampling: int, xmp: bytes) -> Rendition:
    kind, options = ENCODERS[name]
    extra: dict[str, Any] = {"xmp": xmp} if xmp else {}
    if name == "jpg":
        extra["subsampling"] = sampling
    if name == "webp" and not sampling:
        extra["use_sharp_yuv"] = True  # WebP knows no full chroma
    if name == "avif":
        extra["subsampling"] = "4:2:0" if sampling else "4:4:4"
    out = BytesIO()
    picture.save(out, kind, **options, **extra)
    return Rendition(ratio, picture.width, picture.height, name, out.getvalue())

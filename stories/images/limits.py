"""What intake refuses, and the sentences that say so. Limits are looked at before anything is decoded."""

import re
import warnings

from PIL import Image

MAX_BYTES = 50 * 1024 * 1024
MAX_PIXELS = 110_000_000  # medium-format cameras give 102 million, telephones 108
MAX_PIXELS_IN_SCANS = 60_000_000  # a JPEG in several scans is held whole, whatever size is asked for
MAX_PIXELS_OF_KIND = {"WEBP": 25_000_000, "AVIF": 30_000_000, "TIFF": 60_000_000}  # decoders that hold several copies
MAX_SCANS = 64  # encoders write about ten; each costs a pass over the whole picture
READABLE = "a JPEG, PNG, WebP, AVIF, GIF or TIFF file"
WORDS = rb"(?i)(?:\xef\xbb\xbf)?\s*"
DAMAGED = "The picture is damaged or was cut short on its way. Open it on your computer, save it again and upload that."
STRANGERS = [  # what else uploads begin with, and what to do about it
    (rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|RIFF....WEBP|....ftypavi[fs]", "damaged", DAMAGED),
    (rb"....ftyp(hei|hev|mif1|msf1)", "heic", "This is a HEIC picture. Export it as JPEG and upload that."),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "video", f"This is a video. Upload {READABLE}."),
    (rb"PK\x03\x04|PK\x05\x06", "archive", "This is a ZIP archive or an office document. Upload the picture itself."),
    (rb"%PDF|%!PS", "document", "This is a PDF or PostScript document. Export the picture as JPEG and upload that."),
    (WORDS + rb"<(!doctype html|html|head|body|script)", "web_page", "This is a web page. Upload the picture itself."),
    (WORDS + rb"<(\?xml|!--|!doctype|svg)", "svg", "This is an SVG or XML file. Export it as PNG and upload that."),
    (rb"8BPS", "layers", "This is a Photoshop file. Export it as JPEG or PNG and upload that."),
]  # fmt: skip
MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
END_OF_IMAGE, START_OF_SCAN = 0xD9, 0xDA

# Pillow's own guard also watches the frames inside a file. It is one for the whole process, and by itself only warns.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class UnusableImage(ValueError):
    """The upload gives no picture. The message is a sentence for whoever uploaded it; `code` says which."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def refuse_by_bytes(data: bytes) -> None:
    """Raise UnusableImage for an empty or too large file."""
    if not data:
        raise UnusableImage("The file is empty.", code="empty")
    if len(data) > MAX_BYTES:
        raise UnusableImage(
            f"The file is larger than {MAX_BYTES // 1024**2} MB. Save the picture smaller and upload that.",
            code="too_many_bytes",
        )


def refuse_by_header(opened: Image.Image, data: bytes) -> None:
    """Raise UnusableImage for a picture that would cost too much to decode. `opened` is not decoded yet."""
    limit = MAX_PIXELS_OF_KIND.get(opened.format or "", MAX_PIXELS)
    scans = _scans(data) if opened.format in ("JPEG", "MPO") else 1
    refuse_by_pixels(opened.size, MAX_PIXELS_IN_SCANS if scans > 1 else limit)
    if scans > MAX_SCANS:
        raise UnusableImage(
            "The JPEG file is built in more passes than cameras and programs use. Save it again and upload that.",
            code="too_many_scans",
        )


def refuse_by_pixels(size: tuple[int, int], limit: int = MAX_PIXELS) -> None:
    """Raise UnusableImage for a picture of more than `limit` pixels."""
    if size[0] * size[1] > limit:
        raise too_many_pixels(limit)


def too_many_pixels(limit: int = MAX_PIXELS) -> UnusableImage:
    return UnusableImage(
        f"The picture has more than {limit // 1_000_000} million pixels. Make it smaller and upload it again.",
        code="too_many_pixels",
    )


def unreadable(data: bytes, identified: bool) -> UnusableImage:
    """The refusal of a file that could not be decoded, by what it begins with."""
    for beginning, code, message in STRANGERS:
        if not identified and re.match(beginning, data[:512], re.DOTALL):
            return UnusableImage(message, code=code)
    if identified:
        return UnusableImage(DAMAGED, code="damaged")
    return UnusableImage(f"This is not a picture that can be read. Upload {READABLE}.", code="not_a_picture")


def _scans(jpeg: bytes) -> int:
    """How many scans the first picture in a JPEG file has, without those of thumbnails in it and of what follows it."""
    scans, at = 0, 2
    while (found := MARKER.search(jpeg, at)) and scans <= MAX_SCANS:
        marker, length = jpeg[found.end() - 1], int.from_bytes(jpeg[found.end() : found.end() + 2], "big")
        if marker == END_OF_IMAGE or length < 2:
            break
        scans += marker == START_OF_SCAN
        at = found.end() + length
    return scans

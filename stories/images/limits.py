"""What intake refuses, and the sentences that say so. Limits are looked at before anything is decoded."""

import re
import warnings

from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from stories.images.tiff_parts import held_beside, is_raw

MAX_BYTES = 50 * 1024 * 1024
MAX_PIXELS = 110_000_000  # medium-format cameras give 102 million, telephones 108
MAX_PIXELS_IN_SCANS = {1: 60_000_000, 3: 60_000_000, 4: 45_000_000}  # a JPEG by its channels, held whole
MAX_PIXELS_OF_KIND = {"PNG": 75_000_000, "WEBP": 25_000_000, "AVIF": 30_000_000, "TIFF": 50_000_000}  # as these are
MAX_PIXELS_WITH_ALPHA = {"WEBP": 20_000_000, "AVIF": 20_000_000}
MAX_BESIDE = 240 * 1024 * 1024  # bytes that decoding a TIFF file takes beside the picture
MAX_SCANS = 64  # encoders write about ten; each costs a pass over the whole picture
MAX_TEXT = 8 * 1024 * 1024  # of a PNG file, unpacked; also its colour profile, which for printers has megabytes
READABLE = "a JPEG, PNG, WebP, AVIF, GIF or TIFF file"
WORDS = rb"(?i)(?:\xef\xbb\xbf)?\s*"
DAMAGED = "The picture is damaged or was cut short on its way. Open it on your computer, save it again and upload that."
RAW = "This is a camera’s raw file. Export it as JPEG and upload that."
NUMBERS = "The picture has 32 bits a channel, for which no range of brightness is known. Export it with 8 or 16 bits."
PIECES = "The TIFF file is built in too large pieces. Save it as JPEG and upload that."
PASSES = "The JPEG file is built in more passes than cameras and programs use. Save it again and upload that."
TIFF = rb"II[*+]\0|MM\0[*+]"
KINDS = [(rb"\x89PNG", "PNG"), (rb"RIFF....WEBP", "WEBP"), (rb"....ftyp", "AVIF"), (TIFF, "TIFF")]
STRANGERS = [  # what else uploads begin with, and what to do about it
    (rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|....ftypavi[fs]", "damaged", DAMAGED),
    (TIFF, "damaged", "The TIFF file is damaged, or of a kind that cannot be read. Export it as JPEG and upload that."),
    (rb"II(R[OS]|U\0|\x1a\0)|MMOR|FUJIFILMCCD-RAW|FOVb|\0MRM|....ftypcrx", "raw", RAW),
    (rb"....ftyp(hei|hev|mif1|msf1)", "heic", "This is a HEIC picture. Export it as JPEG and upload that."),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "video", f"This is a video. Upload {READABLE}."),
    (rb"PK\x03\x04|PK\x05\x06", "archive", "This is a ZIP archive or an office document. Upload the picture itself."),
    (rb"%PDF|%!PS", "document", "This is a PDF or PostScript document. Export the picture as JPEG and upload that."),
    (WORDS + rb"<(!doctype html|html|head|body|script)", "web_page", "This is a web page. Upload the picture itself."),
    (WORDS + rb"<(\?xml|!--|!doctype|svg)", "svg", "This is an SVG or XML file. Export it as PNG and upload that."),
    (rb"8BPS", "layers", "This is a Photoshop file. Export it as JPEG or PNG and upload that."),
]  # fmt: skip
MARKER = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
END_OF_IMAGE, START_OF_SCAN, PROGRESSIVE = 0xD9, 0xDA, (0xC2, 0xC6, 0xCA, 0xCE)

# Pillow's own guard also watches the frames inside a file. It is one for the whole process, and by itself only warns.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY = MAX_TEXT


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
    limits = MAX_PIXELS_OF_KIND | (MAX_PIXELS_WITH_ALPHA if opened.has_transparency_data else {})
    refuse_by_pixels(opened.size, limits.get(opened.format or "", MAX_PIXELS))
    if opened.mode in ("I", "F"):
        raise UnusableImage(NUMBERS, code="numbers")
    if isinstance(opened, TiffImagePlugin.TiffImageFile):
        if is_raw(data):
            raise UnusableImage(RAW, code="raw")
        if held_beside(opened) > MAX_BESIDE:
            raise UnusableImage(PIECES, code="too_large_pieces")
    if isinstance(opened, JpegImagePlugin.JpegImageFile):
        scans, channels = _scans(data), len(opened.getbands())
        if scans != [channels]:
            refuse_by_pixels(opened.size, MAX_PIXELS_IN_SCANS[channels])
        if len(scans) > MAX_SCANS:
            raise UnusableImage(PASSES, code="too_many_scans")


def refuse_by_pixels(size: tuple[int, int], limit: int = MAX_PIXELS) -> None:
    """Raise UnusableImage for a picture of more than `limit` pixels."""
    if size[0] * size[1] > limit:
        raise too_many_pixels(limit)


def limit_of(data: bytes) -> int:
    """How many pixels a file may have that begins like this."""
    kinds = [kind for beginning, kind in KINDS if re.match(beginning, data[:16], re.DOTALL)]
    return MAX_PIXELS_OF_KIND[kinds[0]] if kinds else MAX_PIXELS


def too_many_pixels(limit: int = MAX_PIXELS) -> UnusableImage:
    return UnusableImage(
        f"The picture has more than {limit // 1_000_000} million pixels. Make it smaller and upload it again.",
        code="too_many_pixels",
    )


def unreadable(data: bytes, identified: bool) -> UnusableImage:
    """The refusal of a file that could not be decoded, by what it begins with."""
    if is_raw(data):
        return UnusableImage(RAW, code="raw")
    for beginning, code, message in STRANGERS:
        if not identified and re.match(beginning, data[:512], re.DOTALL):
            return UnusableImage(message, code=code)
    if identified:
        return UnusableImage(DAMAGED, code="damaged")
    return UnusableImage(f"This is not a picture that can be read. Upload {READABLE}.", code="not_a_picture")


def _scans(jpeg: bytes) -> list[int]:
    """How many channels each scan of the first picture in a JPEG file has; 0 for the beginning of a progressive one.

    Without those of thumbnails in it and of what follows it. The decoder holds the picture whole unless there is one
    scan, with all channels.
    """
    scans: list[int] = []
    at = 2
    while (found := MARKER.search(jpeg, at)) and len(scans) <= MAX_SCANS:
        marker, length = jpeg[found.end() - 1], int.from_bytes(jpeg[found.end() : found.end() + 2], "big")
        if marker == END_OF_IMAGE:
            break
        if marker == START_OF_SCAN:
            scans += jpeg[found.end() + 2 : found.end() + 3]
        elif marker in PROGRESSIVE:
            scans.append(0)
        at = found.end() + max(length, 2)  # as the decoder steps over one that is said to be shorter
    return scans

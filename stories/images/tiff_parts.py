"""What the first directory of a TIFF file tells before anything is decoded. Pure."""

from PIL import Image, TiffImagePlugin

from stories.images.metadata.tiff import LAYOUTS, Tiff

# TIFF 6.0, section 8; the last is of Adobe's DNG, chapter 4
SUBFILE_TYPE, BITS, PHOTOMETRIC, SAMPLES, ROWS, PLANES = 0x00FE, 0x0102, 0x0106, 0x0115, 0x0116, 0x011C
ORIENTATION, TILE_WIDTH, TILE_HEIGHT, DNG_VERSION = 0x0112, 0x0142, 0x0143, 0xC612
IS_THUMBNAIL, IN_PLANES, WHITE_IS_ZERO, YCBCR, UPRIGHT = 1, 2, 0, 6, 1
PIXEL = 4  # bytes of one once it is decoded
OF_SENSORS = (32803, 34892)  # colour filter array (TIFF/EP), linear raw (DNG)
CANON_RAW = b"CR"  # after the offset of the first directory


def is_raw(data: bytes) -> bool:
    """Whether a TIFF file is a camera's raw one: its first picture is a thumbnail, or is of the sensor's numbers."""
    if data[:4] not in LAYOUTS:
        return False
    tiff = Tiff(data)
    found = tiff.first_directory((SUBFILE_TYPE, PHOTOMETRIC, DNG_VERSION))
    order = LAYOUTS[data[:4]].order
    told = {tag: int.from_bytes(value[:4], order) for tag, value in found.items()}
    is_thumbnail = told.get(SUBFILE_TYPE, 0) & IS_THUMBNAIL
    return bool(is_thumbnail) or told.get(PHOTOMETRIC) in OF_SENSORS or DNG_VERSION in told or data[8:10] == CANON_RAW


def is_negative(opened: Image.Image) -> bool:
    """Whether 0 is white in it, which the decoder heeds for grey of 8 bits, but not of 16."""
    if not isinstance(opened, TiffImagePlugin.TiffImageFile):
        return False
    return opened.mode.startswith("I;16") and opened.tag_v2.get(PHOTOMETRIC) == WHITE_IS_ZERO


def held_beside(opened: TiffImagePlugin.TiffImageFile) -> int:
    """How many bytes the decoder holds beside the picture: its largest strip or tile, and a copy if it turns it."""
    tags, (longer, shorter) = opened.tag_v2, sorted(opened.size, reverse=True)
    bits = tags.get(BITS, (1,))
    samples = 1 if tags.get(PLANES) == IN_PLANES else max(tags.get(SAMPLES, 1), len(bits))
    if tags.get(PHOTOMETRIC) == YCBCR:
        samples = PIXEL  # the decoder's own
    piece = longer * min(shorter, tags.get(ROWS, shorter))
    if TILE_WIDTH in tags:
        piece = tags[TILE_WIDTH] * tags[TILE_HEIGHT]
    copy = 0 if tags.get(ORIENTATION, UPRIGHT) == UPRIGHT else longer * shorter * PIXEL
    return copy + piece * samples * max(bits) // 8

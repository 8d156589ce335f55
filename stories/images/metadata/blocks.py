"""The blocks of metadata in a file, found by stepping over its parts. Pure; pixels are neither decoded nor searched.

A part that is broken ends the walk: what came before it counts.
"""

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from enum import Enum, auto
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from stories.images.metadata.bounds import LONGEST_BLOCK, MOST_BLOCKS, MOST_COMPRESSED, MOST_PIECES, MOST_SEGMENTS
from stories.images.metadata.tiff import Tiff


class Kind(Enum):
    XMP = auto()  # a packet
    EXTENDED_XMP = auto()  # a piece of what did not fit into a JPEG segment, with its header
    PHOTOSHOP = auto()  # Photoshop's image resources, one of which is IIM
    IIM = auto()
    EXIF = auto()  # built like a TIFF file
    JUMBF = auto()  # which may be C2PA's or another's
    C2PA = auto()


UNBOUNDED = (Kind.EXIF, Kind.C2PA)  # of which only parts are read, or nothing


class Block(NamedTuple):
    kind: Kind
    data: bytes


Blocks = Iterator[Block]


def blocks_of(data: bytes) -> Blocks:
    """The blocks of a JPEG, PNG, WebP, AVIF (HEIF), TIFF or GIF file, told by its first bytes; of another, none.

    Of each kind as many as are MOST_BLOCKS and LONGEST_BLOCK together.
    """
    walk = next((walk for beginning, at, walk in WALKS if data.startswith(beginning, at)), _in_nothing)
    number, length = Counter[Kind](), Counter[Kind]()
    for block in walk(data):
        size = 0 if block.kind in UNBOUNDED else len(block.data)
        if number[block.kind] < MOST_BLOCKS and length[block.kind] + size <= LONGEST_BLOCK:
            number[block.kind] += 1
            length[block.kind] += size
            yield block


def _in_nothing(data: bytes) -> Blocks:
    return iter(())


# JPEG: ISO/IEC 10918-1, B.1.1; XMP, part 3, 1.1.3; Exif 2.32, 4.7.2; JUMBF in APP11: ISO/IEC 19566-5, D.2

IN_SEGMENTS = [
    (0xE1, b"http://ns.adobe.com/xap/1.0/\0", Kind.XMP),
    (0xE1, b"http://ns.adobe.com/xmp/extension/\0", Kind.EXTENDED_XMP),
    (0xE1, b"Exif\0", Kind.EXIF),
    (0xED, b"Photoshop 3.0\0", Kind.PHOTOSHOP),
    (0xEB, b"JP", Kind.JUMBF),
]
EXIF_FILLING = 1  # one byte more after Exif's NUL
JUMBF_NUMBERS = 6  # bytes of box instance and sequence number
MARKER = re.compile(rb"\xff+([^\xff])", re.DOTALL)
MOST_STRAY_BYTES = 4096  # between segments, where decoders pass over them
ENDS_OF_SEGMENTS = {b"\xd9", b"\xda"}  # end of image, start of scan
WITHOUT_LENGTH = {b"\0", b"\1", *(bytes([marker]) for marker in range(0xD0, 0xD9))}


def _in_jpeg(jpeg: bytes) -> Blocks:
    for marker, begin, end in _segments(jpeg):
        for of_marker, name, kind in IN_SEGMENTS:
            if marker == of_marker and jpeg.startswith(name, begin, end):
                filling = {Kind.EXIF: EXIF_FILLING, Kind.JUMBF: JUMBF_NUMBERS}.get(kind, 0)
                yield Block(kind, jpeg[begin + len(name) + filling : end])


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """The marker, begin and end of each segment before the pixels."""
    at = 2
    for _ in range(MOST_SEGMENTS):
        found = MARKER.search(jpeg, at, at + MOST_STRAY_BYTES)
        if not found or found[1] in ENDS_OF_SEGMENTS:
            return
        at = found.end()
        if found[1] not in WITHOUT_LENGTH:
            end = at + int.from_bytes(jpeg[at : at + 2], "big")
            if not at + 2 <= end <= len(jpeg):
                return
            yield found[1][0], at + 2, end
            at = end


# PNG: W3C PNG, 5.3 and 11.3.3; raw profiles are how ImageMagick and ExifTool keep IIM

RAW_PROFILES = {
    b"Raw profile type iptc": Kind.PHOTOSHOP,
    b"Raw profile type 8bim": Kind.PHOTOSHOP,
    b"Raw profile type exif": Kind.EXIF,
    b"Raw profile type xmp": Kind.XMP,
}
CHUNKS = {b"eXIf": Kind.EXIF, b"caBX": Kind.C2PA}


def _in_png(png: bytes) -> Blocks:
    at, compressed = 8, 0
    for _ in range(MOST_PIECES):
        length, name = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        begin, end = at + 8, at + 8 + length
        if end > len(png) or name == b"IEND":
            return
        if name in CHUNKS:
            yield Block(CHUNKS[name], png[begin:end])
        elif name in (b"iTXt", b"zTXt", b"tEXt") and length <= LONGEST_BLOCK and compressed < MOST_COMPRESSED:
            compressed += name != b"tEXt"
            yield from _in_text(name, png[begin:end])
        at = end + 4  # a checksum


def _in_text(name: bytes, chunk: bytes) -> Blocks:
    keyword, _, rest = chunk.partition(b"\0")
    if name == b"iTXt" and keyword == b"XML:com.adobe.xmp":
        words = rest[2:].split(b"\0", 2)[-1]  # after flag, method, language and translated keyword
        yield Block(Kind.XMP, _inflated(words) if rest[:1] == b"\1" else words)
    elif name != b"iTXt" and keyword in RAW_PROFILES:
        yield Block(RAW_PROFILES[keyword], _from_hex(_inflated(rest[1:]) if name == b"zTXt" else rest))


def _inflated(data: bytes) -> bytes:
    """At most LONGEST_BLOCK of what was compressed, none of what is broken."""
    try:
        return zlib.decompressobj().decompress(data, LONGEST_BLOCK)
    except zlib.error:
        return b""


def _from_hex(profile: bytes) -> bytes:
    """A raw profile: a line with its name, one with its length, and its bytes in hexadecimal digits."""
    digits = b"".join(profile.strip().split(b"\n")[2:])
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return b""


# WebP: RFC 9649, 2.3

WEBP_CHUNKS = {b"XMP ": Kind.XMP, b"EXIF": Kind.EXIF, b"C2PA": Kind.C2PA}


def _in_webp(webp: bytes) -> Blocks:
    at = 12
    for _ in range(MOST_PIECES):
        name, length = webp[at : at + 4], int.from_bytes(webp[at + 4 : at + 8], "little")
        if len(name) < 4 or at + 8 + length > len(webp):
            return
        if name in WEBP_CHUNKS:
            yield Block(WEBP_CHUNKS[name], webp[at + 8 : at + 8 + length])
        at += 8 + length + length % 2


# TIFF 6.0; XMP, part 3, 1.1.8; C2PA, A.3.3

ENTRIES = {700: Kind.XMP, 33723: Kind.IIM, 34377: Kind.PHOTOSHOP, 0xCD41: Kind.C2PA}


def _in_tiff(tiff: bytes) -> Blocks:
    for tag, entry in Tiff(tiff).first_directory(ENTRIES).items():
        yield Block(ENTRIES[tag], entry)
    yield Block(Kind.EXIF, tiff)


# GIF: GIF89a, 15 to 26; XMP, part 3, 1.1.2; C2PA, A.3.8

XMP_IN_GIF, C2PA_IN_GIF = b"XMP DataXMP", b"C2PA_GIF"
EXTENSION, PICTURE, APPLICATION = 0x21, 0x2C, 0xFF
MAGIC_TRAILER = b"\1" + bytes(range(255, -1, -1))  # leads a reader of sub-blocks to the packet's end


def _in_gif(gif: bytes) -> Blocks:
    at = 13 + _colours(gif, 10)
    pieces = 0
    while at + 10 < len(gif) and pieces < MOST_PIECES:
        if gif[at] == EXTENSION:
            begin = at + 2
        elif gif[at] == PICTURE:
            begin = at + 11 + _colours(gif, at + 9)
        else:
            return
        is_application = gif[at] == EXTENSION and gif[at + 1] == APPLICATION
        name = gif[begin + 1 : begin + 12] if is_application else b""
        at, stepped = _past_sub_blocks(gif, begin)
        pieces += 1 + stepped
        if name == XMP_IN_GIF:
            yield Block(Kind.XMP, _packet_in_gif(gif, begin + 12, at))
        elif name.startswith(C2PA_IN_GIF):
            yield Block(Kind.C2PA, gif[begin + 12 : at])


def _colours(gif: bytes, at: int) -> int:
    """The length of the colour table that the flags there announce."""
    flags = gif[at] if at < len(gif) else 0
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _past_sub_blocks(gif: bytes, at: int) -> tuple[int, int]:
    """Where the sub-blocks end, and how many there are."""
    count = 0
    while at < len(gif) and gif[at] and count < MOST_PIECES:
        at += 1 + gif[at]
        count += 1
    return at + 1, count


def _packet_in_gif(gif: bytes, begin: int, end: int) -> bytes:
    whole = gif[begin:end]
    if MAGIC_TRAILER in whole[-2 * len(MAGIC_TRAILER) :]:
        return whole[: whole.rindex(MAGIC_TRAILER)]
    parts, at = [], 0  # some programs write it in sub-blocks, like everything else in a GIF file
    while at < len(whole) and whole[at]:
        parts.append(whole[at + 1 : at + 1 + whole[at]])
        at += 1 + whole[at]
    return b"".join(parts)


# AVIF: ISO/IEC 14496-12, 4.2 and 11.1; C2PA, A.4. libavif knows which items belong to the picture

C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def _in_boxes(file: bytes) -> Blocks:
    try:
        with Image.open(BytesIO(file), formats=["AVIF"]) as opened:
            xmp, exif = opened.info.get("xmp"), opened.info.get("exif")
    except Exception:  # the decoder raises whatever a broken file makes it raise
        xmp = exif = None
    if xmp:
        yield Block(Kind.XMP, xmp)
    if exif:
        yield Block(Kind.EXIF, exif)
    yield from _c2pa_boxes(file)


def _c2pa_boxes(file: bytes) -> Blocks:
    at = 0
    for _ in range(MOST_PIECES):
        length, name, header = int.from_bytes(file[at : at + 4], "big"), file[at + 4 : at + 8], 8
        if length == 1:
            length, header = int.from_bytes(file[at + 8 : at + 16], "big"), 16
        if length == 0:
            length = len(file) - at
        if len(name) < 4 or length < header or at + length > len(file):
            return
        if name == b"uuid" and file.startswith(C2PA_BOX, at + header):
            yield Block(Kind.C2PA, b"")
        at += length


WALKS: list[tuple[bytes, int, Callable[[bytes], Blocks]]] = [
    (b"\xff\xd8\xff", 0, _in_jpeg),
    (b"\x89PNG\r\n\x1a\n", 0, _in_png),
    (b"WEBP", 8, _in_webp),
    (b"ftyp", 4, _in_boxes),
    (b"GIF8", 0, _in_gif),
    *((beginning, 0, _in_tiff) for beginning in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
]

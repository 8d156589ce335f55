"""C2PA credentials are found where the specification puts them, and nowhere else."""

import pytest

from stories.images.metadata import has_content_credentials, read_metadata
from tests.stories.images.metadata.packets import jpeg_with, jpeg_with_xmp, packet, segment
from tests.stories.images.pictures import as_file

STORE = bytes.fromhex("6332706100110010800000aa00389b71")
OTHER = bytes.fromhex("6a736f6e00110010800000aa00389b71")
IN_AVIF = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
LONG_BOX = b"\0\0\0\1free" + (20).to_bytes(8, "big") + b"\0" * 4  # whose length is in 64 bits


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def jumbf(kind: bytes = STORE, label: bytes = b"c2pa") -> bytes:
    return box(b"jumb", box(b"jumd", kind + b"\3" + label + b"\0"))


def in_png(name: bytes, data: bytes) -> bytes:
    png = as_file(kind="PNG")
    return png[:33] + len(data).to_bytes(4, "big") + name + data + b"\0\0\0\0" + png[33:]


def in_tiff(tag: int) -> bytes:
    entry = tag.to_bytes(2, "little") + b"\7\0" + (40).to_bytes(4, "little") + (26).to_bytes(4, "little")
    return b"II*\0\x08\0\0\0\1\0" + entry + b"\0\0\0\0" + jumbf().ljust(40, b"\0")


def in_gif(name: bytes, kind: bytes = b"\xff") -> bytes:
    gif = as_file(kind="GIF")
    end = 13 + 3 * 2 ** ((gif[10] & 7) + 1)
    return gif[:end] + b"\x21" + kind + b"\x0b" + name + bytes([len(jumbf())]) + jumbf() + b"\0" + gif[end:]


WITH = {
    "JPEG": jpeg_with(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf())),
    "JPEG by label": jpeg_with(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf(OTHER))),
    "JPEG by type": jpeg_with(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf(STORE, b"other"))),
    "PNG": in_png(b"caBX", jumbf()),
    "WebP": as_file(kind="WEBP") + b"C2PA" + len(jumbf()).to_bytes(4, "little") + jumbf(),
    "AVIF": as_file(kind="AVIF") + box(b"uuid", IN_AVIF + b"\0" * 20),
    "AVIF after a long box": as_file(kind="AVIF") + LONG_BOX + box(b"uuid", IN_AVIF + b"\0" * 20),
    "TIFF": in_tiff(0xCD41),
    "GIF": in_gif(b"C2PA_GIF\1\0\0"),
}
WITHOUT = {
    "other JUMBF": jpeg_with(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf(OTHER, b"other"))),
    "a caption": jpeg_with_xmp(packet("<dc:title>c2pa jumb jumd C2PA caBX</dc:title>")),
    "other APP11": jpeg_with(segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf().replace(b"jumb", b"jxxb"))),
    "a comment": jpeg_with(segment(0xFE, b"JP\0\1\0\0\0\1" + jumbf())),
    "other chunk": in_png(b"teXt", b"caBX" + jumbf()),
    "other box": as_file(kind="AVIF") + box(b"free", IN_AVIF),
    "other tag": in_tiff(0xCD42),
    "other extension": in_gif(b"NETSCAPE2.0"),
    "a comment in GIF": in_gif(b"C2PA_GIF\1\0\0", kind=b"\xfe"),
    "after the pixels": as_file() + segment(0xEB, b"JP\0\1\0\0\0\1" + jumbf()),
}


@pytest.mark.parametrize("kind", WITH)
def test_credentials_are_found(kind):
    assert has_content_credentials(WITH[kind])
    assert read_metadata(WITH[kind]).has_content_credentials


@pytest.mark.parametrize("what", WITHOUT)
def test_nothing_else_is_taken_for_credentials(what):
    assert not has_content_credentials(WITHOUT[what])


@pytest.mark.parametrize("kind", WITH)
def test_a_file_cut_anywhere_raises_nothing(kind):
    for length in range(0, len(WITH[kind]), 13):
        has_content_credentials(WITH[kind][:length])

"""EXIF's own shapes."""

import pytest
from PIL import Image

from stories.images.metadata import PhotoMetadata, read_metadata
from tests.stories.images.metadata.packets import packet
from tests.stories.images.pictures import as_file


def read(tags):
    exif = Image.Exif()
    exif.update(tags)
    return read_metadata(as_file(exif=exif))


@pytest.mark.parametrize(
    ("written", "notice"), [("Ada Fen\0Press\0", "Ada Fen, Press"), (" \0Press\0", "Press"), ("Ada Fen", "Ada Fen")]
)
def test_photographers_and_editors_notices_are_one(written, notice):
    assert read({0x8298: written}).copyright_notice == notice


def test_what_windows_writes_stands_in():
    said = read({0x9C9B: "Title".encode("utf-16-le"), 0x9C9D: "Ada Fen;Bo Marsh".encode("utf-16-le")})
    assert (said.headline, said.creator) == ("Title", "Ada Fen, Bo Marsh")


def test_tiff_with_long_offsets_is_read():
    picture = as_file(kind="TIFF", big_tiff=True, tiffinfo={0x8298: "Press", 700: packet(attributes='dc:title="Quay"')})
    assert picture[:4] == b"II+\0"
    assert read_metadata(picture) == PhotoMetadata(copyright_notice="Press", headline="Quay")

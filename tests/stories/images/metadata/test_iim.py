"""IIM's encodings and datasets."""

import zlib
from datetime import datetime

import pytest

from stories.images.metadata import read_metadata
from tests.stories.images.metadata.packets import dataset, jpeg_with_iim, resource
from tests.stories.images.pictures import as_file

SAYS_UTF_8 = dataset(90, b"\x1b%G", record=1)
SAYS_LATIN = dataset(90, b"\x1b.A", record=1)


@pytest.mark.parametrize(
    ("datasets", "caption"),
    [
        ([dataset(120, "Ørby".encode("latin-1"))], "Ørby"),
        ([dataset(120, "Café".encode("latin-1"))], "Café"),  # in UTF-8 the last byte would begin a character
        ([dataset(120, "“Ørby” – €".encode("cp1252"))], "“Ørby” – €"),
        ([SAYS_UTF_8, dataset(120, "Ørby 港".encode())], "Ørby 港"),
        ([dataset(120, "Ørby 港".encode())], "Ørby 港"),
        ([SAYS_LATIN, dataset(120, "Ã©".encode("latin-1"))], "Ã©"),
        ([SAYS_UTF_8, dataset(120, "Ørby".encode("latin-1"))], "Ørby"),
        ([SAYS_UTF_8, dataset(120, "Ørby 港".encode()[:-1])], "Ørby"),
        ([dataset(120, b"A &amp; B")], "A &amp; B"),
    ],
)
def test_words_are_read_in_their_encoding(datasets, caption):
    assert read_metadata(jpeg_with_iim(*datasets)).caption == caption


@pytest.mark.parametrize(
    ("date", "time", "taken", "precision"),
    [
        (b"20260218", b"093015+0200", "2026-02-18T09:30:15+02:00", "time"),
        (b"20260218", b"093015", "2026-02-18T09:30:15", "time"),
        (b"20260218", b"990000", "2026-02-18T00:00:00", "day"),
        (b"20260200", b"", "2026-02-01T00:00:00", "month"),
        (b"20260000", b"", "2026-01-01T00:00:00", "year"),
    ],
)
def test_date_and_time_are_one_moment(date, time, taken, precision):
    read = read_metadata(jpeg_with_iim(dataset(55, date), dataset(60, time)))
    assert (read.taken_at, read.taken_precision) == (datetime.fromisoformat(taken), precision)


def test_absurd_lengths_end_the_reading():
    for length in (b"\x7f\xff", b"\xff\xff", b"\x80\x08" + b"\xff" * 8):
        read = read_metadata(jpeg_with_iim(dataset(110, b"Press"), b"\x1c\x02\x78" + length + b"Caption"))
        assert (read.credit_line, read.caption) == ("Press", "")


def in_png(profile, kind=b"iptc"):
    hexadecimal = b"\n%b\n%8d\n%b\n" % (kind, len(profile), profile.hex().encode())
    content = b"Raw profile type " + kind + b"\0\0" + zlib.compress(hexadecimal)
    png = as_file(kind="PNG")
    return png[:33] + len(content).to_bytes(4, "big") + b"zTXt" + content + b"\0\0\0\0" + png[33:]


def in_tiff(**tags):
    """A TIFF file whose directory has this IIM and these image resources, as numbers of four bytes."""
    numbers = {"iim": 33723, "resources": 34377}
    directory, values = len(tags).to_bytes(2, "little"), b""
    for name, value in tags.items():
        value += b"\0" * (-len(value) % 4)
        at = 8 + 2 + 12 * len(tags) + 4 + len(values)
        directory += numbers[name].to_bytes(2, "little") + b"\4\0"
        directory += (len(value) // 4).to_bytes(4, "little") + at.to_bytes(4, "little")
        values += value
    return b"II*\0\x08\0\0\0" + directory + b"\0\0\0\0" + values


CREDIT = dataset(110, b"Press")


@pytest.mark.parametrize("profile", [CREDIT, resource(CREDIT), resource(b"other", 0x0425) + resource(CREDIT)])
def test_profiles_of_png_are_iim_or_image_resources(profile):
    assert read_metadata(in_png(profile)).credit_line == "Press"


def test_numbers_of_four_bytes_in_tiff_may_have_their_last_byte_first():
    padded = CREDIT + b"\0" * (-len(CREDIT) % 4)
    swapped = b"".join(padded[at : at + 4][::-1] for at in range(0, len(padded), 4))
    assert read_metadata(in_tiff(iim=padded)).credit_line == "Press"
    assert read_metadata(in_tiff(iim=swapped)).credit_line == "Press"


def test_what_is_broken_in_one_place_leaves_the_other():
    read = read_metadata(in_tiff(iim=dataset(120, b"A quay") + b"broken", resources=resource(CREDIT)))
    assert (read.caption, read.credit_line) == ("A quay", "Press")

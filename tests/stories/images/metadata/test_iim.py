"""IIM's encodings and datasets."""

from datetime import datetime

import pytest

from stories.images.metadata import read_metadata
from tests.stories.images.metadata.packets import dataset, jpeg_with_iim

SAYS_UTF_8 = dataset(90, b"\x1b%G", record=1)
SAYS_LATIN = dataset(90, b"\x1b.A", record=1)


@pytest.mark.parametrize(
    ("datasets", "caption"),
    [
        ([dataset(120, "Ørby".encode("latin-1"))], "Ørby"),
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

"""Dates of XMP and EXIF."""

from datetime import UTC, datetime

import pytest

from stories.images.metadata.dates import read_date

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "taken", "precision"),
    [
        ("2026", "2026-01-01", "year"),
        ("2026-02", "2026-02-01", "month"),
        ("2026-02-18", "2026-02-18", "day"),
        ("2026-02-18T09:30", "2026-02-18T09:30", "time"),
        ("2026-02-18T09:30:15.25Z", "2026-02-18T09:30:15+00:00", "time"),
        ("2026-02-18T09:30-05:00", "2026-02-18T09:30-05:00", "time"),
        ("2026:02:18 09:30:15", "2026-02-18T09:30:15", "time"),
        ("2026-02-18T09:30+14:00", "2026-02-18T09:30+14:00", "time"),
        ("2026-02-18T09:30+14:15", "2026-02-18T09:30", "time"),
        ("2026-02-18T09:30+05:60", "2026-02-18T09:30", "time"),
        ("2026-02-18T09:30+25:00", "2026-02-18T09:30", "time"),
        ("2026-03-02T11:59:00", "2026-03-02T11:59", "time"),
    ],
)
def test_dates_keep_their_precision(text, taken, precision):
    assert read_date(text, NOW) == (datetime.fromisoformat(taken), precision)


@pytest.mark.parametrize(
    "text",
    ["", "0000:00:00 00:00:00", "    :  :     :  :  ", "2026-02-30", "2026-13", "1825", "2026-03-02T12:01:00", "x"],
)
def test_what_cannot_be_is_none(text):
    assert read_date(text, NOW) is None

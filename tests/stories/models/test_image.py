from datetime import UTC, datetime

import pytest

from stories.models import Image

MOMENT = datetime(2026, 2, 18, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "taken"), [("time", "2026-02-18"), ("day", "2026-02-18"), ("month", "2026-02"), ("year", "2026")]
)
def test_when_a_picture_was_taken_is_told_to_what_is_known(precision, taken):
    image = Image(taken_at=MOMENT, taken_precision=precision)
    assert image.taken == taken
    again = Image()
    again.taken = taken
    assert again.taken == taken


def test_the_day_is_that_of_the_newsrooms_clock(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    assert Image(taken_at=MOMENT).taken == "2026-02-19"


def test_nothing_is_told_where_nothing_is_known():
    image = Image(taken_at=MOMENT)
    image.taken = ""
    assert (image.taken, image.taken_at) == ("", None)

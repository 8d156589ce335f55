import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.iso_moment import PATTERN, end_of_second, read_moment, write_moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-02-18T12:00:00Z", "2026-02-18T12:00:00Z"),
        ("2026-02-18T12:00Z", "2026-02-18T12:00:00Z"),
        ("2026-02-18T12:00", "2026-02-18T12:00:00Z"),
        ("2026-02-18T120000+0530", "2026-02-18T06:30:00Z"),
        ("2026-02-18T12:00:00.75-01:00", "2026-02-18T13:00:00Z"),
        ("2026-02-18", "2026-02-18T22:59:59Z"),
        ("2026-07-18", "2026-07-18T21:59:59Z"),
        ("0099-01-02T03:04:05Z", "0099-01-02T03:04:05Z"),
    ],
)
def test_a_moment_is_read_and_written_in_one_spelling(text, moment):
    assert re.fullmatch(PATTERN, text)
    assert write_moment(read_moment(text, BERLIN)) == moment


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-02-18T25:00Z", "0001-01-01T00:00+01:00", "9999-12-31T23:00-05:00"]
)
def test_what_is_no_moment_is_refused(text):
    assert re.fullmatch(PATTERN, text)
    with pytest.raises(ValueError, match=r"\S"):
        read_moment(text, UTC)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)))
def test_what_is_written_is_read_as_the_same_second(moment):
    assert read_moment(write_moment(moment), UTC) == moment.replace(microsecond=0)


def test_a_second_is_meant_to_its_end_and_never_beyond_now():
    noon = datetime(2026, 2, 18, 12, tzinfo=UTC)
    assert end_of_second(noon, noon + timedelta(days=1)) == noon + timedelta(seconds=1) - timedelta(microseconds=1)
    assert end_of_second(noon, noon + timedelta(microseconds=3)) == noon + timedelta(microseconds=3)

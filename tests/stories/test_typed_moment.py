from datetime import UTC, datetime, timedelta

import pytest

from stories.typed_moment import AHEAD, NO_DAY, NOT_A_DAY, NOT_A_TIME, typed_as, typed_in

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def typed(day, time="", now=NOW):
    return typed_in({"day": day, "time": time}, now)


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        ("2026-02-18", "14:05", "2026-02-18T13:05:00"),
        ("2026-02-18", "14:05:59", "2026-02-18T13:05:59"),
        (" 2026-02-18 ", "", "2026-02-18T22:59:59"),
        ("2025-07-18", "00:00", "2025-07-17T22:00:00"),
        ("0001-01-01", "00:00", "0001-01-01T00:00:00"),
    ],
)
def test_a_moment_is_typed_in_the_sites_time(settings, day, time, moment):
    settings.TIME_ZONE = "Europe/Berlin"
    found = typed(day, time)
    assert found.at == datetime.fromisoformat(f"{moment}+00:00")
    assert (found.day_fault, found.time_fault) == ("", "")


def test_now_is_the_last_moment_that_can_be_chosen():
    assert typed("2026-03-02", "12:00").at == NOW
    assert typed("2026-03-02", "12:00", NOW - SECOND).day_fault == AHEAD
    assert typed("2026-03-03").day_fault == AHEAD
    assert typed("9999-12-31", "23:59").day_fault == AHEAD


def test_today_without_a_time_is_now():
    assert typed("2026-03-02").at == NOW
    assert typed("2026-03-01").at == datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "time", "day_fault", "time_fault"),
    [
        ("", "", NO_DAY, ""),
        ("", "12:00", NO_DAY, ""),
        ("2026-02-30", "", NOT_A_DAY, ""),
        ("20260218", "", NOT_A_DAY, ""),
        ("2026-02-18T10:00", "", NOT_A_DAY, ""),
        ("٢٠٢٦-٠٢-١٨", "", NOT_A_DAY, ""),
        ("2026-02-18", "24:00", "", NOT_A_TIME),
        ("2026-02-18", "noon", "", NOT_A_TIME),
        ("2026-02-18", "12:00+01:00", "", NOT_A_TIME),
        ("today", "noon", NOT_A_DAY, NOT_A_TIME),
    ],
)
def test_what_is_no_moment_is_said_at_its_field_and_kept(day, time, day_fault, time_fault):
    found = typed(day, time)
    assert (found.at, found.day_fault, found.time_fault) == (None, day_fault, time_fault)
    assert (found.day, found.time) == (day, time)
    assert (found.day_type, found.time_type) == (
        "text" if day_fault == NOT_A_DAY else "date",
        "text" if time_fault else "time",
    )


def test_nothing_typed_is_no_fault():
    found = typed_in({"page": "2"}, NOW)
    assert (found.at, found.day_fault, found.time_fault) == (None, "", "")


def test_a_refused_moment_keeps_what_was_typed():
    found = typed("2026-03-01", "10:00").refused("Not then.")
    assert (found.at, found.day, found.time, found.day_fault) == (None, "2026-03-01", "10:00", "Not then.")


@pytest.mark.parametrize(("second", "time"), [(0, "13:00"), (5, "13:00:05")])
def test_a_moment_is_shown_as_it_would_be_typed(settings, second, time):
    settings.TIME_ZONE = "Europe/Berlin"
    shown = typed_as(NOW + second * SECOND)
    assert (shown.day, shown.time) == ("2026-03-02", time)
    assert typed(shown.day, shown.time, NOW + timedelta(hours=1)).at == NOW + second * SECOND

import datetime as dt

import pytest
from edtf import parse_edtf
from edtf.parser.parser_classes import Level2Season, Season
from hypothesis import given

from tests.timelines.strategies import event_dates
from timelines.dates import EventDate, Precision, UnreadableDate


def oracle_bounds(parsed) -> list[dt.date | None]:
    """Strict bounds as the edtf library sees them; None where it says infinite."""
    bounds = (parsed.lower_strict(), parsed.upper_strict())
    return [None if isinstance(bound, float) else dt.date(*bound[:3]) for bound in bounds]


@given(event_dates)
def test_edtf_library_accepts_every_date_and_agrees_on_its_bounds(date):
    """But for winter, which it ends on December 31: there February of the next year is meant."""
    earliest, latest = oracle_bounds(parse_edtf(date.edtf))
    assert earliest == date.earliest
    end = date.span.end
    if end and end.precision is Precision.SEASON and end.last.month == 2:
        assert (latest.month, latest.day, latest.year + 1) == (12, 31, end.last.year)
    else:
        assert latest == date.latest


@pytest.mark.parametrize("code", [21, 22, 23, 24])
def test_edtf_library_knows_the_seasons(code):
    assert isinstance(parse_edtf(f"2023-{code}"), Season)


@pytest.mark.parametrize("code", [33, 34, 35, 36])
def test_edtf_library_knows_the_quarters(code):
    assert isinstance(parse_edtf(f"2023-{code}"), Level2Season)


@pytest.mark.parametrize(
    "edtf",
    [
        "", " ", "2022-2-24", "2022-02-30", "2022-13", "2022-00", "2022-01-00", "2022-25", "2022-37", "2022-22-01",
        "0000", "000X", "-0044", "20XX", "1990?", "1990%", "2023-22~", "2023-33~",
        "2024-03-03T14:30:00", "2024-03-03T14:30Z",
        "2024-03-03T24:00:00Z", "2024-03-03T14:60:00Z", "2024-03-03T14:30:00+15:00", "2024-03-03T14:30:00+01:60",
        "2024-02-30T14:30:00Z", "../..", "/2014", "2014/", "2014/2013", "2014/2014-03", "199X/..", "../199X",
        "2024-33/..", "2024-33/2024-34", "198X~/199X", "1980~/199X", "../9999", "2024-03-03T14:30:00Z/..",
        "2014/2015/2016",
        "9999-24", "{2014}",
        "2022-02-24\n", "\u0662\u0660\u0662\u0662", "Feb 24 2022", "2" * 40_000,
    ],
)  # fmt: skip
def test_other_edtf_is_refused_with_a_sentence(edtf):
    with pytest.raises(UnreadableDate, match="is not an EDTF date that Newsdesk uses") as caught:
        EventDate.from_edtf(edtf)
    assert caught.value.code == "edtf"
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("edtf", "canonical"),
    [
        ("2024-03-03T14:30:00+00:00", "2024-03-03T14:30:00Z"),
        ("2024-03-03T14:30:00-00:00", "2024-03-03T14:30:00Z"),
        ("2021/2021", "2021"),
    ],
)
def test_two_ways_to_write_one_date_are_equal(edtf, canonical):
    assert EventDate.from_edtf(edtf) == EventDate.from_edtf(canonical)
    assert EventDate.from_edtf(edtf).edtf == canonical


def test_years_to_the_limits():
    assert EventDate("0001").earliest == dt.date.min
    assert EventDate("9999").latest == dt.date.max
    assert EventDate("999X").latest == dt.date.max
    assert EventDate("9999-36").latest == dt.date.max

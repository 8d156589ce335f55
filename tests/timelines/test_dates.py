import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timelines.strategies import event_dates
from timelines.dates import (
    EventDate,
    Precision,
    TimePart,
    UnreadableDate,
    WordedDate,
    match_date_prefix,
    place_in_time,
    read_wording,
    split_wording,
)
from timelines.periods import Moment

# What the reference writes, what it becomes, how it is printed, its bounds and precision.
DATES = [
    ("Feb 24 2022", "2022-02-24", "Feb 24 2022", "2022-02-24", "2022-02-24", "day"),
    ("24 February 2022", "2022-02-24", "Feb 24 2022", "2022-02-24", "2022-02-24", "day"),
    ("2022-02-24", "2022-02-24", "Feb 24 2022", "2022-02-24", "2022-02-24", "day"),
    ("Feb 29 2024", "2024-02-29", "Feb 29 2024", "2024-02-29", "2024-02-29", "day"),
    ("July 2024", "2024-07", "July 2024", "2024-07-01", "2024-07-31", "month"),
    ("Feb 2024", "2024-02", "February 2024", "2024-02-01", "2024-02-29", "month"),
    ("Feb 1900", "1900-02", "February 1900", "1900-02-01", "1900-02-28", "month"),
    ("2019", "2019", "2019", "2019-01-01", "2019-12-31", "year"),
    ("Dec 6-7 2025", "2025-12-06/2025-12-07", "Dec 6–7 2025", "2025-12-06", "2025-12-07", "range"),
    ("Nov 28 – Dec 3 2025", "2025-11-28/2025-12-03", "Nov 28 – Dec 3 2025", "2025-11-28", "2025-12-03", "range"),
    ("30 Dec 2025–2 Jan 2026", "2025-12-30/2026-01-02", "Dec 30 2025 – Jan 2 2026", "2025-12-30", "2026-01-02", "range"),  # noqa: E501
    ("Jan–Mar 2025", "2025-01/2025-03", "Jan–Mar 2025", "2025-01-01", "2025-03-31", "range"),
    ("Dec 2025 – Jan 2026", "2025-12/2026-01", "Dec 2025 – Jan 2026", "2025-12-01", "2026-01-31", "range"),
    ("Summer 2023", "2023-22", "Summer 2023", "2023-06-01", "2023-08-31", "season"),
    ("Winter 2023", "2023-24", "Winter 2023", "2023-12-01", "2024-02-29", "season"),
    ("Spring–Autumn 2023", "2023-21/2023-23", "Spring–Autumn 2023", "2023-03-01", "2023-11-30", "range"),
    ("Q3 2024", "2024-35", "Q3 2024", "2024-07-01", "2024-09-30", "quarter"),
    ("1990s", "199X", "1990s", "1990-01-01", "1999-12-31", "decade"),
    ("1980s–1990s", "198X/199X", "1980s–1990s", "1980-01-01", "1999-12-31", "range"),
    ("2021–2022", "2021/2022", "2021–2022", "2021-01-01", "2022-12-31", "range"),
    ("2021 – Mar 3 2022", "2021/2022-03-03", "2021 – Mar 3 2022", "2021-01-01", "2022-03-03", "range"),
    ("c. 1990", "1990~", "c. 1990", "1990-01-01", "1990-12-31", "year"),
    ("c. Mar 1990", "1990-03~", "c. March 1990", "1990-03-01", "1990-03-31", "month"),
    ("c. 1990 – 1995", "1990~/1995", "c. 1990 – 1995", "1990-01-01", "1995-12-31", "range"),
    ("before 1945", "../1944", "before 1945", None, "1944-12-31", "range"),
    ("before Mar 1 2024", "../2024-02-29", "before Mar 1 2024", None, "2024-02-29", "range"),
    ("before Jan 2024", "../2023-12", "before January 2024", None, "2023-12-31", "range"),
    ("until 1944", "../1944", "before 1945", None, "1944-12-31", "range"),
    ("since 2014", "2014/..", "since 2014", "2014-01-01", None, "range"),
    ("since c. Dec 31 1999", "1999-12-31~/..", "since c. Dec 31 1999", "1999-12-31", None, "range"),
    ("Mar 3, 2024 14:30 UTC", "2024-03-03T14:30:00Z", "Mar 3 2024, 14:30 UTC", "2024-03-03", "2024-03-03", "time"),
    ("2024-03-03 0:30 UTC+2", "2024-03-03T00:30:00+02:00", "Mar 3 2024, 00:30 UTC+02:00", *["2024-03-03"] * 2, "time"),
    ("AD 33", "0033", "AD 33", "0033-01-01", "0033-12-31", "year"),
    ("9999", "9999", "9999", "9999-01-01", "9999-12-31", "year"),
]  # fmt: skip


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "edtf", "display", "earliest", "latest", "precision"), DATES)
def test_dates_that_editors_write(text, edtf, display, earliest, latest, precision):
    date = EventDate.parse(text)
    assert (date.edtf, date.display(), str(date)) == (edtf, display, display)
    assert (date.earliest, date.latest) == (day(earliest), day(latest))
    assert date.precision is Precision(precision)
    assert EventDate.from_edtf(edtf) == date


@given(event_dates)
def test_printed_date_is_read_as_the_same_date(date):
    assert EventDate.parse(date.display()) == date
    assert EventDate.parse(date.display().upper()) == date
    assert read_wording(date.display()) == (date, "")


@given(event_dates)
def test_edtf_is_read_as_the_same_date(date):
    assert EventDate.from_edtf(date.edtf) == date
    assert hash(EventDate.from_edtf(date.edtf)) == hash(date)


@given(event_dates)
def test_bounds_are_in_order_and_open_at_one_end_at_most(date):
    bounds = [bound for bound in (date.earliest, date.latest) if bound]
    assert bounds
    assert bounds == sorted(bounds)


@given(st.text())
def test_arbitrary_text_is_read_or_refused_with_a_sentence(text):
    try:
        date = EventDate.parse(text)
    except UnreadableDate:
        return
    assert EventDate.parse(date.display()) == date


WORDS = """feb 24 2022 dec 6 7 – - to since before until after c. circa early mid late 1990s q3 summer winter 33 0
    01/02/2026 utc 14:30 pm ad of the , . / ~ present""".split()


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.sampled_from([" ", "", "-"]))
def test_words_of_dates_in_any_order_are_read_or_refused(words, joint):
    text = joint.join(words)
    try:
        date, label = read_wording(text)
    except UnreadableDate:
        return
    assert label in ("", text.strip())
    assert EventDate.parse(date.display()) == date


def test_day_is_never_invented():
    for text in ("2022", "Feb 2022", "1990s", "Summer 2023", "Q1 2022", "Early 2022", "since 2014", "Jan–Mar 2025"):
        date, _ = read_wording(text)
        assert all(len(stop.strip("~")) < len("2022-01-01") for stop in date.edtf.split("/"))


ORDER = [
    "1980s–1990s", "since 1990", "1990s", "1990–1991", "1990", "c. 1990", "Q1 1990", "Jan 1990", "Jan 1–2 1990",
    "Jan 1 1990", "c. Jan 1 1990", "Jan 1 1990, 00:00 UTC+14:00", "Jan 1 1990, 00:00 UTC",
    "Jan 1 1990, 09:00 UTC+01:00", "Jan 1 1990, 09:00 UTC", "Jan 1 1990, 00:00 UTC−12:00", "Jan 2 1990", "Spring 1990",
    "before 1991", "1991",
]  # fmt: skip


def test_longer_dates_stand_before_what_they_begin_with():
    dates = [EventDate.parse(text) for text in ORDER]
    shuffled = random.Random(1).sample(dates, len(dates))
    assert [str(date) for date in sorted(shuffled)] == [str(date) for date in dates]


@given(event_dates, event_dates, event_dates)
def test_order_is_total_and_agrees_with_equality(a, b, c):
    assert (a == b) == (a.sort_key == b.sort_key)
    assert (a < b) + (a == b) + (a > b) == 1
    assert not (a < b < c) or a < c


@given(event_dates, event_dates)
def test_what_is_over_before_another_begins_stands_first(a, b):
    if a.latest and b.earliest and a.latest < b.earliest:
        assert a < b


@given(st.integers(1, 9998), st.integers(1, 12))
def test_month_stands_at_the_head_of_its_days(year, month):
    whole = EventDate.from_edtf(f"{year:04}-{month:02}")
    first, last = EventDate.from_edtf(f"{whole.earliest}"), EventDate.from_edtf(f"{whole.latest}")
    assert EventDate.from_edtf(f"{year:04}") < whole < first < last < whole_after(whole)


def whole_after(month: EventDate) -> EventDate:
    assert month.latest
    following = month.latest + dt.timedelta(1)
    return EventDate.from_edtf(f"{following:%Y-%m}" if following.year > 999 else f"{following.isoformat()[:7]}")


PARTS = [
    ("Feb 24 2022", [("Feb 24 2022", "2022-02-24")]),
    ("July 2024", [("July 2024", "2024-07")]),
    ("2019", [("2019", "2019")]),
    ("Dec 6-7 2025", [("Dec 6", "2025-12-06"), ("–", None), ("7 2025", "2025-12-07")]),
    ("Nov 28 – Dec 3 2025", [("Nov 28", "2025-11-28"), (" – ", None), ("Dec 3 2025", "2025-12-03")]),
    ("1990s", [("1990s", None)]),
    ("Summer 2023", [("Summer 2023", None)]),
    ("Q3 2024", [("Q3 2024", None)]),
    ("c. 1990", [("c. ", None), ("1990", "1990")]),
    ("since 2014", [("since ", None), ("2014", "2014")]),
    ("before 1945", [("before ", None), ("1945", "1945")]),
    ("Mar 3 2024, 14:30 UTC", [("Mar 3 2024, 14:30 UTC", "2024-03-03T14:30:00Z")]),
    ("AD 33", [("AD 33", "0033")]),
]


@pytest.mark.parametrize(("text", "parts"), PARTS)
def test_parts_carry_the_values_that_html_has(text, parts):
    assert EventDate.parse(text).parts() == [TimePart(*part) for part in parts]


@given(event_dates)
def test_parts_make_up_the_display(date):
    assert "".join(part.text for part in date.parts()) == date.display()
    assert all(part.text for part in date.parts())


@given(event_dates)
def test_time_values_are_valid_html(date):
    for _, value in date.parts():
        if value is None:
            continue
        if len(value) > 10:
            assert dt.datetime.fromisoformat(value).tzinfo
        else:
            assert dt.date.fromisoformat(f"{value}-01-01"[:10])
            assert len(value) in (4, 7, 10)


WORDINGS = [
    ("Early 2026", "2026", "Early 2026"),
    ("Mid-July 2024", "2024-07", "Mid-July 2024"),
    ("Mid\u2011July\u202f2024", "2024-07", "Mid\u2011July\u202f2024"),
    ("Late 1990s", "199X", "Late 1990s"),
    ("mid-to-late 1990s", "199X", "mid-to-late 1990s"),
    ("late 2021 – early 2022", "2021/2022", "late 2021 – early 2022"),
    ("since early 2014", "2014/..", "since early 2014"),
    ("the end of 2024", "2024", "the end of 2024"),
    ("First half of 2024", "2024", "First half of 2024"),
    ("H1 2024", "2024", "H1 2024"),
    ("after 2014", "2015/..", "after 2014"),
    ("after Feb 28 2024", "2024-02-29/..", "after Feb 28 2024"),
    ("since the 1990s", "1990/..", "since the 1990s"),
    ("before the 1990s", "../1989", "before the 1990s"),
    ("until the 1990s", "../1999", "until the 1990s"),
    ("since Q3 2024", "2024-07/..", "since Q3 2024"),
    ("Q3–Q4 2024", "2024-07/2024-12", "Q3–Q4 2024"),
    ("c. 1985 – 1990s", "1985~/1999", "c. 1985 – 1990s"),
    ("Winter 2023–24", "2023-24", "Winter 2023–24"),
    ("the winter of 1999 – 2000", "1999-24", "the winter of 1999 – 2000"),
    ("Winter 1999–00", "1999-24", "Winter 1999–00"),
    ("  Feb 24 2022 ", "2022-02-24", ""),
]


@pytest.mark.parametrize(("text", "edtf", "label"), WORDINGS)
def test_wording_beyond_edtf_becomes_the_label_of_a_date_that_contains_it(text, edtf, label):
    assert read_wording(text) == (EventDate.from_edtf(edtf), label)
    assert split_wording(text) == WordedDate(edtf, label, "")


@pytest.mark.parametrize("text", [text for text, _, label in WORDINGS if label])
def test_wording_beyond_edtf_is_no_date_alone(text):
    with pytest.raises(UnreadableDate, match="says more than a date can") as caught:
        EventDate.parse(text)
    assert caught.value.code == "vague"


def test_unreadable_wording_is_kept_with_the_reason():
    kept = split_wording(" Feb 30 2024\u202f")
    assert (kept.edtf, kept.label) == ("", "Feb 30 2024")
    assert "29 days" in kept.error
    assert kept.wording == "Feb 30 2024"


def test_no_wording_is_no_date_and_no_error():
    assert split_wording(" \u202f ") == WordedDate("", "", "")


@given(event_dates)
def test_wording_of_a_kept_date_is_kept_as_the_same(date):
    kept = WordedDate(date.edtf)
    assert split_wording(kept.wording) == kept


LINES = [
    ("Feb 24 2022 – Talks begin", "Feb 24 2022", "Talks begin"),
    ("July 2024 – Talks – again – begin", "July 2024", "Talks – again – begin"),
    ("Nov 28 – Dec 3 2025 – Talks – again", "Nov 28 – Dec 3 2025", "Talks – again"),
    ("Nov 28-Dec 3 2025 - Talks", "Nov 28-Dec 3 2025", "Talks"),
    ("Dec 6\u20117\u202f2025 – Talks", "Dec 6\u20117\u202f2025", "Talks"),
    ("Dec 30 2025 – Jan 2 2026 – Talks", "Dec 30 2025 – Jan 2 2026", "Talks"),
    ("2019 – 2021 was better – for some", "2019", "2021 was better – for some"),
    ("Winter 2023 – 24 – or more – days", "Winter 2023", "24 – or more – days"),
    ("2011 – 12 delegations come", "2011", "12 delegations come"),
    ("2021 – 2022 – Talks", "2021 – 2022", "Talks"),
    ("Mar 3 2024, 14:30 UTC – Talks", "Mar 3 2024, 14:30 UTC", "Talks"),
    ("Early 2026 – Talks", "Early 2026", "Talks"),
    ("  c. 1990 — Talks  ", "c. 1990", "Talks"),
    ("Feb 24 2022—Talks", "Feb 24 2022", "Talks"),
    ("Feb 24 2022: Talks", "Feb 24 2022", "Talks"),
    ("Feb 24 2022\tTalks\tagain", "Feb 24 2022", "Talks\tagain"),
    ("Feb 24 2022 | Talks | again", "Feb 24 2022", "Talks | again"),
    ("Feb 24 2022|Talks", "Feb 24 2022", "Talks"),
    ("Dec 6–7 2025\tTalks – again", "Dec 6–7 2025", "Talks – again"),
    ("Feb 24 2022 –", "Feb 24 2022", ""),
    ("Nov 28 – Dec 3 2025", "Nov 28 – Dec 3 2025", ""),
]
UNREADABLE_LINES = [
    ("Feb 30 2024 – Talks", "Feb 30 2024", "Talks"),
    ("01/02/2026 – Talks", "01/02/2026", "Talks"),
    ("yesterday – Talks", "yesterday", "Talks"),
    ("Feb 24 – Talks", "Feb 24", "Talks"),
    ("May – Talks", "May", "Talks"),
    ("Febuary 24 2022 – Talks", "Febuary 24 2022", "Talks"),
    ("24 février 2022 – Talks", "24 février 2022", "Talks"),
    ("Thursday, Feb 24 2022 – Talks", "Thursday, Feb 24 2022", "Talks"),
    ("Dec 30 – Jan 2 2026 – Talks – again", "Dec 30 – Jan 2 2026", "Talks – again"),
    ("Dec 2025 – Jan 2024 – Talks", "Dec 2025 – Jan 2024", "Talks"),
    ("Feb 24 – Dec 3 – Talks", "Feb 24 – Dec 3", "Talks"),
    ("Mar 3 2024, 14:30 EST – Talks", "Mar 3 2024, 14:30 EST", "Talks"),
]


@pytest.mark.parametrize(("line", "wording", "rest"), LINES + UNREADABLE_LINES)
def test_line_is_divided_after_its_date(line, wording, rest):
    assert match_date_prefix(line) == (wording, rest)


@pytest.mark.parametrize(("line", "wording", "rest"), UNREADABLE_LINES)
def test_head_that_was_meant_as_a_date_can_be_reported(line, wording, rest):
    assert split_wording(wording).error


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "–",
        "Talks begin",
        "The talks – they go on",
        "12 – people",
        "Talks at 14:30 – in vain",
        "A ratio of 3:1 – again",
    ],
)
def test_line_without_date_is_left_alone(line):
    assert match_date_prefix(line) is None


@given(
    event_dates,
    st.sampled_from([" – ", " - ", " — ", " \u2011 "]),
    st.sampled_from(["Talks", "Talks – again", "12 – or more"]),
)
def test_line_of_any_date_is_divided(date, dash, rest):
    assert match_date_prefix(f"{date}{dash}{rest}") == (str(date), rest)


@given(st.text())
def test_any_line_is_divided_or_left_alone(line):
    divided = match_date_prefix(line)
    assert divided is None or (divided.wording in line and divided.rest in line)


@pytest.mark.parametrize("filling", ["a", " ", "-", " – ", "1 ", "0", "\u202f", "Dec 6-7 2025 – ", "14:30 ", ": "])
def test_five_megabytes_are_refused_at_once(filling):
    text = filling * (5_000_000 // len(filling))
    with pytest.raises(UnreadableDate):
        EventDate.parse(text)
    match_date_prefix(text)
    match_date_prefix("Dec 6-7 2025 – " + text)


def test_reference_timeline_is_read(shared_story):
    lines = shared_story.split("\nTimeline\n")[1].split("\nDive deeper")[0].splitlines()
    divided = [match_date_prefix(line) for line in lines if line.strip()]
    precisions = [EventDate.parse(line.wording).precision for line in divided if line]
    assert len(precisions) == len(divided) == 30
    assert {kind: precisions.count(kind) for kind in set(precisions)} == {"day": 28, "month": 1, "range": 1}


def test_day_of_a_time_is_the_one_that_readers_see():
    date = EventDate.parse("Mar 3 2024, 00:30 UTC+02:00")
    assert isinstance(date.span.start, Moment)
    assert date.earliest == date.latest == dt.date(2024, 3, 3)


@pytest.mark.parametrize(
    ("label", "edtf", "after", "before"),
    [
        ("Late October 2026", "2026-10", "2026-10-14", "2026-10-22"),
        ("late october, 2026", "2026-10", "2026-10-20", "2026-10-21"),
        ("mid-October 2026", "2026-10", "2026-10-10", "2026-10-12"),
        ("Early October 2026", "2026-10", "2026-09-30", "2026-10-01"),
        ("second half of 2024", "2024", "2024-06-30", "2024-07-03"),
        ("the end of 2024", "2024", "2024-08", "2024-09"),
        ("late 2023 – early 2024", "2023/2024", "2023-08-31", "2023-09-02"),
        ("since late 2014", "2014/..", "2014-08-31", "2014-09-02"),
        ("2024 – late 2025", "2024/2025", "2023-12-31", "2024"),
        ("Jan–mid-Mar 2025", "2025-01/2025-03", "2024-12-31", "2025-01"),
        ("Q3–Q4 2024", "2024-07/2024-12", "2024-06-30", "2024-07"),
        ("The end of the harbour strike", "2026-10", "2026-09-30", "2026-10-01"),
        ("Late 2025", "2026-10", "2026-09-30", "2026-10-01"),
    ],
)
def test_a_label_that_names_a_part_of_its_date_stands_where_that_part_begins(label, edtf, after, before):
    assert place_in_time(after) < place_in_time(edtf, label) < place_in_time(before)


def test_what_has_no_readable_date_stands_last():
    assert place_in_time("9999-12-31") < place_in_time("", "some day")

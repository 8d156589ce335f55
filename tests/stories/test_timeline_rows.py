"""Events under years and months; what cites a source; which way round."""

import pytest

from stories.timeline_rows import cited_by_events, citing, newest_first, years_of
from timelines.dates import EventDate


def timeline(*dates, cites=()):
    return years_of([entry(k, date, cites[k - 1 : k]) for k, date in enumerate(dates, 1)], lambda id: f"of {id}")


def entry(k, date, cites=()):
    found = EventDate.from_edtf(date) if date else None
    bounds = [str(day) if day else None for day in (found.earliest, found.latest)] if found else [None, None]
    sentences = [{"id": f"t{k}.1", "text": "It moved.", "cites": list(numbers)} for numbers in cites]
    return {
        "id": f"t{k}",
        "date": date,
        "label": "",
        "earliest": bounds[0],
        "latest": bounds[1],
        "sentences": sentences,
    }


def shown(years):
    return [(year.number, [(m.number, [event.id for event in m.events]) for m in year.months]) for year in years]


def test_events_stand_under_the_month_that_their_date_names():
    years = timeline("2024", "2024-02-03", "2024-02-29T10:00:00Z", "2024-07", "2025-12-06/2026-01-02")
    assert shown(years) == [
        (2024, [(0, ["t1"]), (2, ["t2", "t3"]), (7, ["t4"])]),
        (2025, [(12, ["t5"])]),
    ]
    assert [month.id for year in years for month in year.months] == [
        "",
        "month-2024-02",
        "month-2024-07",
        "month-2025-12",
    ]


@pytest.mark.parametrize("date", ["2024", "2024-21", "2024-34", "202X", "../2024", "2024/.."])
def test_no_month_is_named_that_the_date_does_not_say(date):
    (year,) = timeline(date)
    assert [month.number for month in year.months] == [0]
    assert not year.names_months


def test_event_that_stands_behind_a_later_year_names_no_month_of_its_own():
    assert shown(timeline("1995", "1991-03")) == [(1995, [(0, ["t1", "t2"])])]


def test_months_that_are_taken_up_again_give_no_id_twice():
    (year,) = timeline("2024-03", "2024-21", "2024-03-05")
    assert [(month.number, month.id) for month in year.months] == [(3, "month-2024-03"), (0, ""), (3, "")]


def test_undated_events_have_an_anchor():
    assert [(year.number, year.id) for year in timeline("")] == [(0, "year-undated")]


def test_only_events_that_cite_the_source_stay():
    years = timeline("2023-01", "2024-02", "2024-03", cites=[{6}, {6, 9}, {9}])
    assert shown(citing(years, 9)) == [(2024, [(2, ["t2"]), (3, ["t3"])])]
    assert citing(years, 7) == []
    assert cited_by_events(years) == {6: 2, 9: 2}


def test_newest_first_turns_years_months_and_events():
    years = timeline("2023-01", "2024-02-01", "2024-02-02", "2024-03")
    assert shown(newest_first(years)) == [(2024, [(3, ["t4"]), (2, ["t3", "t2"])]), (2023, [(1, ["t1"])])]

"""Timeline lines: dates, wording, and the order in time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.importing.events import read_events
from stories.importing.lines import lines_of
from stories.importing.report import Code, Report


def events_in(text):
    report = Report()
    return read_events(lines_of(text), 1, report), report.in_order()


def test_each_shape_of_line_is_one_event():
    events, report = events_in(
        "1950 – Keepers serve [3].\n"
        "Dec\u202f6\u20117\u202f2025\u202f–\u202fTalks end.\n"
        "Early 2026 — A tender opens.\n"
        "• Feb 17, 2026: Ballots are counted.\n"
        "Feb 18 2026\n"
        "The strike begins."
    )
    assert [(event.line, event.date, event.label, event.text) for event in events] == [
        (1, "1950", "", "Keepers serve [3]."),
        (2, "2025-12-06/2025-12-07", "", "Talks end."),
        (3, "2026", "Early 2026", "A tender opens."),
        (4, "2026-02-17", "", "Ballots are counted."),
        (5, "2026-02-18", "", "The strike begins."),
    ]
    assert report == []


def test_unreadable_dates_are_kept_as_wording_and_reported():
    events, report = events_in("01/02/2026 – Ambiguous.\nFeb 30 2026 – Never.\nNobody knows when.\n3rd day: Later.")
    assert [(event.date, event.label, event.text) for event in events] == [
        ("", "01/02/2026", "Ambiguous."),
        ("", "Feb 30 2026", "Never."),
        ("", "", "Nobody knows when."),
        ("", "3rd day", "Later."),
    ]
    assert [(entry.line, entry.code) for entry in report] == [(line, Code.UNREADABLE_DATE) for line in (1, 2, 3, 4)]


def test_events_out_of_order_are_moved_and_named_by_line():
    events, report = events_in(
        "Dec 1 2025 – a.\nDec 1 2025 – b.\nDec 1 2025 – c.\nNov 30 2025 – d.\nNov 30 2025 – e.\nDec 2 2025 – f."
    )
    assert "".join(event.text[0] for event in events) == "deabcf"
    assert [(entry.line, entry.code) for entry in report] == [(4, Code.OUT_OF_ORDER), (5, Code.OUT_OF_ORDER)]


def test_one_event_too_early_is_named_not_all_that_follow_it():
    _, report = events_in("2026 – a.\n2020 – b.\n2021 – c.\n2022 – d.")
    assert [entry.line for entry in report] == [1]


def test_timeline_written_newest_first_is_turned_round():
    events, report = events_in("2022 – d.\n2021 – c.\n2021 – b.\n2020 – a.")
    assert "".join(event.text[0] for event in events) == "abcd"
    assert [entry.code for entry in report] == [Code.OUT_OF_ORDER]


WORDING = st.sampled_from(
    ["1950", "July 2024", "Feb 24 2022", "Dec 6-7 2025", "Q3 2024", "01/02/2026", "someday", "c. 1990"]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDING, st.text("abc [1]–:-", max_size=20)), max_size=20))
def test_no_event_is_lost_and_readable_ones_stand_in_time_order(pairs):
    text = "\n".join(f"{wording} – x{rest}" for wording, rest in pairs)
    events, _ = events_in(text)
    assert len(events) == len(pairs)
    assert [event.place_in_time for event in events] == sorted(event.place_in_time for event in events)

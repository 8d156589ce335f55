"""Pasted timeline lines, each taken apart into date and text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.importing.event_lines import MOST_LINES, read_event_lines
from stories.importing.report import Refused


def told(text):
    return [(event.date.edtf, event.date.label, event.text) for event in read_event_lines(text)]


THIRTY = [
    ("Feb 24 2022 – Ferries stop [1].", "2022-02-24", "", "Ferries stop [1]."),
    ("July 2024 — Ferries sail.", "2024-07", "", "Ferries sail."),
    ("Dec 6–7 2025 – They stop again – for good.", "2025-12-06/2025-12-07", "", "They stop again – for good."),
    ("Dec 6\u20117\u202f2025\u202f–\u202fThey stop.", "2025-12-06/2025-12-07", "", "They stop."),
    ("Feb 24, 2022: Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("2014–2015 – No ferry sails.", "2014/2015", "", "No ferry sails."),
    ("2014-15 - No ferry sails.", "2014/2015", "", "No ferry sails."),
    ("Nov 28 – Dec 3 2025 – A strike.", "2025-11-28/2025-12-03", "", "A strike."),
    ("Feb 24 2022\tFerries stop.", "2022-02-24", "", "Ferries stop."),
    ("Feb 24 2022 | Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("| Feb 24 2022 | Ferries stop. |", "2022-02-24", "", "Ferries stop."),
    ("• Feb 24 2022 – Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("- Feb 24 2022 - Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("* Feb 24 2022: Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("**Feb 24 2022** – Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("**Feb 24 2022:** Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("- **Feb 24 2022** Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("2022-02-24: Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("24 February 2022 – Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("24.02.2022 – Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("Early 2026 – Ferries may sail.", "2026", "Early 2026", "Ferries may sail."),
    ("Since 2014: Fewer ferries.", "2014/..", "", "Fewer ferries."),
    ("c. 1990 – The first ferry.", "1990~", "", "The first ferry."),
    ("1990s – Many ferries.", "199X", "", "Many ferries."),
    ("Mar 3 2024, 14:30 UTC – A horn sounds.", "2024-03-03T14:30:00Z", "", "A horn sounds."),
    ("Feb 24 2022–Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("Feb 24 2022:Ferries stop.", "2022-02-24", "", "Ferries stop."),
    ("2022 – 12 ferries stop: none sails.", "2022", "", "12 ferries stop: none sails."),
    ("Dec 2025–Feb 2026 – Winter timetable.", "2025-12/2026-02", "", "Winter timetable."),
    ("Feb 24 2022\tFerries\tstop.", "2022-02-24", "", "Ferries stop."),
]


def test_thirty_ways_to_write_a_line_are_thirty_events_in_the_texts_order():
    events = read_event_lines("\n".join(line for line, *_ in THIRTY))
    assert [event.line for event in events] == list(range(1, 31))
    assert [(event.date.edtf, event.date.label, event.text) for event in events] == [tuple(each) for _, *each in THIRTY]
    assert not any(event.problem for event in events)


@pytest.mark.parametrize(
    ("line", "label", "text", "problem"),
    [
        ("Feb 30 2026 – Never.", "Feb 30 2026", "Never.", "Feb 30 2026"),
        ("01/02/2026 – Either.", "01/02/2026", "Either.", "may mean"),
        ("3rd day: Later.", "3rd day", "Later.", "“3rd day” cannot be read"),
        ("Nobody knows when.", "", "Nobody knows when.", "No date stands before"),
        ("The boats – they sail.", "", "The boats – they sail.", "No date stands before"),
        ("Feb 24 – No year.", "Feb 24", "No year.", "names no year"),
    ],
)
def test_a_line_without_a_readable_date_is_kept_with_its_wording_and_a_problem(line, label, text, problem):
    (event,) = read_event_lines(line)
    assert (event.date.edtf, event.date.label, event.text) == ("", label, text)
    assert problem in event.problem


def test_a_date_alone_takes_the_line_below_as_its_text_and_says_where_there_is_none():
    events = read_event_lines("Feb 24 2022\nFerries stop.\n\nJuly 2024\n\nAug 2024 – They sail.")
    assert [(event.line, event.date.edtf, event.text) for event in events] == [
        (1, "2022-02-24", "Ferries stop."),
        (4, "2024-07", ""),
        (6, "2024-08", "They sail."),
    ]
    assert [bool(event.problem) for event in events] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Feb 24 2022 – Ferries stop,\nand buses too.\nJuly 2024 – They sail.",
        "• Feb 24 2022 – Ferries stop,\n  and buses too.\n• July 2024 – They sail.",
        "Feb 24 2022 – Ferries\nstop, and buses too.\n\nJuly 2024 – They sail.",
        "1. Feb 24 2022 – Ferries stop, and buses too.\n2. July 2024 – They sail.",
        "\ufeffFeb 24 2022 – Ferries stop, and buses too.\r\n\r\n\r\nJuly 2024 – They sail.\r\n",
    ],
)
def test_continuation_lines_numbering_and_blank_lines_make_no_events(text):
    assert told(text) == [("2022-02-24", "", "Ferries stop, and buses too."), ("2024-07", "", "They sail.")]


def test_dated_lines_of_one_width_are_not_one_broken_paragraph():
    lines = [f"c. 19{n}0 – The harbour gets its ferry number {n}, and keeps it" for n in range(1, 6)]
    assert [event.date.edtf for event in read_event_lines("\n".join(lines))] == [f"19{n}0~" for n in range(1, 6)]


def test_too_many_lines_are_refused_at_the_first_beyond():
    with pytest.raises(Refused, match="at most 10000") as refusal:
        read_event_lines("2024 – x.\n" * (MOST_LINES + 1))
    assert refusal.value.line == MOST_LINES + 1


def test_reference_timeline_is_thirty_dated_events(shared_story):
    events = read_event_lines(shared_story.split("\nTimeline\n")[1].split("\nDive deeper")[0])
    assert len(events) == 30
    assert all(event.date.edtf and event.text and not event.problem for event in events)


@settings(max_examples=100)
@given(st.lists(st.text("ab. [1]<&–•#(:)A|\t*2014", max_size=30), max_size=20))
def test_no_word_is_lost(lines):
    events = read_event_lines("\n".join(lines))
    kept = "".join(f"{event.written} {event.text}" for event in events)
    for letter in "abA[<&#":
        assert kept.count(letter) == "".join(lines).count(letter)

"""Paragraphs and headings of a pasted text."""

import pytest

from stories.importing.lines import lines_of
from stories.importing.report import Code, Report
from stories.importing.sections import read_sections


def sections_in(text):
    report = Report()
    sections = read_sections(lines_of(text), [], report)
    return [(section.heading, [line.text for line in section.paragraphs]) for section in sections], report.entries


def test_headings_on_lines_of_their_own_are_certain():
    sections, report = sections_in(
        "What happened\n\nOne [1]. Two.\n\nThree.\n\n# What is next?\n\nFour.\n\nWhy in the U.S.\nFive."
    )
    assert sections == [
        ("What happened", ["One [1]. Two.", "Three."]),
        ("What is next?", ["Four."]),
        ("Why in the U.S.", ["Five."]),
    ]
    assert report == []


def test_paragraph_after_a_heading_of_its_own_is_not_split():
    sections, report = sections_in("Background\n\nPrime Minister Tamsin Oake said The second day was calm.")
    assert len(sections) == 1
    assert report == []


def test_further_paragraphs_of_run_in_sections_are_kept_and_said():
    sections, report = sections_in(
        "Talks Resume in the Harbour The second round opened on Monday [1].\n\nnobody spoke to the press [1]."
    )
    assert [len(paragraphs) for _, paragraphs in sections] == [2]
    assert [(entry.line, entry.code) for entry in report] == [(1, Code.GUESSED_HEADING), (3, Code.GUESSED_HEADING)]


@pytest.mark.parametrize("last", ["Fleet Returns to Port", "Talks Resume in the Harbour The second"])
def test_text_cut_off_after_a_heading_is_kept(last):
    sections, _ = sections_in(f"What happened\n\nOne [1].\n\n{last}")
    assert " ".join([sections[-1][0], *sections[-1][1]]).strip() == last

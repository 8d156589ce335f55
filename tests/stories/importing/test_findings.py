"""What a document itself shows to be amiss."""

from stories.importing.pasted_text import read_pasted_text
from stories.importing.report import Code
from tests.stories.importing.examples import CLEAN


def entries(text, code):
    return [entry for entry in read_pasted_text(text).report if entry.code == code]


def test_reference_has_two_first_names_for_one_surname(shared_story):
    (conflict,) = entries(shared_story, Code.NAME_CONFLICT)
    assert all(name in conflict.message for name in ("Dmytro", "Rustem", "Umerov"))
    assert "Umerov" in shared_story.split("\n")[conflict.line - 1]


def test_reference_has_an_alt_text_that_equals_its_caption(shared_story):
    (entry,) = entries(shared_story, Code.ALT_EQUALS_CAPTION)
    assert "Steve Witkoff" in shared_story.split("\n")[entry.line - 1]


def test_names_on_one_line_are_told_by_their_passages():
    text = "Fleet\n\nHeading\n\nThe mayor, Ilse Quandt, said so. Later Tilda Quandt denied it."
    (conflict,) = entries(text, Code.NAME_CONFLICT)
    assert "passage s1.1" in conflict.message


def test_clean_story_has_neither():
    assert entries(CLEAN, Code.NAME_CONFLICT) + entries(CLEAN, Code.ALT_EQUALS_CAPTION) == []


def test_a_standfirst_that_cites_what_is_not_there_is_reported_at_its_line():
    text = "Headline\nA plain sentence cites [2][9].\nUpdated (3 articles)"
    assert [(entry.line, entry.number) for entry in entries(text, Code.UNRESOLVED_MARKER)] == [(2, 9)]

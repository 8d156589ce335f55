"""Remarks, each at the field that it is about."""

from stories.importing.fields import fields_of
from stories.importing.marking import marks, remarks
from stories.importing.mending import mend
from stories.importing.pasted_text import read_pasted_text
from tests.stories.importing.examples import CLEAN


def told(text, **typed):
    read = read_pasted_text(text)
    fields = fields_of(read) | {name.replace("__", "-"): value for name, value in typed.items()}
    document = mend(read, fields).document
    return {remark.code: remark for remark in remarks(read, document, fields, text)}, marks(read, document, fields)


def test_an_event_out_of_order_is_told_at_its_own_row_though_it_was_moved():
    text = CLEAN.replace("1950 –", "2027 –")
    found, _ = told(text)
    remark = found["out_of_order"]
    assert remark.words.startswith("2027 –")
    read = fields_of(read_pasted_text(text))
    assert read[remark.field] == "2027"


def test_a_remark_on_a_source_leads_to_its_row():
    found, beside = told(CLEAN.replace("(3 articles)", "(4 articles)"))
    assert (found["source_without_details"].field, found["never_cited"].field) == ("sources-3-url", "sources-3-url")
    assert beside["sources-3-url"] == ["No details yet.", "Never cited."]


def test_what_is_announced_is_told_until_it_is_given():
    text = CLEAN.replace("(2 sub-stories)", "(3 sub-stories)")
    assert told(text)[0]["announced_sub_stories"].field == "new_sub_stories"
    assert "announced_sub_stories" not in told(text, new_sub_stories="A third")[0]
    assert "announced_sub_stories" not in told(CLEAN)[0]


def test_a_source_that_got_its_details_is_no_longer_told():
    text = CLEAN.replace("(3 articles)", "(4 articles)")
    assert "source_without_details" not in told(text, sources__3__title="A report")[0]


def test_a_line_that_was_left_out_is_told_with_its_reason():
    remark = told(CLEAN)[0]["left_out"]
    assert (remark.line, remark.words) == (5, "Updated Feb 18 2026, 14:30 UTC (3 articles)")

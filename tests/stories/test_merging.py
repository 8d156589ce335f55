"""Two drafts that grew from one: what is merged by itself, what is a conflict, what is held back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.document import StoryDocument, complete
from stories.merging import Choice, Inseparable, hold_back, is_another_report, merge, renumber
from stories.parts import Part, take_apart
from tests import factories

S1, S2, T1 = Part("section", "s1"), Part("section", "s2"), Part("event", "t1")


def base():
    sections = [
        {"id": f"s{key}", "heading": f"Part {key}", "body": f"<p>Part {key} says this [1]. It says that [2].</p>"}
        for key in (1, 2, 3)
    ]
    timeline = [{"id": f"t{key}", "date": f"2026-03-0{key}", "text": f"Event {key} [1]."} for key in (1, 2)]
    return complete(factories.document(sections=sections, timeline=timeline))


def changed(document, **fields):
    return complete(StoryDocument.model_validate({**document.as_json(), **fields}), previous=document)


def section(document, key, **fields):
    entries = document.as_json()["sections"]
    return changed(document, sections=[{**e, **fields} if e["id"] == key else e for e in entries])


def source(document, number, **fields):
    entries = document.as_json()["sources"]
    return changed(document, sources=[{**e, **fields} if e["number"] == number else e for e in entries])


def bodies(document):
    return {entry.id: entry.body for entry in document.sections}


def test_changes_in_different_sections_merge_by_themselves():
    start = base()
    theirs, yours = section(start, "s1", body="<p>Theirs [1].</p>"), section(start, "s2", body="<p>Yours [2].</p>")
    merged = merge(start, theirs, yours)
    assert merged.conflicts == []
    assert bodies(merged.document)["s1"] == "<p>Theirs [1].</p>"
    assert bodies(merged.document)["s2"] == "<p>Yours [2].</p>"
    assert merged.taken == [S2]


def test_a_source_that_one_removes_while_the_other_cites_it_stays():
    start = changed(base(), sections=[{"id": "s1", "body": "<p>This [1].</p>"}])
    removing = changed(start, sources=[entry for entry in start.as_json()["sources"] if entry["number"] != 2])
    citing = section(start, "s1", body="<p>This [1]. That [2].</p>")
    for theirs, yours in ((removing, citing), (citing, removing)):
        merged = merge(start, theirs, yours)
        assert (merged.conflicts, [entry.number for entry in merged.document.sources]) == ([], [1, 2])
        assert Part("source", "2") not in merged.taken


def test_captions_and_the_standfirst_cite_in_a_merge_too():
    start = changed(base(), sections=[{"id": "s1", "body": "<p>This [1].</p>"}])
    sources = start.as_json()["sources"]
    removing = changed(start, sources=sources[:1])
    other = changed(start, sources=[sources[0], {**sources[1], "url": "https://other.example/", "title": "Other"}])
    caption = {"gallery": [{"caption": "Quay [2]."}]}
    for fields in (caption, {"standfirst": "Says the wire [2]."}):
        citing = changed(start, **fields)
        assert [entry.number for entry in merge(start, removing, citing).document.sources] == [1, 2]
        assert [conflict.part for conflict in merge(start, other, citing).conflicts] == [Part("source", "2")]


def test_a_source_that_gets_another_number_gets_it_in_captions_and_the_standfirst():
    start = base()
    third = {"number": 3, "title": "Theirs"}
    theirs = changed(start, sources=[*start.as_json()["sources"], third])
    cited = {"gallery": [{"caption": "Quay [3]."}], "standfirst": "Says [3, 1]."}
    yours = changed(start, sources=[*start.as_json()["sources"], {**third, "title": "Yours"}], **cited)
    both = merge(start, theirs, yours, {Part("source", "3"): Choice.BOTH}, next_number=4).document
    assert (both.gallery[0].caption, both.standfirst) == ("Quay [4].", "Says [4, 1].")


def test_the_same_section_changed_twice_is_a_conflict_with_all_three_texts():
    start = base()
    theirs, yours = section(start, "s1", body="<p>Theirs [1].</p>"), section(start, "s1", body="<p>Yours [2].</p>")
    merged = merge(start, theirs, yours)
    (conflict,) = merged.conflicts
    assert (conflict.part, conflict.name) == (S1, "Section “Part 1”")
    assert conflict.base.endswith("It says that [2].")
    assert (conflict.theirs, conflict.yours) == ("Part 1\nTheirs [1].", "Part 1\nYours [2].")


@pytest.mark.parametrize(
    ("choice", "text"), [(Choice.THEIRS, "<p>Theirs [1].</p>"), (Choice.YOURS, "<p>Yours [2].</p>")]
)
def test_a_chosen_conflict_is_none(choice, text):
    start = base()
    theirs, yours = section(start, "s1", body="<p>Theirs [1].</p>"), section(start, "s1", body="<p>Yours [2].</p>")
    merged = merge(start, theirs, yours, {S1: choice})
    assert merged.conflicts == []
    assert bodies(merged.document)["s1"] == text


def test_the_same_change_made_twice_is_none():
    start = base()
    both = section(start, "s1", body="<p>The same [1].</p>")
    assert merge(start, both, both).conflicts == []


def test_a_section_that_one_deleted_and_the_other_changed_is_a_conflict():
    start = base()
    without = changed(start, sections=start.as_json()["sections"][1:])
    merged = merge(start, without, section(start, "s1", heading="Changed"))
    assert [(c.part, c.theirs) for c in merged.conflicts] == [(S1, "")]
    assert merge(start, without, start).document.sections[0].id == "s2"
    assert merge(start, start, without).document.sections[0].id == "s2"


def test_sections_that_both_added_stand_behind_their_neighbours():
    start = base()
    entries = start.as_json()["sections"]
    theirs = changed(start, sections=[entries[0], {"id": "s4", "heading": "Theirs"}, *entries[1:]])
    yours = changed(start, sections=[*entries, {"id": "s5", "heading": "Yours"}])
    merged = merge(start, theirs, yours)
    assert [entry.id for entry in merged.document.sections] == ["s1", "s4", "s2", "s3", "s5"]


def test_a_move_on_one_side_is_kept_beside_a_change_on_the_other():
    start = base()
    moved = changed(start, sections=start.as_json()["sections"][::-1])
    for theirs, yours in ((moved, section(start, "s1", heading="New")), (section(start, "s1", heading="New"), moved)):
        merged = merge(start, theirs, yours)
        assert [entry.id for entry in merged.document.sections] == ["s3", "s2", "s1"]
        assert merged.document.sections[2].heading == "New"


def test_two_orders_are_a_conflict():
    start = base()
    entries = start.as_json()["sections"]
    theirs, yours = (
        changed(start, sections=entries[::-1]),
        changed(start, sections=[entries[1], entries[0], entries[2]]),
    )
    merged = merge(start, theirs, yours)
    assert [conflict.name for conflict in merged.conflicts] == ["Order of the sections"]
    chosen = merge(start, theirs, yours, {Part("order", "section"): Choice.YOURS})
    assert [entry.id for entry in chosen.document.sections] == ["s2", "s1", "s3"]


def test_events_that_both_moved_in_time_are_no_conflict_of_order():
    start = base()
    events = start.as_json()["timeline"]
    theirs = changed(start, timeline=[{**events[0], "date": "2027"}, events[1]])
    yours = changed(start, timeline=[events[0], {**events[1], "date": "1999"}])
    merged = merge(start, theirs, yours)
    assert merged.conflicts == []
    assert {entry.id: entry.date for entry in merged.document.timeline} == {"t1": "2027", "t2": "1999"}


def test_fields_of_the_head_are_merged_each_for_itself():
    start = base()
    merged = merge(start, changed(start, headline="Theirs"), changed(start, byline="Yours", slug="yours"))
    assert (merged.document.headline, merged.document.byline, merged.document.slug) == ("Theirs", "Yours", "yours")
    assert [c.name for c in merge(start, changed(start, headline="A"), changed(start, headline="B")).conflicts] == [
        "Headline"
    ]


def added(document, title):
    entry = {"number": 3, "title": title, "url": f"https://report.example/{title}"}
    body = "<p>Part 1 says this [1]. It says that [2].</p>" + f"<p>{title} says so [1, 3].</p>"
    key = {"A": "s1", "B": "s2"}[title]
    return section(changed(document, sources=[*document.as_json()["sources"], entry]), key, body=body)


def test_two_reports_under_one_new_number_are_a_conflict():
    start = base()
    merged = merge(start, added(start, "A"), added(start, "B"))
    (conflict,) = merged.conflicts
    assert (str(conflict.part), conflict.both) == ("source:3", True)


def test_both_reports_are_kept_with_a_new_number_for_yours_and_its_markers():
    start = base()
    both = {Part("source", "3"): Choice.BOTH}
    merged = merge(start, added(start, "A"), added(start, "B"), both, next_number=9)
    assert merged.conflicts == []
    assert [(s.number, s.title) for s in merged.document.sources[2:]] == [(3, "A"), (9, "B")]
    assert "A says so [1, 3]." in bodies(merged.document)["s1"]
    assert "B says so [1, 9]." in bodies(merged.document)["s2"]


def with_source(document, number, **details):
    return changed(document, sources=[*document.as_json()["sources"], {"number": number, **details}])


def test_one_report_that_both_added_under_two_numbers_is_described_once():
    start = base()
    theirs = with_source(start, 3, url="https://one.example/", title="As they call it", outlet="O", outlet_kind="wire")
    yours = with_source(start, 4, url="https://one.example/", title="As you call it", outlet="O", outlet_kind="news")
    merged = merge(start, theirs, yours)
    assert merged.conflicts == []
    assert [(s.number, s.title, s.outlet_kind) for s in merged.document.sources[2:]] == [
        (3, "As they call it", "wire"),
        (4, "As they call it", "wire"),
    ]


def test_another_report_under_a_number_that_the_other_cites_anew_is_a_conflict():
    start = base()
    replaced = source(start, 2, url="https://other.example/", title="Another report")
    cites = section(start, "s3", body="<p>Something new rests on it [2].</p>")
    for theirs, yours in ((replaced, cites), (cites, replaced)):
        (conflict,) = merge(start, theirs, yours).conflicts
        assert str(conflict.part) == "source:2"
        assert "while the other cited it" in conflict.why
    assert merge(start, replaced, section(start, "s3", body="<p>It rests on [1].</p>")).conflicts == []


@pytest.mark.parametrize(
    ("before", "after", "another"),
    [
        ({"url": "https://a.example/", "title": "A"}, {"url": "https://b.example/", "title": "B"}, True),
        ({"url": "https://a.example/", "title": "A"}, {"url": "https://b.example/", "title": "A"}, False),
        ({"url": "https://a.example/", "title": "A"}, {"url": "https://a.example/", "title": "B"}, False),
        ({}, {"url": "https://b.example/", "title": "B"}, False),
        ({"title": "A"}, {"title": "B"}, True),
        ({"title": "A"}, {"title": "A", "url": "https://a.example/"}, False),
    ],
)
def test_another_report_is_told_from_a_mended_one(before, after, another):
    old, new = (factories.document(sources=[{"number": 1, **entry}]).sources[0] for entry in (before, after))
    assert is_another_report(old, new) == another


def test_only_markers_are_renumbered():
    assert renumber("In [2024] he [sic] said [3] and [1, 3–4]; [13].", {3: 9}) == (
        "In [2024] he [sic] said [9] and [1, 9, 4]; [13]."
    )


def test_a_part_is_held_back_in_the_form_that_readers_have():
    live = base()
    draft = section(section(changed(live, headline="New"), "s1", body="<p>New [1].</p>"), "s2", heading="Newer")
    out = hold_back(draft, live, {S1})
    assert (out.headline, bodies(out)["s1"]) == ("New", bodies(live)["s1"])
    assert out.sections[1].heading == "Newer"
    assert [s.id for s in out.sections[0].sentences] == [s.id for s in live.sections[0].sentences]


def test_a_held_back_addition_stays_behind_and_a_held_back_removal_stays_out():
    live = base()
    entries = live.as_json()["sections"]
    draft = changed(live, sections=[*entries[1:], {"id": "s4", "heading": "Added"}])
    assert [s.id for s in hold_back(draft, live, {Part("section", "s4")}).sections] == ["s2", "s3"]
    assert [s.id for s in hold_back(draft, live, {S1}).sections] == ["s1", "s2", "s3", "s4"]


def test_a_sentence_that_moved_goes_out_with_both_its_sections_or_with_none():
    live = base()
    moved = section(live, "s1", body="<p>Part 1 says this [1].</p>")
    body = "<p>Part 2 says this [1]. It says that [2].</p><p>It says that [2].</p>"
    draft = section(moved, "s2", body=body)
    ids = {s.id for s in live.sections[0].sentences} & {s.id for s in draft.sections[1].sentences}
    if ids:
        with pytest.raises(Inseparable):
            hold_back(draft, live, {S1})
    assert hold_back(draft, live, {S1, S2}) == complete(live)


choices = st.sets(st.sampled_from(["s1", "s2", "s3"]))


@given(choices, choices)
def test_merging_takes_each_side_where_only_it_changed(one, other):
    start = base()
    theirs = yours = start
    for key in one:
        theirs = section(theirs, key, body=f"<p>Theirs {key} [1].</p>")
    for key in other:
        yours = section(yours, key, body=f"<p>Yours {key} [1].</p>")
    merged = merge(start, theirs, yours)
    assert {conflict.part.id for conflict in merged.conflicts} == one & other
    for key, body in bodies(merged.document).items():
        side = "Theirs" if key in one else "Yours" if key in other else "Part"
        assert side in body


def test_a_document_that_nobody_changed_comes_out_as_it_went_in():
    start = base()
    assert take_apart(merge(start, start, start).document).values.keys() == take_apart(start).values.keys()
    assert hold_back(start, start, set()) == start

"""The form's fields and the document that they describe."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.importing.fields import ROWS, fields_of, headlines, posted, rows
from stories.importing.mending import as_mended, mend
from stories.importing.pasted_text import read_pasted_text
from stories.importing.story_json import read_story_json
from tests.factories import document
from tests.stories.importing.examples import CLEAN, big_story

READ = read_pasted_text(CLEAN)
FIELDS = fields_of(READ)


def mended(**typed):
    return mend(READ, {**FIELDS, **{name.replace("__", "-"): value for name, value in typed.items()}})


def test_fields_that_nobody_touched_are_the_document_that_was_read(shared_story):
    for text in (CLEAN, shared_story, big_story(20, 60, 30)):
        read = read_pasted_text(text)
        assert mend(read, fields_of(read)).document == read.document
        assert as_mended(read, mend(read, fields_of(read))) == read


def test_a_browsers_line_ends_change_nothing():
    sent = {name: value.replace("\n", "\r\n") for name, value in FIELDS.items()}
    assert mend(READ, posted({**sent, "csrfmiddlewaretoken": "x"})).document == READ.document


def test_a_document_keeps_what_the_fields_do_not_carry():
    given_document = document(
        sections=[
            {"id": "s3", "heading": "One", "body": '<ul><li>A <a href="https://a.example/">link</a> [1].</li></ul>'}
        ],
        timeline=[{"id": "t9", "date": "2026", "label": "Early 2026", "text": "It opens [1]."}],
    )
    (read,) = read_story_json(given_document.model_dump_json())
    assert as_mended(read, mend(read, fields_of(read))) == read
    touched = mend(read, {**fields_of(read), "sections-0-body": "A link [1]. More."}).document
    assert touched.sections[0].body == "<p>A link [1]. More.</p>"
    assert touched.sections[0].id == "s3"


def test_spaces_that_do_not_break_stay_where_a_text_is_mended():
    read = read_pasted_text("Fleet\n\nWhat happened\n\nOn 3\u202fMarch the boats left\u00a0[1].")
    body = fields_of(read)["sections-0-body"]
    assert mend(read, {**fields_of(read), "sections-0-body": body + " Again."}).document.sections[0].body == (
        "<p>On 3\u202fMarch the boats left&nbsp;[1]. Again.</p>"
    )


def test_another_headline_names_another_story_and_none_names_none():
    other = mended(headline="Another").document
    assert (other.slug, other.uid == READ.document.uid) == ("another", False)
    assert mended(headline="").document.slug == ""


def test_sections_that_are_divided_get_ids_of_their_own():
    document = mended(sections__0__body="A [1].\n# Second\nB.\n## Third\nC.").document
    assert [(section.id, section.heading) for section in document.sections] == [
        ("s1", "What the keepers want"),
        ("s3", "Second"),
        ("s4", "Third"),
        ("s2", "What the coast office says"),
    ]


def test_a_row_that_was_emptied_is_left_out():
    assert len(mended(timeline__0__date="", timeline__0__text=" ").document.timeline) == 2


def test_headlines_are_those_ticked_and_those_added_each_once():
    fields = {**FIELDS, "new_sub_stories": "New\n\n New \nThe Last Keeper of Port Sallow"}
    del fields["sub_stories-0-make"]
    assert headlines(fields) == ("The Last Keeper of Port Sallow", "New")


NAMES = st.sampled_from(
    [f"{part}-{n}-{name}" for part, names in ROWS.items() for n in range(3) for name in (*names, "leave", "make")]
    + [f"{part}-count" for part in ROWS]
    + ["headline", "language", "standfirst", "new_sub_stories"]
)


@settings(max_examples=200)
@given(st.dictionaries(NAMES, st.text("ab1.[]#\n \x07–<&:/-", max_size=30), max_size=12))
def test_whatever_is_sent_is_a_document_or_faults(typed):
    outcome = mend(READ, {**FIELDS, **typed})
    assert (outcome.document is None) == outcome.is_refused


def test_more_rows_than_there_can_be_are_not_walked():
    assert sum(1 for _ in rows({"timeline-count": "99999"}, "timeline")) == 12_000
    assert list(rows({"timeline-count": "99999999"}, "timeline")) == []

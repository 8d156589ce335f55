"""Lists of sources, told by their content and read within bounds."""

import json
import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stories.document import SourceEntry
from stories.source_lists import Kind, read_source_list

BIBTEX = "@article{a, title={A berth opens}, url={https://a.example/1}}"
RIS = "TY  - NEWS\nTI  - A berth opens\nUR  - https://a.example/1\nER  - "


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://a.example/1", Kind.LINES),
        ("[3] https://a.example/1", Kind.LINES),
        ("[A berth opens](https://a.example/1)", Kind.LINES),
        ('["A berth", they say](https://a.example/1)', Kind.LINES),
        ("url,title\nhttps://a.example/1,A berth opens", Kind.TABLE),
        ("Title\tLink\nA berth opens\thttps://a.example/1", Kind.TABLE),
        ("https://a.example/1;A berth opens\nhttps://a.example/2;Another", Kind.TABLE),
        (BIBTEX, Kind.BIBTEX),
        ("  % exported\n\n" + BIBTEX, Kind.BIBTEX),
        (RIS, Kind.RIS),
        (RIS.replace("  - ", " - "), Kind.RIS),
        ('[{"URL": "https://a.example/1"}]', Kind.CSL_JSON),
        ('{"items": [{"URL": "https://a.example/1"}]}', Kind.CSL_JSON),
        ('["https://a.example/1"]', Kind.CSL_JSON),
    ],
)
def test_the_kind_is_told_by_the_content(text, kind):
    read = read_source_list(text)
    assert (read.kind, read.problems) == (kind, [])
    assert read.entries[0].url == "https://a.example/1"


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff"])
def test_nothing_is_an_empty_list(text):
    assert read_source_list(text).entries == read_source_list(text).problems == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_may_end_in_any_way(end):
    read = read_source_list("\ufeff" + end.join(["https://a.example/1", "https://a.example/2"]))
    assert [entry.url for entry in read.entries] == ["https://a.example/1", "https://a.example/2"]


def test_entries_are_numbered_in_their_order_and_tracking_parameters_dropped():
    read = read_source_list("https://b.example/?utm_source=mail\nhttps://a.example/x?fbclid=1&id=7#part")
    assert [(entry.number, entry.url) for entry in read.entries] == [
        (1, "https://b.example/"),
        (2, "https://a.example/x?id=7"),
    ]


def test_one_address_given_twice_is_one_source_with_the_details_of_both_and_said():
    read = read_source_list(
        "url,title,outlet\nhttps://a.example/?utm_id=1,,Harbour Post\nhttps://a.example/,A berth,Strait Wire"
    )
    (entry,) = read.entries
    assert (entry.title, entry.outlet) == ("A berth", "Harbour Post")
    (note,) = read.notes
    assert (note.place, note.sentence) == (
        "Line 3",
        "“https://a.example/” is in the list twice and is one source. Its outlet as given here was left aside.",
    )


def test_two_reports_without_address_are_one_only_if_they_say_the_same():
    read = read_source_list("title,outlet\nA berth,Post\nA berth,Wire\nA berth,Post")
    assert [(entry.title, entry.outlet) for entry in read.entries] == [("A berth", "Post"), ("A berth", "Wire")]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("https://a.example/1," + "x" * 501, "The title is longer than 500 characters. Shorten it."),
        ("https://a.example/" + "x" * 2000 + ",T", "The address is longer than 2000 characters."),
        ("not an address,T", "is not a web address"),
        (",", ""),
        ("ftp://a.example/1,T", "beginning with https:// or http://."),
        ("javascript:alert(1),T", "is not a web address"),
        ("https://a.example/1,half \ud800", "The title contains half a character"),
        (",\u200b", "This has neither an address nor a title."),
    ],
)
def test_what_a_source_cannot_hold_is_a_problem_with_its_words(row, sentence):
    read = read_source_list("url,title\n" + row)
    assert read.entries == []
    if sentence:
        (problem,) = read.problems
        assert (problem.place, problem.words) == ("Line 2", row)
        assert sentence in problem.sentence
        assert read.unread == "url,title\n" + row


@pytest.mark.parametrize(
    ("cell", "published"),
    [
        ("2026-02-18", "2026-02-18"),
        ("Feb 18 2026", "2026-02-18"),
        ("2026-02-18T09:30:00Z", "2026-02-18"),
        ("2026-02-18 09:30", "2026-02-18"),
        ("20260218", "2026-02-18"),
        ('"Wed, 18 Feb 2026 09:30:00 GMT"', "2026-02-18"),
        ("24.12.2025", "2025-12-24"),
    ],
)
def test_a_day_is_read_as_programs_and_people_write_it(cell, published):
    read = read_source_list(f"url,date\nhttps://a.example/,{cell}")
    assert str(read.entries[0].published) == published
    assert read.notes == []


@pytest.mark.parametrize("cell", ["2026", "2026-02", "February 2026", "03/02/2026", "soon", "x" * 200])
def test_what_is_no_day_for_sure_leaves_the_day_empty_and_says_so(cell):
    read = read_source_list(f"url,date\nhttps://a.example/,{cell}")
    assert read.entries[0].published is None
    assert "was left" in read.notes[0].sentence


@pytest.mark.parametrize(
    ("cell", "tag"), [("en", "en"), ("pt_BR", "pt-BR"), ("English", "en"), ("Deutsch", "de"), ("ukr", "uk")]
)
def test_a_language_is_read_by_tag_or_name(cell, tag):
    assert read_source_list(f"url,language\nhttps://a.example/,{cell}").entries[0].language == tag


def test_a_language_that_is_none_is_left_out_and_said():
    read = read_source_list("url,language\nhttps://a.example/,harbour talk")
    assert read.entries[0].language == ""
    assert "harbour talk" in read.notes[0].sentence


def test_letters_that_were_read_in_the_wrong_encoding_are_pointed_out():
    read = read_source_list("url,title\nhttps://a.example/,FÃ¤hren im Winter")
    assert "wrong encoding" in read.notes[0].sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("https://a.example/1\n" * 110_000, "larger than 2 MB"),
        ("x\n" * 60_000, "more than 50000 lines"),
        ("PK\x03\x04\x00\x00", "no text"),
        ("h\x00t\x00t\x00p\x00", "no text"),
        ("".join(f"https://a.example/{n}\n" for n in range(5000)), "about 5,000 entries"),
        ("@misc{x}\n" * 2000, "about 2,000 entries"),
        ("TY  - WEB\n" * 2000, "about 2,000 entries"),
        (json.dumps([{"title": "x"}] * 2000), "about 2,000 entries"),
        ("url,title\n" + "https://a.example,x\n" * 2000, "about 2,001 entries"),
    ],
)
def test_what_is_too_much_or_no_text_is_refused_whole_and_kept(text, sentence):
    read = read_source_list(text)
    assert (read.entries, len(read.problems)) == ([], 1)
    assert sentence in read.problems[0].sentence
    assert read.unread == text


def test_a_story_s_999_sources_are_read_and_the_rest_left():
    lines = [f"https://a.example/{number}" for number in range(1, 1003)]
    read = read_source_list("\n".join([*lines, lines[0]]))
    assert (len(read.entries), read.entries[-1].number) == (999, 999)
    assert read.unread.split("\n") == lines[999:]
    assert "At most 999" in read.problems[0].sentence


HOSTILE = {
    "nested braces": "@article{a, title={" + "{" * 300_000 + "}" * 300_000 + "}}",
    "braces that never close": "@article{x, title={" * 1_000 + "{" * 500_000,
    "strings that double": "@string{s0={lol}}\n"
    + "".join(f"@string{{s{n} = {' # '.join([f's{n - 1}'] * 10)}}}\n" for n in range(1, 200))
    + "@article{x, title=s199, url={https://a.example}}",
    "a string of itself": "@string{a = a # a # a}\n@article{x, title=a}",
    "names of braces": "@article{x, title={x}, author={" + "{" * 2_000 + " and " * 500 + "}" * 2_000 + "}}",
    "LaTeX that nests": "@article{x, title={" + "\\'{" * 600 + "e" + "}" * 600 + "}}",
    "LaTeX that lacks": "@article{x, title={" + "\\frac" * 300 + "$" * 301 + "\\begin{a}\\verb\\" + "}}",
    "one huge line": "x" * 1_900_000,
    "one huge address": "https://a.example/" + "x" * 1_900_000,
    "quotation marks": "url,title\n" + 'a,"' * 500_000,
    "columns": "url" + ",x" * 500_000 + "\nhttps://a.example" + ",x" * 50_000,
    "nested JSON": '{"a":' * 300_000,
    "a huge number": '[{"title": "x", "issued": {"date-parts": [[' + "9" * 6_000 + "]]}}]",
    "JSON of other shapes": '[1, null, true, NaN, [[]], "x", {}, {"title": []}, {"author": {"a": 1}, "title": {}}]',
    "odd CSL": '[{"title": "x", "author": [1, null, {"family": 5}], "issued": {"date-parts": [[null, {}]]}, "URL": 7}]',
    "records without end": "TY  - NEWS\n" * 1_400,
    "a record without tags": "TY  - NEWS\n" + "words\n" * 2_000 + "ER  - ",
    "a record that begins with words": "TY  - \n  and more\nUR\nUR  - \n  https://a.example\nER  - ",
    "brackets": "[" * 900_000,
    "links": "[a](" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_sentences(name):
    read = read_source_list(HOSTILE[name])
    assert all(problem.sentence.endswith(".") for problem in read.problems)
    assert all(note.sentence.endswith(".") for note in read.notes)
    assert read.entries or read.problems


def test_strings_that_double_are_not_expanded():
    read = read_source_list(HOSTILE["strings that double"])
    assert read.entries == []
    assert "longer than 20000" in read.problems[0].sentence


PIECES = [
    *"{}[]\"'@,;\t\n\r#=\\$%~()<>|-",
    "https://a.example/",
    "@article{",
    "@string{",
    "title",
    "url,",
    "TY  - ",
    "ER  - ",
    "UR  - ",
    '{"items":',
    '[{"title":',
    "Dec 3 2025",
    "\u202f",
    "\x00",
    "\ud800",
    "é",
    " and ",
    "\\'",
]


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@example("@article{x, author={and and , , and}}")
@example("TY  - NEWS\nAU  - ,,,\nUR  - \nER  - ")
def test_any_text_is_a_list_and_what_is_left_can_be_read_again(text):
    read = read_source_list(text)
    assert [entry.number for entry in read.entries] == list(range(1, len(read.entries) + 1))
    for entry in read.entries:
        assert SourceEntry.model_validate(entry.model_dump()) == entry
    assert all(problem.sentence.endswith((".", "!", "?")) for problem in read.problems)
    assert bool(read.unread) == any(problem.words.strip() for problem in read.problems)
    read_source_list(read.unread)


@pytest.mark.parametrize("seed", range(5))
def test_every_line_becomes_a_source_or_is_left(seed):
    chosen = random.Random(seed)
    lines = [chosen.choice(["https://a.example/%d", "words %d", "T – O – https://b.example/%d"]) % n for n in range(50)]
    read = read_source_list("\n".join(["first words", *lines]))
    assert len(read.entries) + len(read.unread.split("\n")) == 51

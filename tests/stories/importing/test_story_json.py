"""StoryDocuments as JSON: what is read, and how each fault is said."""

import json

import pytest

from stories.importing.pasted_text import read_pasted_text
from stories.importing.report import Code
from stories.importing.story_json import read_story_json
from tests.stories.importing.examples import CLEAN

UID = "0a9dc0de-0000-4000-8000-000000000001"


def story(**values):
    return {"uid": UID, "headline": "Fleet Returns", **values}


def refusals(text):
    return [
        (entry.line, entry.message) for one in read_story_json(text) for entry in one.report if entry.code == "refused"
    ]


def test_document_comes_back_as_it_was():
    document = read_pasted_text(CLEAN).document
    (imported,) = read_story_json(json.dumps(document.as_json()))
    assert imported.document == document
    assert imported.is_whole


def test_bounds_are_read_where_they_are_missing_and_sentences_left_to_the_draft_they_continue():
    event = {"id": "t1", "date": "2024-07", "text": "It sails [1]."}
    (imported,) = read_story_json(json.dumps(story(timeline=[event], sources=[{"number": 1}])))
    (timeline,) = imported.document.timeline
    assert timeline.earliest.isoformat() == "2024-07-01"
    assert timeline.sentences == []


def test_list_is_read_story_by_story_with_the_line_of_each():
    text = (
        "[\n" + json.dumps(story()) + ",\n" + json.dumps({"uid": 3}) + ",\n\n" + json.dumps(story(byline="B")) + "\n]"
    )
    read = read_story_json(text)
    assert [one.document is None for one in read] == [False, True, False]
    assert {entry.line for entry in read[1].report} == {3}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"uid": "x"}, "Uid: "),
        ({"colour": 1}, "Colour: the format has no such field"),
        ({"headline": "x" * 301}, "Headline: it is longer than 300 characters"),
        ({"headline": "a\0b"}, "U+0000"),
        ({"headline": "\ud800"}, "U+D800"),
        ({"authors": [["\x1b[31m"]]}, "U+001B"),
        ({"sections": [{"id": "s1"}, {"id": "s2", "heading": 7}]}, "Section 2, heading: it has to be a text"),
        ({"sections": [{"id": "x1"}]}, "Section 1, id"),
        ({"topic": {"slug": "world", "name": ""}}, "Topic, name: it is empty"),
        ({"topic": {"slug": "world", "name": "x" * 101}}, "Topic, name: it is longer than 100 characters"),
        ({"sections": [{"id": "s1"}, {"id": "s1"}]}, "given twice"),
        ({"sections": {}}, "Sections: it has to be a list"),
        ({"sources": [{"number": 10**400}]}, "Source 1, number"),
        ({"sources": [{"number": 1, "url": "javascript:alert(1)"}]}, "not a web address"),
        ({"sources": [{"number": 1, "published": "2026-02-30"}]}, "Source 1, published"),
        ({"timeline": [{"id": "t1", "sentences": [{"id": "t1.1", "text": "", "cites": [0]}]}]}, "Event 1, sentence 1"),
        ({"format": "newsdesk-story/9"}, "newsdesk-story/1"),
        ({"gallery": [{"file": "a.jpg"}]}, "Picture 1"),
        ({"parent": {"uid": UID, "slug": "a", "headline": ""}}, "own parent"),
    ],
)
def test_fault_is_named_by_its_place(values, words):
    ((line, message),) = refusals(json.dumps(story(**values)))
    assert line == 1
    assert words in message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{", 1, "not valid JSON"),
        ('{\n"uid": "a"', 2, "not valid JSON"),
        ("nonsense", 1, "not valid JSON"),
        ("[]", 1, "empty"),
        ("[1", 1, "not valid JSON"),
        ('["a"]', 1, "JSON object"),
        ("7", 1, "JSON object"),
        ("{} {}", 1, "after the end"),
        ("[{}] x", 1, "after the end"),
        ('{"headline": NaN}', 1, "NaN"),
        ('{"headline": -Infinity}', 1, "Infinity"),
        ('{"a": 1,\n"a": 2}', 1, "given twice"),
        ('{"a":' + "[" * 100_000, 1, "nested"),
        ('{"number": ' + "9" * 10_000 + "}", 1, "digits"),
        ("[" + "0," * 1001 + "0]", 1, "1000"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text, line, words):
    told = refusals(text)
    assert told[0][0] == line
    assert words in told[0][1]


def test_many_faults_are_summed_up():
    told = refusals(json.dumps(story(sections=[{"id": 1}] * 50)))
    assert len(told) == 21
    assert "30 more" in told[-1][1]


def test_gaps_of_a_document_are_reported():
    body = "<p>It sails [1][4].</p>"
    values = story(sections=[{"id": "s1", "body": body}], sources=[{"number": 1}, {"number": 2}], gallery=[{}])
    (imported,) = read_story_json(json.dumps(values))
    assert {(entry.code, entry.number) for entry in imported.report} == {
        (Code.UNRESOLVED_MARKER, 4),
        (Code.SOURCE_WITHOUT_DETAILS, 1),
        (Code.SOURCE_WITHOUT_DETAILS, 2),
        (Code.NEVER_CITED, 2),
        (Code.PICTURE_WITHOUT_FILE, 1),
    }


def test_faults_of_the_timeline_are_reported():
    timeline = [{"id": "t1", "date": "2025", "text": "B."}, {"id": "t2", "date": "soon", "text": "C."}]
    timeline.append({"id": "t3", "date": "2024", "text": "A."})
    (imported,) = read_story_json(json.dumps(story(timeline=timeline)))
    assert [entry.code for entry in imported.report] == [Code.UNREADABLE_DATE, Code.OUT_OF_ORDER]

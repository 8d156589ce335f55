"""Ids that stay on their passages when a text is imported again."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.document import complete
from stories.importing.identity import with_ids_of
from stories.importing.pasted_text import read_pasted_text
from tests.stories.importing.examples import CLEAN, big_story


def read(text=CLEAN):
    return read_pasted_text(text).document


def sections(document):
    return {section.heading: section.id for section in document.sections}


def events(document):
    return {event.text.split(" [")[0]: event.id for event in document.timeline}


def test_same_text_keeps_every_id():
    draft = read()
    again = complete(with_ids_of(read(), draft), previous=draft)
    assert again == draft


def test_section_keeps_its_id_by_its_heading_or_by_its_sentences():
    draft = read()
    renamed = with_ids_of(read(CLEAN.replace("What the keepers want", "Two to a Light")), draft)
    assert sections(renamed) == {"Two to a Light": "s1", "What the coast office says": "s2"}
    rewritten = with_ids_of(read(CLEAN.replace("The office says lamps need no keeper", "It stands by its view")), draft)
    assert sections(rewritten) == sections(draft)


def test_sections_that_change_places_keep_their_ids():
    draft = read()
    first, second = CLEAN.index("What the keepers"), CLEAN.index("What the coast")
    end = CLEAN.index("Sources\n")
    swapped = CLEAN[:first] + CLEAN[second:end] + CLEAN[first:second] + CLEAN[end:]
    assert sections(with_ids_of(read(swapped), draft)) == sections(draft)


def test_new_passages_get_keys_that_the_story_never_gave():
    draft = read()
    text = CLEAN.replace("What the coast", "Something new\n\nNobody expected a fog so thick [1].\n\nWhat the coast")
    text = text.replace("1950 –", "1870 – The tower is built of granite [3].\n1950 –")
    document = with_ids_of(read(text), draft, last_section=7, last_event=40)
    assert sections(document)["Something new"] == "s8"
    assert events(document)["The tower is built of granite"] == "t41"
    assert {"s1", "s2"} < set(sections(document).values())


def test_event_keeps_its_id_when_its_date_or_its_words_are_mended():
    draft = read()
    dated = with_ids_of(read(CLEAN.replace("Feb 17 2026 –", "Feb 16 2026 –")), draft)
    assert events(dated) == events(draft)
    worded = with_ids_of(read(CLEAN.replace("The ballots are counted", "All ballots are counted twice")), draft)
    assert [event.id for event in worded.timeline] == [event.id for event in draft.timeline]


def test_sentences_continue_those_of_the_draft():
    draft = read()
    document = with_ids_of(read(CLEAN.replace("It called its members out", "It has called its members out")), draft)
    again = complete(document, previous=draft)
    assert [s.id for s in again.sections[0].sentences] == [s.id for s in draft.sections[0].sentences]


@pytest.mark.slow
@pytest.mark.slow
def test_big_story_finds_its_ids_in_seconds():
    draft = read(big_story(100, 700, 100))
    document = read(
        big_story(100, 700, 100).replace("Nobody signed", "No one signed").replace("takes place", "took place")
    )
    began = time.process_time()
    again = with_ids_of(document, draft)
    assert [section.id for section in again.sections] == [section.id for section in draft.sections]
    assert time.process_time() - began < 10


LINES = [
    "1950 – A.",
    "1950 – B [1].",
    "1951 – A.",
    "someday – B [1].",
    "1950 – A.",
    "July 2024 – Longer words stand here.",
]


@settings(max_examples=50)
@given(st.lists(st.sampled_from(LINES), max_size=8), st.lists(st.sampled_from(LINES), max_size=8))
def test_no_id_is_given_twice_and_equal_events_keep_theirs(before, after):
    draft = read("\n".join(["Headline", "", "Timeline", *before]))
    document = with_ids_of(read("\n".join(["Headline", "", "Timeline", *after])), draft)
    ids = [event.id for event in document.timeline]
    assert len(ids) == len(set(ids))
    if sorted(before) == sorted(after):
        assert {event.id for event in draft.timeline} == set(ids)

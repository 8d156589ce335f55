import time
import uuid

import pydantic
import pytest
from hypothesis import HealthCheck, given, settings

from stories.document import StoryDocument, canonical, complete, sha256
from tests.stories.strategies import story_documents

UID = uuid.UUID("00000000-0000-4000-8000-000000000001")
documents = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def document(**values):
    return StoryDocument.model_validate({"uid": UID, **values})


def section(body, key=1, **values):
    return {"id": f"s{key}", "body": body, **values}


def ids(document):
    return [sentence.id for sentence in document.sentences()]


@given(story_documents())
@documents
def test_completing_a_complete_document_changes_nothing(given):
    once = complete(given)
    assert complete(once) == once
    assert complete(once, previous=once) == once
    assert StoryDocument.model_validate(once.as_json()) == once
    assert sha256(complete(once).as_json()) == sha256(once.as_json())


@given(story_documents())
@documents
def test_completing_keeps_what_is_given(given):
    once = complete(given)
    assert {section.id: section.heading for section in once.sections} == {s.id: s.heading for s in given.sections}
    assert {event.id: event.text for event in once.timeline} == {event.id: event.text for event in given.timeline}
    assert sorted(given.sources, key=lambda source: source.number) == once.sources
    assert (once.gallery, once.resources, once.headline) == (given.gallery, given.resources, given.headline)


@given(story_documents(), story_documents())
@settings(documents, max_examples=20)
def test_ids_stay_valid_after_any_edit(first, second):
    once = complete(first)
    edited = complete(second.model_copy(update={"uid": first.uid}), previous=once)
    assert len(ids(edited)) == len(set(ids(edited)))
    assert StoryDocument.model_validate(edited.as_json()) == edited


def test_bodies_are_sanitised_and_their_sentences_read():
    done = complete(document(sections=[section("<h2>One [1].</h2><script>x</script>Two [2, 3].")]))
    assert done.sections[0].body == "<p>One [1].</p><p>Two [2, 3].</p>"
    assert [sentence.model_dump() for sentence in done.sections[0].sentences] == [
        {"id": "s1.1", "text": "One [1].", "cites": [1]},
        {"id": "s1.2", "text": "Two [2, 3].", "cites": [2, 3]},
    ]


def test_events_are_dated_and_in_time_order():
    done = complete(
        document(
            timeline=[
                {"id": "t1", "date": "2025-12-01", "text": "Third."},
                {"id": "t2", "date": "", "label": "Long ago", "text": "Last, in want of a date."},
                {"id": "t3", "date": "2025-11-30", "text": "First."},
                {"id": "t4", "date": "2025-11-30", "text": "Second."},
                {"id": "t5", "date": "2025-12-06/2025-12-07", "text": "Fourth."},
            ]
        )
    )
    assert [event.id for event in done.timeline] == ["t3", "t4", "t1", "t5", "t2"]
    assert [str(event.latest) for event in done.timeline] == [
        "2025-11-30",
        "2025-11-30",
        "2025-12-01",
        "2025-12-07",
        "None",
    ]
    assert done.timeline[0].sentences[0].id == "t3.1"


@pytest.mark.parametrize(("label", "kept"), [("", "13/13/2025"), ("About then", "About then")])
def test_a_date_that_cannot_be_read_becomes_the_label(label, kept):
    event = {"id": "t1", "date": "13/13/2025", "label": label, "earliest": "2025-01-01", "latest": "2025-01-02"}
    [done] = complete(document(timeline=[event])).timeline
    assert (done.date, done.label, done.earliest, done.latest) == ("", kept, None, None)


def test_sources_are_ordered_and_direction_follows_the_language():
    done = complete(document(language="ar-EG", sources=[{"number": 9}, {"number": 2}]))
    assert [source.number for source in done.sources] == [2, 9]
    assert done.direction == "rtl"


def test_sentences_continue_those_of_the_previous_document():
    before = complete(document(sections=[section("A berth opened on Monday [1]. Freight moved first.")]))
    edited = document(sections=[section("Freight moved first. A berth opened at last on Monday [1].", key=2)])
    assert ids(complete(edited, previous=before)) == ["s1.2", "s1.1"]


def test_new_sentences_get_numbers_above_the_last_ones():
    assert ids(complete(document(sections=[section("One. Two.")]), last_numbers={"s1": 4})) == ["s1.5", "s1.6"]


def test_a_body_that_grows_beyond_the_limit_is_refused():
    with pytest.raises(pydantic.ValidationError):
        complete(document(sections=[section("&" * 250_000)]))


@pytest.mark.parametrize("text", ["nul \0", "half \ud83d"])
def test_text_that_cannot_be_stored_is_refused(text):
    with pytest.raises(pydantic.ValidationError):
        document(headline=text)


def test_200_sections_and_2000_events_are_completed_in_seconds():
    sentence = "The ferry line opened berth %d on Monday, the operator said in its notice of the day [1]. "
    sections = [section("".join(sentence % (n * 10 + m) for m in range(5)), key=n) for n in range(1, 201)]
    timeline = [
        {"id": f"t{n}", "date": f"20{n % 90 + 10}-03-{n % 28 + 1:02}", "text": sentence % n} for n in range(1, 2001)
    ]
    started = time.process_time()
    done = complete(document(sections=sections, timeline=timeline))
    assert complete(done) == done
    assert time.process_time() - started < 8
    assert len(ids(done)) == 3000


def test_canonical_json_has_one_spelling():
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


@pytest.mark.parametrize("topic", [{"slug": "", "name": "World"}, {"slug": "world", "name": ""}])
def test_a_topic_has_a_slug_and_a_name(topic):
    with pytest.raises(pydantic.ValidationError, match="at least 1 character"):
        document(topic=topic)


def test_a_topics_name_fits_the_list_of_topics():
    with pytest.raises(pydantic.ValidationError, match="100 characters"):
        document(topic={"slug": "world", "name": "W" * 101})


def test_a_picture_says_of_itself_only_what_is_known():
    entry = document(gallery=[{"caption": "The quay", "persons": ["Orla Vantrel"], "taken": "2026-02"}]).as_json()
    assert entry["gallery"][0]["persons"] == ["Orla Vantrel"]
    assert entry["gallery"][0]["taken"] == "2026-02"
    assert "usage_terms" not in entry["gallery"][0]
    assert "source_name" in entry["gallery"][0]


def test_a_day_that_there_is_not_is_none_on_which_a_picture_was_taken():
    with pytest.raises(pydantic.ValidationError):
        document(gallery=[{"taken": "2026-02-31"}])

import uuid
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from stories.citations import checking
from stories.citations.checking import Place
from stories.document import StoryDocument, complete
from tests import factories
from tests.stories.strategies import story_documents

CHECKS = [
    checking.no_headline,
    checking.unresolved_markers,
    lambda document: checking.retracted_sources(document, {1, "https://report.example/1"}),
    lambda document: checking.corrected_sources(document, {1, "https://report.example/1"}),
    checking.unreadable_dates,
    checking.pictures,
    checking.uncited_sentences,
    checking.never_cited,
    checking.source_gaps,
    checking.one_source_sections,
    checking.events_after_sources,
    checking.name_conflicts,
]


def document(**values):
    return complete(StoryDocument.model_validate({"uid": uuid.uuid4(), "headline": "A berth opens", **values}))


def section(body, heading="At the harbour", key=1):
    return {"id": f"s{key}", "heading": heading, "body": body}


def event(text, date="2026-03-01", key=1, **values):
    return {"id": f"t{key}", "date": date, "text": text, **values}


def source(number, **values):
    return {"number": number, **values}


def only(findings):
    [finding] = findings
    return finding


@pytest.mark.parametrize("headline", ["", " \u202f"])
def test_a_story_without_headline(headline):
    finding = only(checking.no_headline(document(headline=headline)))
    assert (finding.code, finding.refuses, str(finding.place)) == ("no_headline", True, "headline")


def test_a_marker_without_its_source_is_named_with_its_place():
    told = document(sections=[section("One [1]. Two [1, 99].")], timeline=[event("Fire [98].")], sources=[source(1)])
    first, second = checking.unresolved_markers(told)
    assert first.message == (
        "Section 1 (“At the harbour”) cites [99], but the story has no source 99. Add the source or remove the marker."
    )
    assert first.place == Place("section", "s1", "body", "s1.2")
    assert second.message.startswith("The event of Mar 1 2026 cites [98]")
    assert second.place == Place("event", "t1", "text", "t1.1")
    assert first.refuses
    assert second.refuses


def test_a_retracted_source_is_known_by_its_address_or_number():
    sources = [source(1, title="A report", url="https://a.example/1"), source(2, title="A note"), source(3)]
    told = document(sources=sources)
    found = list(checking.retracted_sources(told, {"https://a.example/1", 2}))
    assert [(finding.place.id, finding.refuses) for finding in found] == [("1", True), ("2", True)]
    assert found[0].message.startswith("Source 1 (“A report”) has been retracted")


def test_a_corrected_source_is_worth_a_look_where_it_is_cited():
    sources = [source(1, title="A report", url="https://a.example/1"), source(2, title="A note"), source(3)]
    told = document(sources=sources, timeline=[event("Fire [1, 3].")])
    found = list(checking.corrected_sources(told, {"https://a.example/1", 2, 3}))
    assert [(finding.place.id, finding.refuses) for finding in found] == [("1", False), ("3", False)]
    assert found[0].message.startswith("Source 1 (“A report”) has been corrected")


@pytest.mark.parametrize(("label", "said"), [("Soon", "“Soon”, which cannot be read"), ("", "has no date")])
def test_an_unreadable_date(label, said):
    finding = only(
        checking.unreadable_dates(document(timeline=[event("Fire [1].", "", label=label), event("x", key=2)]))
    )
    assert said in finding.message
    assert (finding.refuses, finding.place) == (True, Place("event", "t1", "date"))


def test_pictures_need_alt_text_and_credit_line():
    gallery = [
        {},
        {"decorative": True, "credit_line": "c"},
        {"alt_text": "A quay", "credit_line": "c", "caption": "The quay"},
    ]
    found = list(checking.pictures(document(gallery=gallery)))
    assert [(finding.code, finding.refuses, str(finding.place)) for finding in found] == [
        ("no_alt_text", True, "picture-1"),
        ("no_credit_line", True, "picture-1"),
    ]


def test_alt_text_that_repeats_the_caption():
    gallery = [{"alt_text": "A quay\u202fat noon.", "caption": "A quay at  noon", "credit_line": "c"}]
    finding = only(checking.pictures(document(gallery=gallery)))
    assert (finding.code, finding.refuses) == ("alt_equals_caption", False)


def test_an_uncited_sentence_is_quoted():
    finding = only(checking.uncited_sentences(document(sections=[section("One [1]. Two <em>three</em>.", heading="")])))
    assert finding.message == "Section 1: the sentence “Two three.” cites no source."
    assert (finding.refuses, finding.place.sentence) == (False, "s1.2")


def test_a_source_is_cited_by_sections_and_events():
    told = document(
        sections=[section("One [1].")], timeline=[event("Two [2].")], sources=[source(n) for n in (1, 2, 3)]
    )
    assert only(checking.never_cited(told)).message == "Source 3 is never cited."


def test_gaps_of_a_source():
    sources = [
        source(1, url="https://a.example/1"),
        source(2, outlet="Courier"),
        source(3, url="https://a.example/3", outlet="C"),
    ]
    assert [(finding.code, finding.place.id) for finding in checking.source_gaps(document(sources=sources))] == [
        ("source_without_outlet", "1"),
        ("source_without_address", "2"),
    ]


@pytest.mark.parametrize(
    ("body", "alone"),
    [
        ("One [1]. Two [1].", True),
        ("One [1]. Two.", False),
        ("One [1].", False),
        ("One [1]. Two [2].", False),
        ("One.", False),
    ],
)
def test_a_section_on_one_source(body, alone):
    assert bool(list(checking.one_source_sections(document(sections=[section(body)])))) == alone


@pytest.mark.parametrize(
    ("when", "text", "later"),
    [
        ("2026-03-03", "Fire [1][2].", True),
        ("2026-03-02", "Fire [1][2].", False),
        ("2026-03-02", "Fire [1].", True),
        ("2026-03", "Fire [1].", False),
        ("2026-04/..", "Fire [1].", True),
        ("../2026-04", "Fire [1].", False),
        ("2027-01-01", "Fire [1][3].", False),
        ("2027-01-01", "Fire [9].", False),
        ("2027-01-01", "Fire.", False),
        ("", "Fire [1].", False),
    ],
)
def test_an_event_after_all_its_sources(when, text, later):
    sources = [source(1, published=date(2026, 3, 1)), source(2, published=date(2026, 3, 2)), source(3)]
    found = list(checking.events_after_sources(document(timeline=[event(text, when)], sources=sources)))
    assert bool(found) == later


def test_two_first_names_are_named_with_their_places():
    told = document(
        sections=[section("The master Orla Vantrel left [1].")], timeline=[event("Then Imra Vantrel came [1].")]
    )
    finding = only(checking.name_conflicts(told))
    assert finding.message == (
        "“Vantrel” is Orla in section 1 (“At the harbour”) and Imra in the event of Mar 1 2026. "
        "Check whether that is one person."
    )
    assert finding.place.sentence == "t1.1"


@given(story_documents())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_finding_of_any_document_has_a_sentence_and_a_place(given):
    done = complete(given)
    ids = {passage.id for passage in done.passages()}
    for check in CHECKS:
        for finding in check(done):
            assert finding.message.endswith(".")
            assert finding.code
            assert finding.place.kind in {"story", "section", "event", "source", "picture"}
            assert finding.place.kind not in {"section", "event"} or finding.place.id in ids


def test_markers_of_the_standfirst_and_of_captions_need_a_source_too():
    picture = {"alt_text": "A quay", "credit_line": "C", "caption": "The quay [98]."}
    document = complete(factories.document(standfirst="So it is said [99][1].", gallery=[picture]))
    found = [(finding.message[:40], str(finding.place)) for finding in checking.unresolved_markers(document)]
    assert found == [
        ("The standfirst cites [99], but the story", "standfirst"),
        ("The caption of picture 1 cites [98], but", "picture-1"),
    ]


def test_a_source_that_only_a_caption_cites_is_cited():
    picture = {"alt_text": "A quay", "credit_line": "C", "caption": "The quay [2]."}
    document = complete(factories.document(sections=[], gallery=[picture]))
    assert [finding.about for finding in checking.never_cited(document)] == []

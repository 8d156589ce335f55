from datetime import date

from stories.citations.report import report_on
from stories.document import complete
from tests import factories


def source(number, **fields):
    return {"number": number, "url": f"https://x.example/{number}", **fields}


def reported(**fields):
    return report_on(complete(factories.document(**fields)))


def test_counts_of_sentences_and_of_what_they_rest_on():
    body = "<p>One [1]. Two [1, 2]. Three. Four [1][1].</p>"
    report = reported(
        sections=[{"id": "s1", "body": body}], timeline=[{"id": "t1", "date": "2026", "text": "Five [2]."}]
    )
    assert (report.sentences, report.cited, report.share, report.on_one_source) == (5, 4, 80, 3)
    assert (report.sources, report.sources_cited) == (2, 2)
    assert report.leading is not None
    assert (report.leading.number, report.leading_count) == (1, 3)


def test_sources_by_outlet_and_kind_and_their_span_of_time():
    wire = {"outlet": "Strait Wire", "outlet_kind": "wire"}
    report = reported(
        sources=[source(1, **wire, published="2026-02-01"), source(2, **wire), source(3, published="2024-05-06")]
    )
    assert report.outlets == [("Strait Wire", 2), ("no outlet", 1)]
    assert report.kinds == [("wire agency", 2), ("kind unknown", 1)]
    assert report.oldest is not None
    assert report.newest is not None
    assert (report.oldest.published, report.newest.published) == (date(2024, 5, 6), date(2026, 2, 1))


def test_an_empty_story_is_reported_too():
    report = reported(sections=[], timeline=[], sources=[])
    assert (report.sentences, report.share, report.leading, report.newest) == (0, 0, None, None)
    assert report.outlets == []


def test_all_but_one_of_many_cited_is_not_all():
    body = "<p>" + " ".join(f"Ferry {n} sails [1]." for n in range(299)) + " The last one waits.</p>"
    assert reported(sections=[{"id": "s1", "body": body}], timeline=[]).share == 99

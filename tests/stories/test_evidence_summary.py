from stories.evidence_summary import Share, evidence_summary, numbers_of
from tests.factories import document


def summed(**fields):
    return evidence_summary(document(**fields).as_json() | {name: _read(fields[name]) for name in _PARTS & set(fields)})


_PARTS = {"sections", "timeline"}


def _read(parts):
    return [{"heading": "", "date": "", "label": "", **part} for part in parts]


def sentence(id, *cites):
    return {"id": id, "text": f"Sentence {id}.", "cites": list(cites)}


def report(number, outlet="", kind="", published=None):
    return {"number": number, "title": f"R{number}", "outlet": outlet, "outlet_kind": kind, "published": published}


def test_sentences_events_and_reports_are_counted_with_those_that_cite():
    summary = summed(
        sections=[{"id": "s1", "sentences": [sentence("s1.1", 1), sentence("s1.2"), sentence("s1.3", 9)]}],
        timeline=[{"id": "t1", "sentences": [sentence("t1.1"), sentence("t1.2", 1)]}, {"id": "t2", "sentences": []}],
        sources=[report(1), report(2), report(3)],
        standfirst="As told before [2].",
    )
    assert summary.sentences == Share(3, 1)
    assert summary.sentences.percent == 33
    assert summary.events == Share(2, 1)
    assert summary.reports == Share(3, 2)


def test_the_share_is_rounded_down_and_nothing_of_nothing_is_nothing():
    assert Share(1000, 999).percent == 99
    assert Share(0, 0).percent == 0


def test_outlets_stand_by_what_rests_on_them_and_count_a_passage_once():
    summary = summed(
        sections=[{"id": "s1", "sentences": [sentence("s1.1", 1, 2), sentence("s1.2", 3), sentence("s1.3", 3)]}],
        timeline=[],
        sources=[
            report(1, "Courier", "news", "2026-03-01"),
            report(2, "Courier", "news", "2026-03-04"),
            report(3, "Wire", "wire"),
            report(4),
        ],
    )
    assert [(row.name, row.kind, row.reports, row.passages) for row in summary.outlets] == [
        ("Wire", "wire", 1, 2),
        ("Courier", "news", 2, 1),
        ("", "", 1, 0),
    ]
    assert summary.kinds == [("news", 2), ("wire", 1), ("", 1)]
    assert str(summary.newest) == "2026-03-04"


def test_the_numbers_of_an_outlet_are_those_of_its_reports():
    stored = document(sources=[report(1, "Courier"), report(2), report(7, "Courier")]).as_json()
    assert numbers_of(stored, "Courier") == {1, 7}
    assert numbers_of(stored, "Nobody") == set()

from datetime import UTC, datetime

from stories.quotations import quoted_parts
from tests.stories.test_version_changes import document, event, section

AT = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
ADDRESS = "https://news.example/stories/ferry/versions/3/"


def parts(**fields):
    return list(quoted_parts(document(headline="Ferry sails", **fields), number=3, live_from=AT, address=ADDRESS))


def test_a_quotation_has_words_version_address_and_the_reports_it_rests_on():
    source = {"title": "A second berth", "outlet": "Harbour Courier", "published": "2026-03-01"}
    source |= {"number": 1, "url": "https://harbour.example/berth", "authors": ["Ada B."]}
    sentences = [("s1.1", "The line opened a berth [1].", [1]), ("s1.2", "Nobody knows [9].", [9])]
    first, second = parts(sections=[section(sentences=sentences)], sources=[source])[0].quotations
    assert first.text.splitlines() == [
        "“The line opened a berth.”",
        f"Newsdesk, “Ferry sails”, version 3, 2 March 2026, 12:05 UTC, {ADDRESS}#s1.1",
        "It rests on:",
        "[1] Ada B., “A second berth”, Harbour Courier, 1 March 2026, https://harbour.example/berth",
    ]
    assert (first.id, first.words, first.cites) == ("s1.1", "The line opened a berth.", [1])
    assert (second.cites, len(second.text.splitlines())) == ([], 2)


def test_a_report_of_which_nothing_is_known_says_so():
    bare = {"title": "", "outlet": "", "published": None, "number": 1, "url": "", "authors": []}
    (quotation,) = parts(sections=[section(sentences=[("s1.1", "A [1].", [1])])], sources=[bare])[0].quotations
    assert quotation.text.endswith("[1] details unknown")


def test_sections_then_events_stand_under_their_names_and_empty_ones_are_left_out():
    found = parts(sections=[section("s1", "Berths"), section("s2", "Empty", [])], timeline=[event("t1", "2026-03-01")])
    assert [(part.id, part.name) for part in found] == [("s1", "Berths"), ("t1", "Mar 1 2026")]

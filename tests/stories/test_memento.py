from datetime import UTC, datetime

import pytest

from stories.memento import Memento, asked_moment, gate_links, memento_links, time_map

FIRST, SECOND, THIRD = (
    Memento(f"https://news.example/{n}/", datetime(2026, 2, n, 12, 0, 0, 500_000, tzinfo=UTC)) for n in (1, 2, 3)
)
MAP = """\
<https://news.example/>; rel="original timegate",
<https://news.example/map/>; rel="self"; type="application/link-format"; from="Sun, 01 Feb 2026 12:00:00 GMT"; \
until="Tue, 03 Feb 2026 12:00:00 GMT",
<https://news.example/1/>; rel="first memento"; datetime="Sun, 01 Feb 2026 12:00:00 GMT",
<https://news.example/2/>; rel="memento"; datetime="Mon, 02 Feb 2026 12:00:00 GMT",
<https://news.example/3/>; rel="last memento"; datetime="Tue, 03 Feb 2026 12:00:00 GMT"
"""


def rels(links):
    return [(one.split(">")[0][-2], one.split('rel="')[1].split('"')[0]) for one in links]


def test_a_time_map_lists_all_versions_with_its_span():
    assert time_map("https://news.example/", "https://news.example/map/", [FIRST, SECOND, THIRD]) == MAP


def test_a_version_whose_words_are_gone_says_so_in_its_title():
    gone = SECOND._replace(title='Removed. By order of\na "court" \\ two')
    row = time_map("https://news.example/", "https://news.example/map/", [FIRST, gone]).splitlines()[-1]
    assert row.endswith(r'; title="Removed. By order of a \"court\" \\ two"')


def test_of_a_single_version_the_first_is_the_last():
    assert 'rel="first last memento"' in time_map("https://news.example/", "https://news.example/map/", [FIRST])
    assert rels(memento_links([FIRST], FIRST)) == [("1", "first last memento")]


@pytest.mark.parametrize(
    ("here", "links"),
    [
        (FIRST, [("1", "first memento"), ("2", "next memento"), ("3", "last memento")]),
        (SECOND, [("1", "first prev memento"), ("2", "memento"), ("3", "last next memento")]),
        (THIRD, [("1", "first memento"), ("2", "prev memento"), ("3", "last memento")]),
    ],
)
def test_a_version_leads_to_its_neighbours(here, links):
    assert rels(memento_links([FIRST, SECOND, THIRD], here)) == links


def test_a_page_leads_to_its_list_where_there_is_one():
    assert gate_links("https://news.example/", "") == ['<https://news.example/>; rel="original timegate"']
    assert len(gate_links("https://news.example/", "https://news.example/map/")) == 2


def test_a_moment_is_asked_for_as_http_writes_it():
    assert asked_moment("Wed, 18 Feb 2026 12:00:00 GMT") == datetime(2026, 2, 18, 12, tzinfo=UTC)
    for text in ("yesterday", "2026-02-18T12:00:00Z", "", "Wed, 31 Feb 2026 12:00:00 GMT"):
        with pytest.raises(ValueError, match=r"\S"):
            asked_moment(text)

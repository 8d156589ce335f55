import json
from datetime import date

import pytest

from stories.fetching.details import MOST_READ, Details
from stories.fetching.reading import details_of

URL = "https://harbour.example/berth"
TODAY = date(2026, 3, 2)
KIND = {"@context": "https://schema.org", "@type": "NewsArticle"}


def page(head="", body="<p>Freight moved first.</p>", html='<html lang="en">'):
    return f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>"


def read(text, charset="", url=URL):
    body = text if isinstance(text, bytes) else text.encode()
    return details_of(body, url=url, charset=charset, today=TODAY)


def linked(**said):
    return f'<script type="application/ld+json">{json.dumps({**KIND, **said})}</script>'


def person(name):
    return {"@type": "Person", "name": name}


def test_all_that_a_page_says_of_itself_is_read():
    head = (
        "<title>A second berth opens | Harbour Courier</title>"
        '<meta property="og:site_name" content="Harbour Courier">'
        '<link rel="canonical" href="/berth?id=1">'
        + linked(datePublished="2026-03-01T22:30:00+01:00", author=[person("Bo Berg"), person("Ädele Öst")])
    )
    assert read(page(head, html='<html lang="en-GB">')) == Details(
        title="A second berth opens",
        outlet="Harbour Courier",
        authors=["Bo Berg", "Ädele Öst"],
        published=date(2026, 3, 1),
        language="en-GB",
        canonical="https://harbour.example/berth?id=1",
    )


@pytest.mark.parametrize("line", ["{} | {}", "{} – {}", "{} - {}", "{} · {}"])
def test_a_title_loses_the_outlets_name(line):
    title = line.format("Freight first", "Strait Wire")
    head = f'<meta property="og:site_name" content="Strait Wire"><title>{title}</title>'
    assert read(page(head)).title == "Freight first"


def test_a_title_that_speaks_of_the_outlet_keeps_its_name():
    head = '<meta property="og:site_name" content="Wire"><meta property="og:title" content="Strikes at the Wire">'
    assert read(page(head)).title == "Strikes at the Wire"


def test_a_long_title_is_cut_with_a_sign_and_a_long_outlet_is_none():
    head = f'<meta property="og:title" content="{"berth " * 200}"><meta property="og:site_name" content="{"x" * 301}">'
    found = read(page(head))
    assert (len(found.title), found.title[-1], found.outlet) == (500, "…", "")


@pytest.mark.parametrize(
    "head",
    [
        linked(datePublished="2026-03-01"),
        linked(**{"@graph": [{"@type": "WebPage"}, {"@type": "Article", "datePublished": "2026-03-01T08:00"}]}),
        '<meta property="article:published_time" content="2026-03-01T08:00:00Z">',
        '<meta itemprop="datePublished" content="2026-03-01">',
        '<meta name="citation_publication_date" content="2026-03-01">',
    ],
)
def test_the_day_is_the_one_that_the_page_gives(head):
    assert read(page(head)).published == date(2026, 3, 1)


def test_a_time_element_gives_the_day_when_it_says_that_it_is_the_publications():
    assert read(page(body='<time itemprop="datePublished" datetime="2026-03-01">1 March</time>')).published
    assert read(page(body='<time datetime="2026-03-01">1 March</time>')).published is None


@pytest.mark.parametrize(
    "said", ["2026-03", "2026", "March 1, 2026", "2026-02-30", "2026-03-04", "2026-03-0199", "20260301", 20260301, None]
)
def test_what_is_no_whole_day_or_lies_ahead_gives_none(said):
    assert read(page(linked(datePublished=said))).published is None


def test_no_day_is_taken_from_text_or_address():
    found = read(page(body="<p>Published on 1 March 2026</p>"), url="https://harbour.example/2026/03/01/berth")
    assert found.published is None


def test_no_outlet_is_made_of_the_address_or_the_title():
    assert read(page("<title>A second berth - live updates</title>")).outlet == ""


def test_the_outlet_is_the_publisher_of_the_pages_data():
    assert read(page(linked(publisher={"name": "Harbour  Courier"}))).outlet == "Harbour Courier"
    assert read(page(linked(publisher=["x", None, {"name": 3}]))).outlet == ""


def test_an_address_on_another_host_is_not_canonical():
    assert read(page('<link rel="canonical" href="https://elsewhere.example/berth">')).canonical == ""
    assert read(page('<link rel="canonical" href="https://[">')).canonical == ""


@pytest.mark.parametrize(("tag", "language"), [("pt_BR", "pt-BR"), ("not a tag", ""), ("x" * 40, ""), ("", "")])
def test_only_a_language_tag_is_a_language(tag, language):
    assert read(page("<title>Um segundo cais</title>", html=f'<html lang="{tag}">')).language == language


TITLE = "Längs the quay, čas"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (page(f"<title>{TITLE}</title>").encode("iso-8859-2"), "ISO-8859-2"),
        (page(f'<meta charset="iso-8859-2"><title>{TITLE}</title>').encode("iso-8859-2"), ""),
        (page(f"<title>{TITLE}</title>").encode("utf-16"), ""),
        (page(f"<title>{TITLE}</title>").encode("utf-8-sig"), "iso-8859-1"),
        (page(f"<title>{TITLE}</title>").encode(), "no-such-charset"),
        (page(f'<meta charset="punycode"><title>{TITLE}</title>').encode(), "rot13"),
    ],
)
def test_text_is_decoded_as_the_page_says(body, charset):
    assert read(body, charset).title == TITLE


def test_a_page_of_no_named_charset_that_is_no_utf_8_is_read_as_browsers_do():
    assert read(page("<title>Caf\xe9 on the quay</title>").encode("latin-1")).title == "Café on the quay"


def test_a_title_with_bytes_that_are_no_character_is_none():
    body = page("<title>Caf\xe9 on the quay</title>").encode("latin-1")
    assert read(body, "utf-8").title == ""


def test_what_cannot_be_seen_or_stored_is_taken_out():
    head = '<meta property="og:title" content="A\u202e second&#x200b;&#x202e;&#7; \n\t berth\0 opens">'
    assert read(page(head)).title == "A second berth opens"


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 1000, b"<", b"<html>", b"\xff\xfe", b"%PDF-1.7", b"<meta " * 1000, b"<div>" * 5000]
)
def test_what_is_no_page_says_nothing(body):
    found = read(body)
    assert (found.outlet, found.authors, found.published) == ("", [], None)


def test_data_of_any_depth_is_passed_over():
    script = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert read(page(f"<title>A second berth</title>{script}")).title == "A second berth"


def test_no_more_than_the_beginning_is_read():
    late = page(body="x" * MOST_READ + '<meta itemprop="datePublished" content="2026-03-01">')
    assert read(late).published is None

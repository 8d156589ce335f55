"""What a kept file takes along: the faces it needs, and its links with their site in front."""

import re

import pytest

from stories import one_file
from stories.one_file import style_for, with_whole_links


@pytest.fixture
def brought(monkeypatch):
    """The names of the files of faces that the style of a page brings."""
    monkeypatch.setattr(one_file, "_as_data", lambda file: f"data:{file}")
    return lambda html: re.findall(r'url\("data:fonts/([\w-]+)\.woff2"\)', style_for(html))


@pytest.mark.parametrize(
    ("html", "more"),
    [
        ("<p>Ferry</p>", []),
        ("<p><em>Ferry</em></p>", ["newsreader-latin-italic"]),
        ("<p><strong>Ferry</strong></p>", ["newsreader-latin-bold"]),
        ("<p>Łódź</p>", ["inter-latin-ext", "newsreader-latin-ext"]),
    ],
)
def test_a_file_takes_the_faces_whose_letters_it_has(brought, html, more, monkeypatch):
    monkeypatch.setattr(one_file, "FACES_AT_MOST", 200_000)
    assert sorted(brought(html)) == sorted(["inter-latin", "newsreader-latin", *more])


def test_faces_for_which_there_is_no_room_are_left_out(brought, monkeypatch):
    monkeypatch.setattr(one_file, "FACES_AT_MOST", 40_000)
    assert brought("Ferry") == ["newsreader-latin"]


def test_the_style_names_no_other_file_and_has_no_remarks():
    style = style_for("<p>Ferry, <em>Łódź</em></p>")
    assert {address.partition(";")[0] for address in re.findall(r'url\("([^"]+)', style)} == {"data:font/woff2"}
    assert "/*" not in style
    assert "</" not in style
    assert "@media print {" in style


def test_only_links_within_tags_are_led_from_the_site():
    page = '<a class="marks" href="?source=2">Cited</a> <a href="/topics/world/">World</a> <a href="#s1">1</a>'
    said = 'The page wrote &lt;a href="/x"&gt; and <a href="https://harbour.example/">so</a>'
    there = with_whole_links(
        page + said, site="https://news.example", page="https://news.example/stories/a/versions/1/"
    )
    assert re.findall(r'href="([^"]*)"', there) == [
        "https://news.example/stories/a/versions/1/?source=2",
        "https://news.example/topics/world/",
        "#s1",
        "/x",
        "https://harbour.example/",
    ]

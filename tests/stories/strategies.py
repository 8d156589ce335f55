"""Hypothesis strategies for whole documents."""

import datetime
from typing import Any

from hypothesis import strategies as st

from stories.document import StoryDocument

LANGUAGES = ["en", "en-GB", "fr", "ar", "he", "zh-Hant", "xx-unknown"]
DATES = ["", "2022-02-24", "2024-07", "2019", "1990~", "2023-22", "2025-12-06/2025-12-07", "2024-03-03T14:30:00Z"]
OUTLETS = {"": "", "Harbour Courier": "news", "Strait Wire": "wire", "Harbour Office": "official", "Notice board": ""}

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
lines = st.text(characters, max_size=30)
words = st.sampled_from(
    "The ferry line opened “a second berth” on Monday. It left [1]. Freight [2, 3] moved. [1–3] [6][9]. [sic] Æsir "
    "港口。 مرحبا. \u202f[1] &amp; Mr. A. \n \n\n".split(" ")
)
prose = st.lists(words | st.text(characters, max_size=6), max_size=20).map(" ".join)
tags = st.sampled_from(
    "<p> </p> <em> </em> <strong> <ul> <li> </li> </ul> <br> <blockquote> <script> <b> </a> <div> < "
    "<a\thref='https://harbour.example/?a=1&b=2'> <a\thref=//x.example> <p\tonclick=x>".split(" ")
)
html = st.lists(words | tags | st.text(characters, max_size=6), max_size=25).map(" ".join)
dates = st.none() | st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)).map(str)


def addresses(host: str) -> st.SearchStrategy[str]:
    return st.just("") | st.integers(1, 99).map(lambda number: f"https://{host}.example/{number}")


@st.composite
def story_documents(draw: st.DrawFn, *, parents: bool = True, gallery: bool = True) -> StoryDocument:
    """Any valid document, complete or not, with or without parent and gallery."""
    values: dict[str, Any] = {name: draw(lines) for name in ("headline", "byline")}
    values |= {
        "uid": draw(st.uuids(version=4)),
        "slug": draw(st.just("") | st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,3}", fullmatch=True)),
        "standfirst": draw(prose),
        "language": draw(st.sampled_from(LANGUAGES)),
        "topic": draw(
            st.none() | st.sampled_from([{"slug": "world", "name": "World"}, {"slug": "sport", "name": "Sport"}])
        ),
        "sources": draw(_sources()),
        "resources": draw(st.lists(_resources(), max_size=3)),
    }
    values["sections"], values["timeline"] = draw(_passages())
    if parents and draw(st.booleans()):
        parent = {"uid": draw(st.uuids(version=4)), "slug": "the-parent", "headline": draw(lines)}
        values["parent"] = parent if parent["uid"] != values["uid"] else None
    if gallery:
        values["gallery"] = draw(st.lists(_pictures(), max_size=3, unique_by=_own_file))
    return StoryDocument.model_validate(values)


@st.composite
def _passages(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sections and events, some with sentences as an earlier reading might have left them."""
    keys = draw(st.lists(st.integers(1, 40), max_size=4, unique=True))
    sections = [{"id": f"s{key}", "heading": draw(lines), "body": draw(html)} for key in keys]
    keys = draw(st.lists(st.integers(1, 40), max_size=4, unique=True))
    timeline = [
        {"id": f"t{key}", "date": draw(st.sampled_from(DATES)), "label": draw(lines), "text": draw(prose)}
        for key in keys
    ]
    for passage in (*sections, *timeline):
        numbers = draw(st.just([]) | st.lists(st.integers(1, 9), max_size=3, unique=True))
        passage["sentences"] = [{"id": f"{passage['id']}.{n}", "text": draw(prose), "cites": []} for n in numbers]
    return sections, timeline


@st.composite
def _sources(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Sources under distinct numbers; what shares an address shares all its details."""
    numbers = draw(st.lists(st.integers(1, 30) | st.just(999), max_size=6, unique=True))
    sources: list[dict[str, Any]] = []
    by_url: dict[str, dict[str, Any]] = {}
    for number in numbers:
        outlet = draw(st.sampled_from(sorted(OUTLETS)))
        details = {
            "title": draw(lines),
            "url": draw(addresses("report")),
            "archive_url": draw(addresses("archive")),
            "outlet": outlet,
            "outlet_kind": OUTLETS[outlet],
            "authors": draw(st.lists(lines, max_size=2)),
            "published": draw(dates),
            "language": draw(st.sampled_from(["", *LANGUAGES])),
        }
        details = by_url.setdefault(details["url"], details) if details["url"] else details
        sources.append({"number": number, **details})
    return sources


def _resources() -> st.SearchStrategy[dict[str, Any]]:
    url = addresses("resource").filter(bool)
    return st.fixed_dictionaries({"url": url, "title": lines, "publisher": lines})


@st.composite
def _pictures(draw: st.DrawFn) -> dict[str, Any]:
    texts = {
        name: draw(lines)
        for name in ("alt_text", "caption", "creator", "credit_line", "copyright_notice", "source_name")
    }
    picture = {**texts, "decorative": draw(st.booleans()), "source_url": draw(addresses("picture"))}
    if draw(st.booleans()):
        sha256 = f"{draw(st.integers(0, 2**32)):064x}"
        picture |= {"file": f"pictures/{sha256}.jpg", "sha256": sha256, "width": 1600, "height": 900}
    return picture


def _own_file(picture: dict[str, Any]) -> object:
    return picture.get("sha256") or id(picture)

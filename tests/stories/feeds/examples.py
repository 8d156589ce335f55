"""Stories for feeds, each with all that a feed shows."""

from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from django.test import RequestFactory

from stories.document import StoryDocument, complete
from stories.feeds.stories import Headlines, Item
from stories.models import Story, Version
from tests import factories

FERRIES = UUID("0b7c1a52-4c1e-4a5e-9d6f-2f1c8f0e6a01")
HARBOUR = UUID("5d2f9e7c-91b3-4f0a-8a44-6f8f0f7f3b02")
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PICTURE = {
    "file": f"pictures/{'b' * 64}.jpg",
    "sha256": "b" * 64,
    "width": 1600,
    "height": 900,
    "alt_text": 'A ferry "at" a quay',
    "caption": "The first ferry of the winter.",
    "credit_line": "Harbour Courier",
}
SOURCES = [
    {
        "number": 2,
        "title": "A second berth opens",
        "url": "https://harbour.example/berth?day=1&part=2",
        "outlet": "Harbour Courier",
        "outlet_kind": "news",
        "published": "2026-03-01",
    },
    {"number": 6, "title": "Freight <first>", "outlet": "Strait Wire", "outlet_kind": "wire"},
    {"number": 9, "title": "Never cited", "url": "https://strait.example/9"},
]


def ferries() -> Story:
    """In English, with everything: a picture, two cited sources of three, an event."""
    return factories.live(
        AT,
        uid=FERRIES,
        headline="Ferry line opens a winter crossing",
        standfirst="A second berth & a timetable.",
        byline="The harbour desk",
        gallery=[PICTURE],
        sections=[
            {
                "id": "s1",
                "heading": "A crossing in winter",
                "body": '<p>The line opened a <a href="https://berth.example/">berth</a> [2]. Freight first [6].</p>',
            },
            {"id": "s2", "heading": "What is next", "body": "<ul><li>A timetable [2, 6].</li></ul>"},
        ],
        sources=SOURCES,
        timeline=[{"id": "t1", "date": "2026-03-01", "text": "The second berth opens [9]."}],
    )


def harbour() -> Story:
    """In Arabic, without what can be left out; published half an hour before the other."""
    return factories.live(
        AT.replace(hour=11, minute=30),
        uid=HARBOUR,
        headline="ميناء الشتاء",
        language="ar",
        topic=None,
        sections=[{"id": "s1", "body": "<p>نص [1].</p>"}],
        sources=[
            {"number": 1, "title": "مصدر", "url": "https://mina.example/1", "outlet": "ميناء", "outlet_kind": "news"}
        ],
        timeline=[],
    )


def feed_of(document: StoryDocument, feed: type[Headlines]) -> HttpResponse:
    """What a feed of this one story answers, without a database."""
    story = Story(uid=document.uid, slug=document.slug or "story")
    version = Version(story=story, document=complete(document).as_json(), number=1, first_published=AT, updated=AT)
    version.headline, version.standfirst = document.headline, document.standfirst
    alone = type("Alone", (feed,), {"items": lambda self, request: [Item(version, request.build_absolute_uri)]})
    return alone()(RequestFactory().get("/feeds/headlines"))

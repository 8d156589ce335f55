"""The rules that the feeds are held to find the faults that they are for."""

import pytest

from tests.stories.feeds import atom_rules, examples, rss_rules

pytestmark = pytest.mark.django_db
RULES = {"rss": rss_rules.faults, "atom": atom_rules.faults}


def faults(kind, body):
    return RULES[kind](body, f"http://testserver/feeds/headlines.{kind}")


@pytest.fixture
def bodies(client):
    examples.ferries()
    return {kind: client.get(f"/feeds/headlines.{kind}").content.decode() for kind in RULES}


BROKEN = [
    ("rss", 'isPermaLink="false"', 'isPermaLink="true"'),
    ("rss", "urn:uuid:", ""),
    ("rss", "<language>en</language>", ""),
    ("rss", "Mon, 02 Mar 2026 12:00:00 +0000</pubDate>", "2026-03-02</pubDate>"),
    ("rss", "<category>World</category>", "<category/>"),
    ("rss", "<channel>", "<channel><webmaster>nobody</webmaster>"),
    ("rss", 'rel="self"', 'rel="next"'),
    ("rss", "</item>", "<guid>urn:uuid:2</guid></item>"),
    ("rss", "</item>", "</item><ttl>60</ttl>"),
    ("rss", "<title>Ferry line", "<title>&lt;b>Ferry line"),
    ("atom", "urn:uuid:0b7c", "0b7c"),
    ("atom", "<updated>2026-03-02T12:00:00+00:00</updated><author><name>N", "<author><name>N"),
    ("atom", "<published>2026-03-02T12", "<published>2026-03-02T13"),
    ("atom", "<published>2026-03-02T12:00:00+00:00", "<published>2026-03-02 12:00"),
    ("atom", "<name>Newsdesk</name>", "<name></name>"),
    ("atom", 'rel="self"', 'rel="next"'),
    ("atom", 'term="World"', 'label="World"'),
    ("atom", 'type="html">&lt;div', 'type="text">&lt;div'),
    ("atom", ' xml:lang="en"><title>Ferry', "><title>Ferry"),
    *[
        (kind, "&lt;p&gt;The line", written)
        for kind in RULES
        for written in ("&lt;p onclick=x&gt;", "&lt;p&gt;&lt;p&gt;")
    ],
    *[(kind, "https://berth.example/", "/berth") for kind in RULES],
    *[(kind, "http://testserver/media", "/media") for kind in RULES],
    *[(kind, "The line opened", "&lt;script&gt;&lt;/script&gt;") for kind in RULES],
    *[(kind, "The line opened", "The line \x85 opened") for kind in RULES],
    *[(kind, 'width="1600"', 'width="wide"') for kind in RULES],
]


@pytest.mark.parametrize(("kind", "valid", "broken"), BROKEN)
def test_a_broken_feed_is_found_out(bodies, kind, valid, broken):
    body = bodies[kind]
    assert faults(kind, body.encode()) == []
    assert valid in body
    assert faults(kind, body.replace(valid, broken).encode())

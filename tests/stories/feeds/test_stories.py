"""The feeds of top headlines: what is in them, that they are valid, and when they change."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import feedparser
import hypothesis
import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import HealthCheck, assume
from lxml import etree, html

from stories import publishing
from stories.feeds.formats import writable
from stories.feeds.stories import LENGTH, HeadlinesAtom, HeadlinesRss, headlines
from stories.models import Topic
from tests import factories
from tests.stories.feeds import atom_rules, examples, rss_rules
from tests.stories.strategies import story_documents

pytestmark = pytest.mark.django_db
RULES = {"rss": rss_rules.faults, "atom": atom_rules.faults}
GOLDEN = Path(__file__).parent / "golden"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
each_feed = pytest.mark.parametrize("kind", list(RULES))


def address(kind):
    return f"/feeds/headlines.{kind}"


def read(client, kind):
    """The feed as a feed reader has it. It must be valid."""
    response = client.get(address(kind))
    assert response.status_code == 200
    assert RULES[kind](response.content, f"http://testserver{address(kind)}") == []
    feed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.bozo_exception
    return feed


def content(entry):
    """The full text of an entry, parsed."""
    return html.fromstring(entry.content[0].value)


def entry_of(story):
    return {"uid": story.uid, "slug": story.slug, "headline": story.headline}


@each_feed
def test_feed_is_as_it_was_agreed(client, kind):
    """After a change that is meant, write the golden file anew with GOLDEN=write."""
    examples.harbour()
    examples.ferries()
    read(client, kind)
    root = etree.fromstring(client.get(address(kind)).content)
    etree.indent(root)
    written = etree.tostring(root, encoding="unicode") + "\n"
    golden = GOLDEN / f"headlines.{kind}.xml"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


@each_feed
def test_empty_feed_is_valid_and_does_not_change(client, kind):
    assert read(client, kind).entries == []
    assert client.get(address(kind)).headers["ETag"] == client.get(address(kind)).headers["ETag"]
    assert b"2000" in client.get(address(kind)).content


@each_feed
def test_entry_tells_what_the_story_says(client, kind):
    examples.ferries()
    (entry,) = read(client, kind).entries
    assert entry.id == f"urn:uuid:{examples.FERRIES}"
    assert entry.title == "Ferry line opens a winter crossing"
    assert entry.link == "http://testserver/stories/ferry-line-opens-a-winter-crossing/"
    assert entry.summary == "A second berth &amp; a timetable."
    assert entry.author == "The harbour desk"
    assert [tag.term for tag in entry.tags] == ["World"]
    assert entry.published_parsed[:5] == entry.updated_parsed[:5] == (2026, 3, 2, 12, 0)
    assert entry.media_content[0]["url"] == f"http://testserver/media/pictures/{'b' * 64}.jpg"
    assert entry.media_credit[0]["content"] == "Harbour Courier"


@each_feed
def test_full_text_has_the_sections_with_markers_to_the_storys_page(client, kind):
    examples.ferries()
    tree = content(read(client, kind).entries[0])
    page = "http://testserver/stories/ferry-line-opens-a-winter-crossing/"
    assert [heading.text for heading in tree.iter("h2")] == ["A crossing in winter", "What is next", "Sources"]
    markers = [link.get("href") for link in tree.xpath("//sup//a")]
    assert markers == [f"{page}#source-{number}" for number in (2, 6, 2, 6)]
    assert tree.xpath("//figure/img/@alt") == ['A ferry "at" a quay']
    assert tree.xpath("//figure//small/text()") == ["Harbour Courier"]
    assert client.get(page).content.count(b'id="source-6"') == 1


@each_feed
def test_full_text_lists_the_sources_that_it_cites_under_their_numbers(client, kind):
    examples.ferries()
    tree = content(read(client, kind).entries[0])
    listed = [" ".join(item.text_content().split()) for item in tree.xpath("//h2[text()='Sources']/following::li")]
    assert listed == ["[2] A second berth opens, Harbour Courier, Mar 1 2026", "[6] Freight <first>, Strait Wire"]
    assert "https://harbour.example/berth?day=1&part=2" in tree.xpath("//li/a/@href")


@each_feed
def test_full_text_of_a_story_without_sections_is_its_timeline(client, kind):
    factories.live(sections=[], timeline=[{"id": "t1", "date": "2024-07", "text": "The berth opens [2]."}])
    tree = content(read(client, kind).entries[0])
    assert "July 2024 The berth opens [2]." in " ".join(tree.text_content().split())
    assert [item.text_content()[:3] for item in tree.iter("li")] == ["[2]"]


@each_feed
def test_right_to_left_story_says_so(client, kind):
    examples.harbour()
    (entry,) = read(client, kind).entries
    assert entry.title == "ميناء الشتاء"
    assert content(entry).xpath("//div[@lang='ar']/@dir") == ["rtl"]
    assert (entry.get("language") or entry.title_detail.language) == "ar"


@each_feed
def test_hostile_words_are_inert(client, kind):
    nasty = 'Ferry ]]> <script>alert(1)</script> & "quotes" \x01\x0b\x1f\x85\ufffe\ufdd0 \u202eright 🛳'
    factories.live(
        examples.AT,
        headline=nasty + "x" * (300 - len(nasty)),
        standfirst=nasty,
        byline=nasty,
        gallery=[{**examples.PICTURE, "caption": nasty, "alt_text": nasty, "credit_line": nasty}],
        sections=[{"id": "s1", "heading": nasty, "body": f"<p onclick='x()'>{nasty} [1]</p><img src=x onerror=x()>"}],
        sources=[{"number": 1, "title": nasty, "url": "https://x.example/", "outlet": nasty, "outlet_kind": "news"}],
        timeline=[],
    )
    (entry,) = read(client, kind).entries
    assert "Ferry ]]> " in html.fromstring(entry.title).text_content()
    assert not content(entry).xpath("//script | //img[@onerror] | //*[@onclick]")
    assert "🛳" in entry.title


@hypothesis.settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@hypothesis.given(story_documents())
def test_every_story_makes_a_valid_feed(document):
    assume(writable(document.headline).strip())
    for kind, feed in (("rss", HeadlinesRss), ("atom", HeadlinesAtom)):
        assert RULES[kind](examples.feed_of(document, feed).content, "http://testserver/feeds/headlines") == []


@each_feed
def test_story_without_anything_that_can_be_left_out(client, kind):
    factories.live(examples.AT, headline="Bare", topic=None, sections=[], sources=[], timeline=[])
    (entry,) = read(client, kind).entries
    assert "tags" not in entry
    assert entry.title == "Bare"


@each_feed
def test_newest_update_stands_first_and_sub_stories_are_left_to_their_story(client, kind):
    now = timezone.now()
    old = factories.live(now - 4 * HOUR, headline="Old")
    factories.live(now - 3 * HOUR, headline="New")
    factories.live(now - 2 * HOUR, headline="Sub-story", parent=entry_of(old))
    assert [entry.title for entry in read(client, kind).entries] == ["New", "Old"]
    factories.edit(old, headline="Old, updated")
    publishing.publish(old, by=None, at=now - HOUR)
    feed = read(client, kind)
    assert [entry.title for entry in feed.entries] == ["Old, updated", "New"]
    assert feed.entries[0].published_parsed < feed.entries[0].updated_parsed


@each_feed
def test_feed_is_as_long_as_it_says(client, kind):
    for hours in range(LENGTH + 2):
        factories.live(examples.AT + HOUR * hours)
    assert len(read(client, kind).entries) == LENGTH


def test_scheduled_story_enters_at_its_minute():
    story = factories.draft()
    start = timezone.now() + HOUR
    publishing.schedule(story, by=None, live_from=start)
    assert not headlines(start - MINUTE)
    assert [version.story for version in headlines(start)] == [story]


@each_feed
def test_withdrawn_story_leaves_the_feed(client, kind):
    story = examples.ferries()
    examples.harbour()
    publishing.withdraw(story, by=None, reason="Wrong berth.")
    assert [entry.id for entry in read(client, kind).entries] == [f"urn:uuid:{examples.HARBOUR}"]


@each_feed
def test_renamed_story_keeps_its_id_under_its_new_address(client, kind):
    story = examples.ferries()
    etag = client.get(address(kind)).headers["ETag"]
    publishing.rename(story, by=None, slug="winter-ferries")
    (entry,) = read(client, kind).entries
    assert entry.id == f"urn:uuid:{examples.FERRIES}"
    assert entry.link == "http://testserver/stories/winter-ferries/"
    assert b"ferry-line" not in client.get(address(kind)).content
    assert client.get(address(kind)).headers["ETag"] != etag


@each_feed
def test_minor_change_is_no_update_but_is_in_the_feed(client, kind):
    story = examples.ferries()
    before = read(client, kind).entries[0].updated
    factories.edit(story, standfirst="A second berth, and a timetable.")
    publishing.publish(story, by=None, kind="minor")
    (entry,) = read(client, kind).entries
    assert entry.summary == "A second berth, and a timetable."
    assert entry.updated == before


@each_feed
def test_unchanged_feed_is_not_sent_again(client, kind):
    examples.ferries()
    first = client.get(address(kind))
    again = client.get(address(kind), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(address(kind), headers={"If-None-Match": '"other"'}).status_code == 200


@each_feed
def test_no_date_can_hide_a_withdrawal(client, kind):
    """A feed without its withdrawn story has the same newest date, so dates are no condition here."""
    examples.ferries()
    gone = examples.harbour()
    response = client.get(address(kind))
    assert "Last-Modified" not in response.headers
    publishing.withdraw(gone, by=None, reason="Wrong harbour.")
    since = {"If-Modified-Since": "Mon, 23 Nov 2099 12:00:00 GMT"}
    assert client.get(address(kind), headers=since).status_code == 200


def test_etag_is_the_same_in_every_process():
    command = [sys.executable, "-m", "tests.stories.feeds.feed_process"]
    etags = {
        subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(etags) == 1
    assert etags.pop().count('"') == 4


@each_feed
def test_scheduled_version_does_not_change_the_etag(client, kind):
    story = examples.ferries()
    before = client.get(address(kind))
    factories.edit(story, headline="Not yet")
    publishing.schedule(story, by=None, live_from=timezone.now() + HOUR)
    after = client.get(address(kind))
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])


@each_feed
def test_feed_is_for_everyone_and_for_caches(client, kind):
    examples.ferries()
    response = client.get(address(kind))
    assert response.headers["Content-Type"] == f"application/{kind}+xml; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies
    assert not response.streaming
    assert int(response.headers["Content-Length"]) == len(response.content)


@each_feed
def test_head_answers_like_get(client, kind):
    examples.ferries()
    head, get = client.head(address(kind)), client.get(address(kind))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Cache-Control"):
        assert head.headers[name] == get.headers[name]
    assert client.options(address(kind)).status_code == 405


@each_feed
def test_addresses_follow_the_request(client, settings, kind):
    settings.ALLOWED_HOSTS = ["news.example"]
    examples.ferries()
    response = client.get(address(kind), secure=True, headers={"Host": "news.example"})
    assert RULES[kind](response.content, f"https://news.example{address(kind)}") == []
    assert b"testserver" not in response.content
    assert b"http://news.example" not in response.content


def test_atom_id_names_the_site_over_http_and_https(client, settings):
    settings.ALLOWED_HOSTS = ["news.example", "other.example"]

    def id_of(host, *, secure):
        body = client.get(address("atom"), secure=secure, headers={"Host": host}).content
        return feedparser.parse(body).feed.id

    assert id_of("news.example", secure=True) == id_of("news.example", secure=False)
    assert id_of("news.example", secure=True) != id_of("other.example", secure=True)


@each_feed
def test_feed_cost_does_not_grow(client, kind, queries_do_not_grow, django_assert_max_num_queries):
    def grow():
        story = factories.live(gallery=[])
        Topic.objects.get_or_create(slug="world")
        return story

    queries_do_not_grow(lambda: client.get(address(kind)), grow=grow)
    with django_assert_max_num_queries(1):
        client.get(address(kind))

"""One walk over every reader's address after a redaction: the words are nowhere, and what lists Versions says when and
why. A Version in the middle of a chain, and the newest one of a story that was withdrawn."""

from datetime import timedelta

import pytest
from django.urls import resolve
from django.utils import timezone

from stories import publishing
from stories.draft import read_draft, write_draft
from stories.iso_moment import write_moment
from tests import factories
from tests.stories.test_nothing_leaks import WALKED, filled, picture

pytestmark = pytest.mark.django_db
REMOVED = "thylacine"
REASON = "A court ordered it."
NEVER_LISTS_VERSIONS = {"preview", "picture"}  # of a draft, and of a file
NOW = timezone.now()
AT_FIRST, WITH_THE_WORDS, AFTERWARDS, WHEN = (NOW - timedelta(days=days) for days in (40, 30, 20, 10))
THEN = write_moment(WITH_THE_WORDS + timedelta(hours=1))


def told_when():
    """The day of the redaction, as data and as pages write it; nothing else happened on it."""
    return WHEN.strftime("%Y-%m-%d"), f"{WHEN:%b} {WHEN.day} {WHEN.year}"


def story_with_the_words(slug):
    """Version 1 says other words, Version 2 has the words wherever a Version has any."""
    quiet = factories.document(headline="A quiet harbour", slug=slug, gallery=[picture("c", "quiet")])
    story = factories.live(AT_FIRST, **quiet.model_dump(exclude={"format", "evidence"}))
    says(story, filled(REMOVED, uid=story.uid, slug=story.slug))
    publishing.publish(story, by=None, at=WITH_THE_WORDS, note=f"{REMOVED} note")
    return story


def says(story, document):
    write_draft(story, type(read_draft(story)).model_validate(document))
    story.refresh_from_db()


def middle_one_redacted():
    """Version 3 mends it, with a notice about a passage of Version 2."""
    story = story_with_the_words("harbour")
    says(story, factories.version(story).document)
    said = {"kind": "correction", "text": "It did not happen.", "passage": "t1"}
    publishing.issue_notice(factories.version(story, 2), by=None, at=AFTERWARDS, **said)
    publishing.place(story, by=None, rank=1, at=AFTERWARDS)
    publishing.redact(factories.version(story, 2), by=None, reason=REASON, at=WHEN)
    return story


def newest_one_redacted():
    story = story_with_the_words("harbour")
    publishing.withdraw(story, by=None, reason="It was untrue.", at=AFTERWARDS)
    publishing.redact(factories.version(story, 2), by=None, reason=REASON, at=WHEN)
    return story


LISTING = [
    "/stories/harbour/versions/",
    "/stories/harbour/versions/2/",
    "/stories/harbour/versions/2/document.json",
    "/stories/harbour/versions/1..2/",
    "/stories/harbour/versions/checksums.json",
    "/stories/harbour/versions/timemap/",
    f"/at/{THEN}/",
]
OTHERS = [
    "/",
    "/at/",
    "/topics/world/",
    "/stories/harbour/",
    "/stories/harbour/?since=1",
    "/stories/harbour/?since=2",
    f"/stories/harbour/at/{THEN}/",
    "/stories/harbour/versions/1/",
    "/stories/harbour/versions/1/document.json",
    "/stories/harbour/versions/latest.json",
    "/stories/harbour/versions/2/passages/",
    "/stories/harbour/versions/2/story.html",
    f"/pictures/{'a' * 16}/",
    f"/pictures/{'c' * 16}/",
    "/corrections/",
    "/outlets/",
    f"/outlets/{REMOVED}/",
    "/outlets/harbour-courier/",
    "/how-to-read/",
    "/policies/",
    "/policies/corrections/",
    "/policies/corrections/1/",
    "/offline/",
    "/service-worker.js",
    "/report/?story=harbour&version=2&passage=s1.1",
    "/report/thanks/",
    "/search/?q=heading",
    "/archive/",
    f"/archive/{AT_FIRST:%Y/%m}/",
    f"/archive/{WITH_THE_WORDS:%Y/%m/%d}/",
    "/search/suggestions.json?q=headl",
    "/feeds/",
    "/feeds/headlines.rss",
    "/feeds/headlines.atom",
]
OF_THE_MIDDLE = [
    "/stories/harbour/versions/2..3/",
    "/stories/harbour/versions/1..3/",
    "/stories/harbour/versions/3/",
    "/stories/harbour/versions/3/document.json",
]


def answer(client, address):
    """All that an address answers, headers too."""
    response = client.get(address)
    assert response.status_code in {200, 302, 404, 410}, address
    return f"{response.headers} {response.content.decode()}"


def test_the_walk_goes_to_every_readers_address():
    walked = {resolve(address.partition("?")[0]).url_name for address in LISTING + OTHERS}
    assert walked == WALKED - NEVER_LISTS_VERSIONS


def test_before_it_the_words_are_wherever_they_can_be(client):
    story_with_the_words("harbour")
    assert {address for address in LISTING + OTHERS if REMOVED not in answer(client, address).lower()} == {
        "/at/",
        "/archive/",
        f"/archive/{AT_FIRST:%Y/%m}/",
        "/corrections/",
        "/feeds/",
        "/report/thanks/",
        "/how-to-read/",
        "/policies/",
        "/policies/corrections/",
        "/policies/corrections/1/",
        "/offline/",
        "/service-worker.js",
        "/outlets/harbour-courier/",
        f"/pictures/{'c' * 16}/",
        "/stories/harbour/versions/1/",
        "/stories/harbour/versions/1/document.json",
        "/stories/harbour/versions/latest.json",
        "/stories/harbour/versions/timemap/",
        f"/stories/harbour/at/{THEN}/",
    }


@pytest.mark.parametrize(
    ("redacted", "more"), [(middle_one_redacted, OF_THE_MIDDLE), (newest_one_redacted, [])], ids=["middle", "newest"]
)
def test_a_redacted_versions_words_are_at_no_readers_address(client, redacted, more):
    redacted()
    for address in [*LISTING, *OTHERS, *more]:
        assert REMOVED not in answer(client, address).lower(), address
    for gone in (f"/pictures/{'a' * 16}/", f"/outlets/{REMOVED}/"):
        assert client.get(gone).status_code == 404


@pytest.mark.parametrize(
    ("redacted", "more"),
    [(middle_one_redacted, ["/stories/harbour/versions/2..3/", "/corrections/"]), (newest_one_redacted, [])],
    ids=["middle", "newest"],
)
def test_what_lists_versions_says_when_and_why(client, redacted, more):
    redacted()
    for address in [*LISTING, *more]:
        said = answer(client, address)
        assert REASON in said, address
        assert any(day in said for day in told_when()), address


def test_the_notice_about_it_leads_to_the_tombstone_and_says_so(client):
    middle_one_redacted()
    said = answer(client, "/stories/harbour/")
    assert 'href="/stories/harbour/versions/2/">What became of version 2</a>' in said
    assert "As it was" not in said
    assert "as it was" not in answer(client, "/corrections/")

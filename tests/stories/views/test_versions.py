from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import Version
from tests import factories
from tests.stories.views.reading import by_class, page, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ago(hours: float):
    return timezone.now() - HOUR * hours


@pytest.fixture
def story():
    """Three Versions that readers saw and one that they will see."""
    story = factories.live(ago(4), headline="First", slug="ferry")
    publishing.publish(
        factories.edit(story, headline="Second"), by=None, at=ago(3), kind=Version.Kind.CORRECTION, note="A name."
    )
    publishing.publish(factories.edit(story, headline="Third"), by=None, at=ago(2))
    publishing.schedule(factories.edit(story, headline="Fourth"), by=None, live_from=timezone.now() + HOUR)
    return story


def version_page(client, number, status=200):
    return page(client, f"/stories/ferry/versions/{number}/", status)


def test_versions_are_listed_the_newest_first_under_their_numbers(client, story):
    tree = page(client, "/stories/ferry/versions/")
    assert tree.xpath("//ol/li/@value") == ["3", "2", "1"]
    said = words(tree)
    assert "correction" in said
    assert "A name." in said
    assert "Fourth" not in said


def test_old_version_says_that_it_is_one_and_leads_to_the_story(client, story):
    tree = version_page(client, 2)
    assert words(tree.xpath("//h1")[0]) == "Second"
    notice = words(by_class(tree, "edition")[0])
    assert notice.startswith("An earlier version, number 2 of 3 Published")
    assert "replaced" in notice
    assert tree.xpath("//body/@class") == ["aged"]
    assert "/stories/ferry/" in by_class(tree, "edition")[0].xpath(".//a/@href")
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_current_version_has_its_own_address_too(client, story):
    tree = version_page(client, 3)
    assert words(by_class(tree, "edition")[0]).startswith("The current version, number 3 of 3")
    assert tree.xpath("//body/@class") == []


@pytest.mark.parametrize("number", [4, 5, "0", "02", "x", "9" * 9, "9" * 40])
def test_version_that_no_reader_has_seen_is_not_found(client, story, number):
    version_page(client, number, 404)


def test_versions_of_a_draft_are_not_found(client):
    draft = factories.draft()
    page(client, f"/stories/{draft.slug}/versions/", 404)
    page(client, f"/stories/{draft.slug}/versions/1/", 404)


def test_versions_of_a_withdrawn_story_stay_readable_under_the_notice(client, story):
    publishing.call_off(story, by=None)
    publishing.withdraw(story, by=None, reason="The ferry did not sail.")
    tree = version_page(client, 2)
    assert "The ferry did not sail." in words(by_class(tree, "withdrawal")[0])
    assert words(tree.xpath("//h1")[0]) == "Second"
    listed = words(page(client, "/stories/ferry/versions/"))
    assert "The ferry did not sail." in listed
    assert not any(word in listed for word in ("First", "Second", "Third", "A name."))


def test_redacted_version_shows_no_word(client, story):
    version = story.versions.get(number=1)
    version.document, version.headline = {}, ""
    version.redacted_at, version.redacted_reason = ago(1), "A court ordered it."
    version.save()
    said = words(version_page(client, 1))
    assert "A court ordered it." in said


def test_former_address_of_versions_redirects(client, story):
    publishing.rename(story, by=None, slug="ship")
    assert client.get("/stories/ferry/versions/")["Location"] == "/stories/ship/versions/"
    assert client.get("/stories/ferry/versions/2/")["Location"] == "/stories/ship/versions/2/"


def test_queries_of_versions_do_not_grow(client, queries_do_not_grow):
    story, moments = factories.live(ago(100)), iter(range(99, 0, -1))

    def publish():
        at = ago(next(moments))
        publishing.publish(factories.edit(story, headline=f"At {at}"), by=None, at=at)

    queries_do_not_grow(lambda: client.get(f"/stories/{story.slug}/versions/"), grow=publish)
    queries_do_not_grow(lambda: client.get(f"/stories/{story.slug}/versions/1/"), grow=publish)


def test_each_version_shows_its_checksum(client):
    story = factories.live(ago(2))
    checksum = story.versions.get().checksum
    assert len(checksum) == 64
    assert checksum in words(page(client, f"/stories/{story.slug}/versions/1/"))

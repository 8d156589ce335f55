"""Every passage of a Version, to link to and to cite."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.draft import read_draft, write_draft
from tests import factories
from tests.stories.views.reading import page, part, words

pytestmark = pytest.mark.django_db
ADDRESS = "/stories/ferry/versions/1/passages/"


@pytest.fixture
def story():
    return factories.live(timezone.now() - timedelta(hours=2), slug="ferry", headline="Ferry sails")


def test_each_passage_has_its_permanent_address_and_a_citation(client, story):
    first = part(page(client, ADDRESS), "s1.1")
    assert [link.get("href") for link in first.iter("a")] == [
        "/stories/ferry/versions/1/#s1.1",
        "/report/?story=ferry&version=1&passage=s1.1",
    ]
    said = words(first)
    assert "“The line opened a second berth.” Newsdesk, “Ferry sails”, version 1," in said
    assert "UTC, http://testserver/stories/ferry/versions/1/#s1.1 It rests on: [1] “A second berth opens”" in said
    assert page(client, ADDRESS).xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_the_story_and_its_versions_lead_there(client, story):
    for address in ("/stories/ferry/", "/stories/ferry/versions/1/"):
        tree = page(client, address)
        assert ADDRESS in [link.get("href") for link in tree.iter("a")]
        assert tree.xpath("//article/@data-passages") == [ADDRESS]


def test_a_version_whose_words_are_gone_leads_to_what_says_why(client, story):
    publishing.publish(factories.edit(story, headline="Other"), by=None, at=timezone.now() - timedelta(hours=1))
    publishing.redact(factories.version(story, 1), by=None, reason="A court ordered it.")
    assert client.get(ADDRESS).headers["Location"] == "/stories/ferry/versions/1/"
    assert client.get(ADDRESS.replace("1", "3")).status_code == 404


def test_an_address_that_the_story_had_leads_on(client, story):
    publishing.rename(story, by=None, slug="crossing")
    response = client.get(ADDRESS)
    assert (response.status_code, response.headers["Location"]) == (301, "/stories/crossing/versions/1/passages/")


def test_more_passages_and_versions_cost_no_more_queries(client, story, queries_do_not_grow):
    def grow():
        timeline = list(read_draft(story).timeline)
        event = timeline[0].model_copy(update={"id": f"t{len(timeline) + 1}", "sentences": []})
        write_draft(story, read_draft(story).model_copy(update={"timeline": [*timeline, event]}))
        publishing.publish(story, by=None)

    queries_do_not_grow(lambda: client.get(f"/stories/ferry/versions/{story.versions.count()}/passages/"), grow=grow)

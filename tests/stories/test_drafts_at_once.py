"""Several people at once: what they share is made once, nobody is refused for being second, nobody waits for ever."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from stories import publishing, refusals
from stories.draft import hold, new_story, read_draft, write_draft
from stories.models import Article, Outlet, PreviousSlug, Story, Topic
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act returned, or the exception it raised; all begin together, each on its own connection."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(20)
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def faults_of(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, Exception)]


def source(number: int, name: str) -> dict[str, Any]:
    return {"number": number, "title": name, "url": f"https://report.example/{name}", "outlet": f"The {name} Courier"}


def test_new_stories_of_one_headline_get_an_address_each():
    for time in range(TIMES):
        documents = [factories.document(headline=f"Same words {time}", sources=[], sections=[]) for _ in range(4)]
        stories = at_once(*(partial(new_story, document) for document in documents))
        assert faults_of(stories) == []
        assert len({story.slug for story in stories}) == 4


def test_stories_that_bring_the_same_new_topic_outlets_and_reports_share_them():
    for time in range(TIMES):
        names = [f"{name}-{time}" for name in "abcd"]
        topic = {"slug": f"topic-{time}", "name": f"Topic {time}"} if time % 2 else None
        documents = [
            factories.document(topic=topic, sources=[source(n, name) for n, name in enumerate(order, 1)], sections=[])
            for order in (names, names[::-1], names, names[::-1])
        ]
        assert faults_of(at_once(*(partial(new_story, document) for document in documents))) == []
    assert (Topic.objects.count(), Outlet.objects.count(), Article.objects.count()) == (TIMES / 2, 4 * TIMES, 4 * TIMES)


def test_reports_shared_in_opposite_orders_hold_nobody_up():
    names = [f"r{n}" for n in range(12)]
    sources = [source(n, name) for n, name in enumerate(names, 1)]
    turned = [{**entry, "number": 13 - entry["number"]} for entry in sources]
    one, other = (factories.draft(sources=given, sections=[], timeline=[]) for given in (sources, turned))
    for name in ("language", "archive_url", "published"):
        value = {"language": "en", "archive_url": "https://archive.example/", "published": "2026-03-01"}[name]
        changed = [
            type(document).model_validate(
                {**document.as_json(), "sources": [{**entry, name: value} for entry in document.as_json()["sources"]]}
            )
            for document in (read_draft(one), read_draft(other))
        ]
        acts = [partial(write_draft, story, document) for story, document in zip((one, other), changed, strict=True)]
        assert faults_of(at_once(*acts)) == []


def test_of_two_renames_to_one_address_the_second_is_refused_in_words():
    for time in range(TIMES):
        one, other = factories.draft(), factories.draft()
        acts = [partial(publishing.rename, story, by=None, slug=f"wanted-{time}") for story in (one, other)]
        refused = faults_of(at_once(*acts))
        assert [type(error) for error in refused] == [refusals.BadSlug]
        assert Story.objects.filter(slug=f"wanted-{time}").count() == 1


def test_an_address_is_not_given_to_one_story_while_another_leaves_it():
    for time in range(TIMES):
        leaving, coming = factories.live(headline=f"Harbour {time}"), factories.draft()
        at_once(
            partial(publishing.rename, leaving, by=None, slug=f"away-{time}"),
            partial(publishing.rename, coming, by=None, slug=f"harbour-{time}"),
        )
        left = PreviousSlug.objects.get(slug=f"harbour-{time}")
        assert left.story_id == leaving.pk
        assert not Story.objects.filter(slug=f"harbour-{time}").exists()


def under(story: Story) -> dict[str, Any]:
    return {"uid": story.uid, "slug": story.slug, "headline": story.headline}


def test_two_stories_cannot_become_each_others_parent():
    for _ in range(TIMES):
        one, other = factories.draft(), factories.draft()
        acts = [
            lambda s=s, p=p: write_draft(
                s, factories.document(**{**read_draft(s).as_json(), "parent": under(p), "gallery": []})
            )
            for s, p in ((one, other), (other, one))
        ]
        refused = faults_of(at_once(*acts))
        assert len(refused) == 1
        assert "stands below this story" in str(refused[0])


def test_a_story_is_put_below_another_while_that_is_being_saved():
    """On SQLite, which has one writer at a time, it is put there as soon as that is saved."""
    at_the_same_time = connection.vendor != "sqlite"
    parent = factories.draft()
    held, made = threading.Event(), threading.Event()

    def save_slowly() -> bool:
        with transaction.atomic():
            hold(parent)
            held.set()
            return made.wait(10 if at_the_same_time else 0.5)

    def make_sub_story() -> None:
        held.wait(10)
        factories.draft(parent=under(parent), sources=[], sections=[], timeline=[])
        made.set()

    assert at_once(save_slowly, make_sub_story) == [at_the_same_time, None]
    assert parent.sub_stories.count() == 1

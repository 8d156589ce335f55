"""After each verb the index holds what readers have, and nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from stories import publishing
from stories.models import SearchEntry, SearchOutlet, Version
from stories.refusals import NotReady
from stories.search.finding import Narrowing, Search
from stories.search.indexing import is_behind
from stories.search.query import read_query
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def found(typed, at=None):
    hits = Search(read_query(typed), Narrowing(), at or timezone.now()).hits()
    return [Version.objects.get(pk=hit.pk).headline for hit in hits]


@pytest.fixture
def story():
    return factories.live(timezone.now() - 5 * HOUR, headline="Quagga seen")


def say(story, headline):
    return factories.edit(story, headline=headline)


def test_the_newest_version_takes_the_place_of_the_one_before(story):
    assert found("quagga") == ["Quagga seen"]
    publishing.publish(say(story, "Zebra seen"), by=None)
    assert (found("quagga"), found("zebra")) == ([], ["Zebra seen"])
    assert SearchEntry.objects.count() == 1


def test_a_schedule_is_found_from_its_minute_on_and_what_it_ends_until_then(story):
    moment = timezone.now() + HOUR
    publishing.schedule(say(story, "Zebra seen"), by=None, live_from=moment)
    before = moment - timedelta(seconds=1)
    assert (found("quagga", before), found("zebra", before)) == (["Quagga seen"], [])
    assert (found("quagga", moment), found("zebra", moment)) == ([], ["Zebra seen"])


def test_a_schedule_that_is_changed_moved_or_called_off_is_followed(story):
    moment = timezone.now() + HOUR
    publishing.schedule(say(story, "Zebra seen"), by=None, live_from=moment)
    story.refresh_from_db()
    publishing.change_scheduled(say(story, "Okapi seen"), by=None)
    assert (found("zebra", moment), found("okapi", moment)) == ([], ["Okapi seen"])
    publishing.reschedule(story, by=None, live_from=moment + HOUR)
    assert (found("quagga", moment), found("okapi", moment + HOUR)) == (["Quagga seen"], ["Okapi seen"])
    publishing.call_off(story, by=None)
    assert (found("quagga", moment + HOUR), found("okapi", moment + HOUR)) == (["Quagga seen"], [])


def test_a_withdrawn_story_is_not_found_and_one_that_is_restored_is(story):
    publishing.withdraw(story, by=None, reason="Wrong.")
    assert found("quagga") == []
    assert not SearchEntry.objects.exists()
    publishing.restore(story.versions.get(number=1), by=None)
    assert found("quagga") == ["Quagga seen"]


def test_what_is_taken_back_gives_way_to_what_was_there_before(story):
    publishing.publish(say(story, "Zebra seen"), by=None, at=timezone.now() - HOUR)
    publishing.take_back(story, by=None, reason="Wrong.")
    assert (found("quagga"), found("zebra")) == (["Quagga seen"], [])


def test_words_that_are_redacted_are_nowhere_in_the_index(story):
    publishing.publish(say(story, "Zebra seen"), by=None)
    publishing.redact(story.versions.get(number=1), by=None, reason="A court.")
    assert "quagga" not in everything_in_the_index()
    assert "zebra" in everything_in_the_index()


def everything_in_the_index():
    table = "stories_searchentry" if connection.vendor == "postgresql" else "stories_search_words"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return str(cursor.fetchall())


def test_a_refused_publication_leaves_the_index_as_it_was(story):
    with pytest.raises(NotReady):
        publishing.publish(say(story, ""), by=None)
    assert found("quagga") == ["Quagga seen"]


def test_outlets_are_told_once_and_go_with_their_version(story):
    assert list(SearchOutlet.objects.values_list("name", flat=True)) == ["Harbour Courier", "Strait Wire"]
    publishing.withdraw(story, by=None, reason="Wrong.")
    assert not SearchOutlet.objects.exists()


def test_publishing_stays_within_forty_statements(story, django_assert_max_num_queries):
    say(story, "Zebra seen")
    with django_assert_max_num_queries(40):
        publishing.publish(story, by=None)


def test_rebuilding_finds_again_what_was_lost_and_drops_what_is_no_more(story, capsys):
    publishing.schedule(say(story, "Zebra seen"), by=None, live_from=timezone.now() + HOUR)
    gone = factories.live(headline="Okapi seen")
    SearchEntry.objects.exclude(version__story=gone).delete()
    Version.objects.filter(story=gone).update(live_until=timezone.now())  # as after somebody's own statement
    assert is_behind(timezone.now())
    call_command("rebuild_search")
    assert not is_behind(timezone.now())
    assert capsys.readouterr().out == "The index of search has 2 Versions.\n"
    assert (found("quagga"), found("okapi")) == (["Quagga seen"], [])
    assert "okapi" not in everything_in_the_index()
    call_command("rebuild_search")
    assert SearchEntry.objects.count() == 2

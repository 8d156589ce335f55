"""What the database itself refuses, whoever writes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from stories.models import Article, Image, Placement, Source, Story, Topic, Version
from tests import factories
from tests.factories import NOON
from timelines.models import TimelineEvent

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    return True


def test_a_story_is_not_its_own_parent():
    story = factories.draft()
    assert refused(lambda: Story.objects.filter(pk=story.pk).update(parent=story))


def test_parents_form_no_circle():
    grandparent, parent, child = (factories.draft() for _ in range(3))
    factories.edit(parent, parent=grandparent)
    factories.edit(child, parent=parent)
    grandparent.parent = child
    with pytest.raises(ValidationError, match="stands below this story"):
        grandparent.clean()


def test_a_source_number_is_given_once_in_a_story():
    story = factories.draft()
    assert refused(lambda: Source.objects.create(story=story, number=1))
    Source.objects.create(story=factories.draft(sources=[], sections=[], timeline=[]), number=1)


@pytest.mark.parametrize("number", [0, 1000])
def test_a_source_number_has_one_to_three_digits(number):
    story = factories.draft()
    assert refused(lambda: Source.objects.create(story=story, number=number))


def test_an_address_is_one_article_however_it_is_spelled():
    Article.objects.create(url="HTTPS://Harbour.example:443/a?utm_source=x#top")
    assert Article.objects.get().url == "https://harbour.example/a"
    assert refused(lambda: Article.objects.create(url="https://harbour.example/a"))
    Article.objects.create(url="")
    Article.objects.create(url="")


def test_versions_of_a_story_do_not_overlap_open_ended():
    story = factories.live()
    row = factories.version(story)
    again = {f.attname: getattr(row, f.attname) for f in Version._meta.fields if f.name != "id"}
    assert refused(lambda: Version.objects.create(**{**again, "number": 2, "live_from": NOON + timedelta(hours=1)}))
    assert refused(lambda: Version.objects.create(**{**again, "live_until": NOON + timedelta(hours=1)}))


def test_a_version_ends_after_it_begins():
    version = factories.version(factories.live())
    assert refused(lambda: Version.objects.filter(pk=version.pk).update(live_until=NOON))
    assert refused(lambda: Version.objects.filter(pk=version.pk).update(number=0))
    assert refused(lambda: Version.objects.filter(pk=version.pk).update(kind="rumour"))


def test_a_withdrawn_version_is_not_live():
    version = factories.version(factories.live())
    later = NOON + timedelta(hours=1)
    assert refused(
        lambda: Version.objects.filter(pk=version.pk).update(withdrawn_at=NOON, live_until=later),
    )


def test_a_story_that_readers_saw_cannot_be_deleted():
    story = factories.live()
    with pytest.raises(ProtectedError):
        story.delete()
    factories.draft().delete()


def test_an_article_or_topic_in_use_cannot_be_deleted():
    story = factories.draft()
    with pytest.raises(ProtectedError):
        story.sources.first().article.delete()
    with pytest.raises(ProtectedError):
        story.topic.delete()


def test_a_placement_ends_after_it_begins_and_has_a_rank():
    story = factories.live()
    assert refused(lambda: Placement.objects.create(story=story, rank=0, live_from=NOON))
    assert refused(lambda: Placement.objects.create(story=story, rank=1, live_from=NOON, live_until=NOON))
    Placement.objects.create(story=story, rank=1, live_from=NOON)
    assert refused(lambda: Placement.objects.create(story=story, rank=2, live_from=NOON + timedelta(hours=1)))


def test_a_picture_has_its_file_and_size_or_neither():
    Image.objects.create(caption="Awaits its upload")
    assert refused(lambda: Image.objects.create(sha256="a" * 64))
    assert refused(lambda: Image.objects.create(width=3, height=4))


def test_a_picture_is_in_the_library_once():
    whole = {"file": "pictures/a.jpg", "sha256": "a" * 64, "width": 3, "height": 4}
    Image.objects.create(**whole)
    assert refused(lambda: Image.objects.create(**whole))


def test_picture_rights_end_after_they_begin():
    assert refused(lambda: Image.objects.create(rights_from=NOON, rights_until=NOON))


def test_an_event_key_is_given_once_in_a_story():
    story = factories.draft()
    assert refused(lambda: TimelineEvent.objects.create(story=story, key=1))


def test_topics_have_names_of_their_own():
    Topic.objects.create(name="Science", slug="science")
    assert refused(lambda: Topic.objects.create(name="Science", slug="science-2"))
    assert refused(lambda: Topic.objects.create(name="No address", slug=""))

import pytest
from django.urls import reverse

from stories.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "admin:stories_topic_changelist"


@pytest.fixture(autouse=True)
def chief(sign_in):
    return sign_in("Chief")


def test_a_topic_is_added(client):
    client.post(reverse("admin:stories_topic_add"), {"name": "Наука", "slug": "наука", "position": "3"})
    assert Topic.objects.get(slug="наука").name == "Наука"


def test_the_list_counts_stories_and_costs_the_same_however_long(client, queries_do_not_grow):
    def grow():
        number = Topic.objects.count()
        factories.draft(topic={"slug": f"topic-{number}", "name": f"Topic {number}"})

    grow()
    assert client.get(reverse(LIST)).context["cl"].result_list[0].story_count == 1
    queries_do_not_grow(lambda: client.get(reverse(LIST)), grow=grow)


def test_a_topic_in_use_is_not_deleted(client):
    story = factories.live(headline="Harbour talks")
    topic = story.topic
    delete = reverse("admin:stories_topic_delete", args=[topic.pk])
    page = client.post(delete, {"post": "yes"}, follow=True).content.decode()
    assert "“World” is used by the story “Harbour talks”." in page
    factories.edit(story, topic=None)
    page = client.post(delete, {"post": "yes"}, follow=True).content.decode()
    assert "“World” stays, since readers were shown it in “Harbour talks (version 1)”" in page
    assert Topic.objects.filter(pk=topic.pk).exists()

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from stories import publishing, reading
from stories.models import Version
from stories.models.prepared import Prepared
from stories.relatives import relatives
from tests import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_prepared_reads_give_what_the_querysets_give():
    now = timezone.now()
    parent = factories.live(now - 3 * HOUR, headline="Parent")
    entry = {"uid": parent.uid, "slug": parent.slug, "headline": parent.headline}
    child = factories.live(now - 2 * HOUR, headline="Child", parent=entry)
    publishing.place(child, by=None, rank=1, at=now - HOUR)
    live = Version.objects.live(now)
    columns = reading.PAGE_COLUMNS
    page = (*live.filter(story=child).values_list(*columns).get(), False)
    assert reading.live_story(child.slug, now) == page
    assert reading.published_version(child.slug, 1, now) == page
    publishing.issue_notice(child.versions.get(), by=None, kind="update", text="A note.", at=now - HOUR)
    assert reading.live_story(child.slug, now).has_notices
    assert [notice.text for notice in reading.notices(reading.live_story(child.slug, now), now)] == ["A note."]
    assert [branch.card for branch in relatives(parent.uid, None, now).sub_stories] == live.filter(story=child).cards()
    assert [relatives(child.uid, parent.uid, now).parent] == live.filter(story=parent).cards()
    assert reading.headlines(now) == [*Version.objects.placed(now).cards(), *live.filter(parent_uid=None).cards()]
    assert [topic.slug for topic in reading.live_topics(now)] == ["world"]


def test_each_call_has_its_own_values():
    now = timezone.now()
    first, second = factories.live(now - 3 * HOUR), factories.live(now - HOUR)
    assert reading.live_story(first.slug, now).uid == first.uid
    assert reading.live_story(second.slug, now).uid == second.uid
    assert reading.live_story(second.slug, now - 2 * HOUR) is None
    assert reading.published_version(first.slug, 2, now) is None


def test_values_of_one_type_are_told_apart():
    seen = []
    read = Prepared(
        lambda one, two: (
            seen.append((one, two)) or Version.objects.filter(parent_uid=one, story__uid=two).values_list("pk")
        ),
        one=UUID,
        two=UUID,
    )
    parent = factories.live()
    child = factories.live(parent={"uid": parent.uid, "slug": parent.slug, "headline": parent.headline})
    assert read(one=parent.uid, two=child.uid) == [(child.versions.get().pk,)]
    assert read(one=child.uid, two=parent.uid) == []
    assert len(seen) == 1


@pytest.mark.parametrize("slug", ["a-ferry", "فرضة", "eau-à-midi", "x"])
def test_card_has_the_address_of_its_story(slug):
    story = factories.live(timezone.now() - HOUR, slug=slug)
    (card,) = reading.headlines(timezone.now())
    assert card.get_absolute_url() == story.get_absolute_url()

"""Parent, siblings, and the tree of sub-stories."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import Version
from stories.relatives import DEPTH, relatives, size_of
from tests import factories

pytestmark = pytest.mark.django_db


def ago(hours):
    return timezone.now() - timedelta(hours=hours)


def under(parent, hours, headline):
    entry = {"uid": parent.uid, "slug": parent.slug, "headline": parent.headline}
    return factories.live(ago(hours), headline=headline, parent=entry)


def of(story):
    return relatives(story.uid, story.parent.uid if story.parent else None, timezone.now())


def tree(branches):
    return {branch.card.headline: tree(branch.branches) for branch in branches}


def test_sub_stories_are_a_tree_in_the_order_in_which_they_are_arranged():
    top = factories.live(ago(9))
    one, two = under(top, 8, "One"), under(top, 7, "Two")
    below = [under(one, 6, "One A"), under(one, 5, "One B")]
    publishing.arrange_sub_stories(top, [one, two], by=None)
    publishing.arrange_sub_stories(one, below, by=None)
    found = of(top).sub_stories
    assert tree(found) == {"One": {"One A": {}, "One B": {}}, "Two": {}}
    assert list(tree(found)) == ["One", "Two"]
    assert size_of(found) == 4


def test_siblings_are_all_sub_stories_of_the_parent_while_that_is_live():
    top = factories.live(ago(9))
    one, two = under(top, 8, "One"), under(top, 7, "Two")
    under(two, 6, "Nephew")
    publishing.arrange_sub_stories(top, [one, two], by=None)
    found = of(one)
    assert [card.headline for card in found.siblings] == ["One", "Two"]
    assert (found.parent.uid, found.sub_stories) == (top.uid, [])
    publishing.withdraw(top, by=None, reason="It was wrong.")
    assert (of(one).parent, of(one).siblings) == (None, [])


def test_only_child_has_no_siblings():
    top = factories.live(ago(9))
    assert of(under(top, 8, "One")).siblings == []


def test_what_is_scheduled_or_withdrawn_is_not_in_the_tree():
    top = factories.live(ago(9))
    publishing.withdraw(under(top, 8, "Gone"), by=None, reason="It was wrong.")
    entry = {"uid": top.uid, "slug": top.slug, "headline": top.headline}
    publishing.schedule(factories.draft(parent=entry), by=None, live_from=timezone.now() + timedelta(hours=1))
    assert of(top).sub_stories == []


def test_tree_ends_at_its_depth():
    story = top = factories.live(ago(20))
    for level in range(1, DEPTH + 2):
        story = under(story, 20 - level, f"Level {level}")
    assert size_of(of(top).sub_stories) == DEPTH


def test_ring_is_cut_where_it_closes():
    top = factories.live(ago(9))
    one = under(top, 8, "One")
    Version.objects.filter(story=top).update(parent_uid=one.uid)
    assert tree(relatives(top.uid, one.uid, timezone.now()).sub_stories) == {}
    assert tree(relatives(one.uid, top.uid, timezone.now()).sub_stories) == {}

from datetime import timedelta

import pytest
from django.utils import timezone

from stories import publishing
from stories.models import AuditEntry, Policy
from stories.refusals import BadNote, NothingChanged, NothingToPublish, NotLive, WrongMoment
from tests.factories import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def policy(**fields):
    return Policy.objects.create(**{"slug": "quagga", "title": "Quagga policy", "body": "<p>We mend.</p>", **fields})


def test_an_edition_stands_until_the_next_and_keeps_its_words():
    made = policy()
    first = publishing.publish_policy(made, by=None, at=NOON)
    Policy.objects.update(body="<p>We mend at once.</p>")
    second = publishing.publish_policy(made, by=None, note="Says when.", at=NOON + HOUR)
    first.refresh_from_db()
    assert (first.number, first.body, first.in_force_until) == (1, "<p>We mend.</p>", NOON + HOUR)
    assert (second.number, second.body, second.in_force_until) == (2, "<p>We mend at once.</p>", None)
    told = AuditEntry.objects.filter(act="publish policy", about="policy Quagga policy").order_by("pk")
    assert [one.sentence for one in told] == ["Edition 1 is in force.", "Edition 2 is in force. Note: Says when."]


def test_the_same_text_again_makes_no_edition_and_an_ended_policy_can_come_back():
    made = policy()
    publishing.publish_policy(made, by=None, at=NOON)
    with pytest.raises(NothingChanged):
        publishing.publish_policy(made, by=None, at=NOON + HOUR)
    publishing.end_policy(made, by=None, note="Another one holds.", at=NOON + HOUR)
    with pytest.raises(NotLive):
        publishing.end_policy(made, by=None, at=NOON + 2 * HOUR)
    assert publishing.publish_policy(made, by=None, at=NOON + 2 * HOUR).number == 2


@pytest.mark.parametrize("body", ["", "<p>\u2800</p>"])
def test_a_policy_without_words_is_not_published(body):
    with pytest.raises(NothingToPublish, match="has no text yet"):
        publishing.publish_policy(policy(body=body), by=None)


def test_no_act_comes_before_the_last_and_a_note_is_bounded():
    made = policy()
    publishing.publish_policy(made, by=None, at=NOON)
    Policy.objects.update(title="Other")
    with pytest.raises(WrongMoment):
        publishing.publish_policy(made, by=None, at=NOON)
    for note in ("x" * 10_000, "\0"):
        with pytest.raises(BadNote):
            publishing.publish_policy(made, by=None, note=note, at=timezone.now())
    assert made.editions.count() == 1

from datetime import timedelta

import pytest

from stories import publishing
from stories.demo.policies import load_policies
from stories.models import Policy, PolicyEdition
from tests.factories import NOON
from tests.stories.publishing.test_policies import policy
from tests.stories.views.reading import page, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_policy_says_since_when_it_holds_and_leads_to_what_it_said_before(client):
    made = policy()
    publishing.publish_policy(made, by=None, at=NOON)
    Policy.objects.update(body="<p>We mend at once.</p>")
    publishing.publish_policy(made, by=None, note="Says when.", at=NOON + HOUR)
    Policy.objects.update(body="<p>Not yet told.</p>")
    now = words(page(client, "/policies/quagga/"))
    assert "In force since Mar 2 2026, 13:00 UTC edition 2 We mend at once." in now
    assert "Edition 1 From Mar 2 2026, 12:00 UTC until Mar 2 2026, 13:00 UTC" in now
    former = words(page(client, "/policies/quagga/1/"))
    assert "A former edition, number 1 of 2" in former
    assert "We mend." in former
    assert "Quagga policy In force since" in words(page(client, "/policies/"))
    assert "/policies/" in page(client, "/").xpath("//footer//a/@href")


def test_an_ended_policy_is_gone_with_a_reason_and_its_editions_stay(client):
    made = policy()
    publishing.publish_policy(made, by=None, at=NOON)
    publishing.end_policy(made, by=None, note="Another one holds.", at=NOON + HOUR)
    gone = words(page(client, "/policies/quagga/", status=410))
    assert "This policy is no longer in force It ended Mar 2 2026, 13:00 UTC. Another one holds." in gone
    assert "We mend." in words(page(client, "/policies/quagga/1/"))
    assert "Quagga" not in words(page(client, "/policies/"))


def test_what_is_not_published_has_no_page(client):
    made = policy()
    PolicyEdition.objects.all().delete()
    for address in ("/policies/quagga/", "/policies/quagga/1/", "/policies/none/"):
        page(client, address, status=404)
    publishing.publish_policy(made, by=None, at=NOON)
    page(client, "/policies/quagga/2/", status=404)


def test_a_policy_in_a_language_of_the_right_to_left_is_set_so(client):
    publishing.publish_policy(policy(language="ar", title="سياسة", body="<p>نصحح.</p>"), by=None)
    (text,) = page(client, "/policies/quagga/").xpath("//*[@class='policy-text']")
    assert (text.get("lang"), text.get("dir")) == ("ar", "rtl")


def test_policies_cost_the_same_however_many_there_are(client, queries_do_not_grow):
    def grow():
        number = Policy.objects.count()
        publishing.publish_policy(policy(slug=f"policy-{number}"), by=None)
        Policy.objects.filter(slug="policy-0").update(title=f"Title {number}")

    Policy.objects.all().delete()
    queries_do_not_grow(lambda: client.get("/policies/"), grow=grow)
    first = Policy.objects.get(slug="policy-0")

    def reword():
        Policy.objects.filter(pk=first.pk).update(title=f"Title {first.editions.count()} more")
        publishing.publish_policy(first, by=None)

    queries_do_not_grow(lambda: client.get("/policies/policy-0/"), grow=reword)
    queries_do_not_grow(lambda: client.get("/policies/policy-0/1/"), grow=reword)


def test_the_demo_publishes_where_the_newsroom_has_written_nothing(client):
    Policy.objects.all().delete()
    policy(slug="contact", title="Contact", body="<p>Write to us.</p>")
    assert load_policies() == 3
    assert load_policies() == 0
    assert "This is demo text." in words(page(client, "/policies/corrections/"))
    page(client, "/policies/contact/", status=404)

import pytest
from django.urls import reverse

from stories import publishing
from stories.models import Policy
from tests.stories.publishing.test_policies import policy

pytestmark = pytest.mark.django_db


def typed(made, **fields):
    values = {"title": made.title, "slug": made.slug, "language": "en", "position": "1", "body": made.body}
    return values | {"seen_lock": str(made.lock_version), "note": ""} | fields


def send(client, made, **fields):
    address = reverse("admin:stories_policy_change", args=[made.pk])
    return client.post(address, typed(made, **fields), follow=True).content.decode()


def test_an_editor_saves_a_draft_and_publishes_it(client, sign_in):
    editor = sign_in("Editor")
    made = policy(body="")
    assert "has no text yet" in send(client, made, _publish="")
    made.refresh_from_db()
    send(client, made, body="<p>We <script>x</script><b>mend</b>.</p>", _save="")
    assert not made.editions.exists()
    made.refresh_from_db()
    assert "Edition 1 of “Quagga policy” is in force." in send(client, made, _publish="", note="New.")
    edition = made.editions.get()
    assert (edition.body, edition.note, edition.published_by) == ("<p>We <strong>mend</strong>.</p>", "New.", editor)
    made.refresh_from_db()
    assert "Readers have this text already" in send(client, made, _publish="")


def test_an_address_that_readers_know_stays_and_the_policy_cannot_be_deleted(client, sign_in):
    sign_in("Chief")
    made = policy()
    publishing.publish_policy(made, by=None)
    send(client, made, slug="other", _save="")
    assert Policy.objects.get(pk=made.pk).slug == "quagga"
    delete = reverse("admin:stories_policy_delete", args=[made.pk])
    assert "stays, since readers were shown it" in client.post(delete, {"post": "yes"}, follow=True).content.decode()


def test_what_somebody_else_saved_is_shown_once_before_it_is_replaced(client, sign_in):
    sign_in("Editor")
    made = policy()
    Policy.objects.filter(pk=made.pk).update(body="<p>Theirs.</p>", lock_version=1)
    page = send(client, made, body="<p>Mine.</p>", _publish="")
    assert "saved this policy after you had opened it" in page
    assert "<p>Theirs.</p>" in page
    assert "&lt;p&gt;Mine.&lt;/p&gt;" in page
    assert not made.editions.exists()
    send(client, made, body="<p>Mine.</p>", seen_lock="1", _save="")
    assert Policy.objects.get(pk=made.pk).body == "<p>Mine.</p>"


def test_a_reporter_reads_and_neither_writes_nor_publishes(client, sign_in):
    sign_in("Reporter")
    made = policy()
    address = reverse("admin:stories_policy_change", args=[made.pk])
    assert "We mend." in client.get(address).content.decode()
    assert client.post(address, typed(made, _publish="")).status_code == 403


def test_bad_input_is_refused_at_its_field(client, sign_in):
    sign_in("Editor")
    made = policy()
    assert "language tag" in send(client, made, language="??")
    assert "at most 2000" in send(client, made, note="x" * 10_000, _publish="")
    assert "Null characters" in send(client, made, title="a\0b")
    assert Policy.objects.get(pk=made.pk).lock_version == 0


def test_the_list_costs_the_same_however_long(client, sign_in, queries_do_not_grow):
    sign_in("Editor")

    def grow():
        publishing.publish_policy(policy(slug=f"policy-{Policy.objects.count()}"), by=None)

    queries_do_not_grow(lambda: client.get(reverse("admin:stories_policy_changelist")), grow=grow)

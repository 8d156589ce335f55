"""Policies: an edition of one goes to readers, or the policy ends; what they had stays readable."""

from datetime import datetime

from django.db import transaction

from stories.audit import record
from stories.document import is_visible
from stories.models import Policy, PolicyEdition
from stories.publishing.chain import By, now
from stories.refusals import NothingChanged, NothingToPublish, NotLive, WrongMoment
from stories.rich_text import TAG
from stories.versions import kept_note


@transaction.atomic
def publish_policy(policy: Policy, *, by: By, note: str = "", at: datetime | None = None) -> PolicyEdition:
    """Freeze the policy's text into its next edition, in force from now; the one before it ends at that moment.

    Raises NothingToPublish without words, NothingChanged where readers have this text, WrongMoment and BadNote.
    """
    policy, last, at = _hold(policy, at)
    note = kept_note(note)
    if not is_visible(policy.title) or not is_visible(TAG.sub(" ", policy.body)):
        raise NothingToPublish(f"“{policy}” has no text yet. Write what readers may hold the newsroom to.")
    standing = last if last and last.in_force_until is None else None
    if standing and (standing.title, standing.language, standing.body) == (policy.title, policy.language, policy.body):
        raise NothingChanged("Readers have this text already, so no edition was made.")
    if standing:
        _end(standing, at)
    edition = PolicyEdition(policy=policy, number=last.number + 1 if last else 1, note=note, in_force_from=at)
    edition.title, edition.language, edition.body = policy.title, policy.language, policy.body
    edition.published_by = by
    edition.save()
    told = f" Note: {note}" if note else ""
    record("publish policy", f"Edition {edition.number} is in force.{told}", by=by, about=f"policy {policy}")
    return edition


@transaction.atomic
def end_policy(policy: Policy, *, by: By, note: str = "", at: datetime | None = None) -> PolicyEdition:
    """End the policy with the edition that stands; its address then says so, and its editions stay readable.

    Raises NotLive where none stands, WrongMoment and BadNote.
    """
    policy, last, at = _hold(policy, at)
    if last is None or last.in_force_until is not None:
        raise NotLive(f"“{policy}” is not in force, so there is nothing to end.")
    last.end_note = kept_note(note)
    _end(last, at)
    told = f" Note: {last.end_note}" if last.end_note else ""
    record("end policy", f"Ended with edition {last.number}.{told}", by=by, about=f"policy {policy}")
    return last


def _hold(policy: Policy, at: datetime | None) -> tuple[Policy, PolicyEdition | None, datetime]:
    """The policy, held, its newest edition, and the moment of the act."""
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    last = policy.editions.order_by("-number").first()
    at = at or now()
    if last and max(last.in_force_from, last.in_force_until or last.in_force_from) >= at:
        raise WrongMoment("The policy was published or ended at that very moment or later. Try again.")
    return policy, last, at


def _end(edition: PolicyEdition, at: datetime) -> None:
    edition.in_force_until = at
    edition.save(update_fields=["in_force_until", "end_note"])

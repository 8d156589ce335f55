"""The demo's policies: published where the newsroom has not written its own."""

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from stories import publishing
from stories.demo.edition import HERE, read_offset
from stories.models import Policy


@transaction.atomic
def load_policies(*, now: datetime | None = None, by: User | None = None) -> int:
    """Publish the demo's policies, edition by edition, and say how many; one with a text or a reader stays as it is."""
    now = now or timezone.now()
    entries = json.loads((HERE / "policies.json").read_text(encoding="utf-8"))
    own = Policy.objects.exclude(body="", editions=None).values_list("slug", flat=True)
    new = [(place, entry) for place, entry in enumerate(entries, 1) if entry["slug"] not in set(own)]
    for place, entry in new:
        _publish(place, entry, now, by)
    return len(new)


def _publish(place: int, entry: dict[str, Any], now: datetime, by: User | None) -> None:
    named = {"title": entry["title"], "position": place}
    policy, _ = Policy.objects.get_or_create(slug=entry["slug"], defaults=named)
    for edition in entry["editions"]:
        policy.title, policy.body = entry["title"], edition["body"]
        policy.save()
        publishing.publish_policy(policy, by=by, note=edition["note"], at=now + read_offset(edition["at"]))

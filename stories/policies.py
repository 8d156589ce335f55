"""Policies as readers have them: which editions are in force at a moment, and which were."""

from datetime import datetime

from stories.models import PolicyEdition


def policies_in_force(at: datetime) -> list[PolicyEdition]:
    """The edition in force of each policy, in their order, without the texts."""
    standing = PolicyEdition.objects.in_force(at).select_related("policy").defer("body", "policy__body")
    return list(standing.order_by("policy__position", "title", "policy"))


def editions_of(slug: str, at: datetime) -> list[PolicyEdition]:
    """All editions that readers have seen of the policy at this address, the newest first, without their texts."""
    seen = PolicyEdition.objects.published(at).filter(policy__slug=slug).select_related("policy")
    return list(seen.defer("body", "policy__body").order_by("-number"))

"""By which rules the newsroom works: the list of policies, each as it stands, and each edition as it was."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import PolicyEdition
from stories.policies import editions_of, policies_in_force
from stories.reading import live_topics
from stories.rich_text import show


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    return render(request, "stories/policies.html", {"policies": policies_in_force(at), "topics": live_topics(at)})


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """The policy as it stands; 410 with its last edition's way where it ended."""
    at = timezone.now()
    editions = _editions_or_404(slug, at)
    context = _context(editions[0], editions, at)
    return render(request, "stories/policy.html", context, status=200 if context["stands"] else 410)


@require_safe
def policy_edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    at = timezone.now()
    editions = _editions_or_404(slug, at)
    edition = next((one for one in editions if one.number == number), None)
    if edition is None:
        raise Http404("The policy has no such edition.")
    return render(request, "stories/policy.html", _context(edition, editions, at) | {"is_edition": True})


def _editions_or_404(slug: str, at: datetime) -> list[PolicyEdition]:
    editions = editions_of(slug, at)
    if not editions:
        raise Http404("No policy has this address.")
    return editions


def _context(edition: PolicyEdition, editions: list[PolicyEdition], at: datetime) -> dict[str, Any]:
    newest = editions[0]
    stands = newest.in_force_until is None or newest.in_force_until > at
    return {
        "edition": edition,
        "text": show(edition.body),
        "editions": editions,
        "newest": newest,
        "stands": stands,
        "topics": live_topics(at),
    }

"""Asking for the details of Articles: what is missing is fetched in the background, where the newsroom allows that."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from stories.models import Article, Fetch
from stories.shared_rows import hold_shared_rows
from stories.tasks import fetch_details

SPACING = timedelta(seconds=5)  # between two requests to one host
INCOMPLETE = ~Q(url="") & (Q(title="") | Q(outlet=None) | Q(published=None))
OFF = "Fetching is off in this newsroom, so no site was asked for anything. FETCH_ARTICLES in its settings allows it."


@transaction.atomic
def request_details(articles: Iterable[Article], *, at: datetime | None = None) -> list[Article]:
    """Have the pages of these Articles fetched after the commit; those that are asked for, without any that has no
    address, lacks neither title, outlet nor date, or is waiting already. None where fetching is off."""
    if not settings.FETCH_ARTICLES:
        return []
    at = at or timezone.now()
    hold_shared_rows()
    wanted = Article.objects.filter(INCOMPLETE, pk__in={article.pk for article in articles}).order_by("pk")
    asked = [article for article in wanted.select_related("fetch") if not _is_waiting(article, at)]
    fetches = [Fetch(article=article, at=due) for article, due in zip(asked, _spaced(asked, at), strict=True)]
    Fetch.objects.bulk_create(
        fetches,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["state", "sentence", "at", "tries"],
    )
    transaction.on_commit(partial(_enqueue, fetches), robust=True)
    return asked


def _is_waiting(article: Article, at: datetime) -> bool:
    fetch: Fetch | None = getattr(article, "fetch", None)
    return fetch is not None and fetch.state == Fetch.State.QUEUED and not fetch.is_lost(at)


def _spaced(articles: list[Article], at: datetime) -> list[datetime]:
    """When each is due, so that no site gets all of its requests at once."""
    before: Counter[str | None] = Counter()
    moments = []
    for article in articles:
        host = urlsplit(article.url).hostname
        moments.append(at + SPACING * before[host])
        before[host] += 1
    return moments


def _enqueue(fetches: list[Fetch]) -> None:
    for fetch in fetches:
        fetch_details.using(run_after=fetch.at).enqueue(fetch.article_id)

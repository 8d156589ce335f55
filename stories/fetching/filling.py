"""Filling in what an Article lacks with what its page says; what somebody typed is never overwritten."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from stories.audit import record
from stories.fetching.apart import read_apart
from stories.fetching.details import Details
from stories.fetching.page import Page, fetch_page
from stories.fetching.refusal import NotFetched
from stories.models import Article, Fetch, Outlet
from stories.outlets import free_outlet_slug, names_as_known
from stories.shared_rows import hold_shared_rows

logger = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
ELSEWHERE = timedelta(seconds=5)  # after which a host that is being asked for another page is asked again
ONE_AT_A_TIME = 60  # seconds, more than one fetch takes: a worker that was killed holds a host for no longer
ACT = "fetch article"
LABELS = {"title": "title", "outlet": "outlet", "published": "date", "authors": "authors", "language": "language"}
NEEDED = ("title", "outlet", "published")
OFF = "Fetching was turned off before it came to this page."
FAULT = "Newsdesk failed at this page; what went wrong is in the worker's log. Type what is missing, or ask again."
FRONT_PAGE = "The site shows its front page instead of the report, so nothing was taken from it."


def fetch_into(
    article_id: int,
    *,
    at: datetime | None = None,
    fetch: Callable[[str], Page] = fetch_page,
    read: Callable[[Page], Details] = read_apart,
) -> datetime | None:
    """Fetch the page of an Article that waits for it, and fill in its blanks.

    Returns when to try again, or None when it is over. The site is asked outside of any transaction.
    """
    at = at or timezone.now()
    waiting = Fetch.objects.filter(article=article_id, state=Fetch.State.QUEUED, at__lte=at)
    waiting_for = waiting.values_list("article__url", flat=True).first()
    if waiting_for is None:
        return None
    key = f"fetching from {urlsplit(waiting_for).hostname}"[:200].replace(" ", "-")
    if not cache.add(key, True, ONE_AT_A_TIME):
        return _postponed(article_id, at + ELSEWHERE)
    try:
        return _filled(article_id, waiting_for, _details(waiting_for, fetch, read), at)
    except NotFetched as refusal:
        return _missed(article_id, waiting_for, refusal, at)
    except Exception:
        logger.exception("The details of article %s could not be fetched", article_id)
        return _missed(article_id, waiting_for, NotFetched(FAULT), at)
    finally:
        cache.delete(key)


def _details(url: str, fetch: Callable[[str], Page], read: Callable[[Page], Details]) -> Details:
    if not settings.FETCH_ARTICLES:
        raise NotFetched(OFF)
    page = fetch(url)
    if not _is_front_page(url) and _is_front_page(page.url):
        raise NotFetched(FRONT_PAGE)
    details = read(page)
    if not _is_front_page(url) and details.canonical and _is_front_page(details.canonical):
        raise NotFetched(FRONT_PAGE)
    return details


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _postponed(article_id: int, until: datetime) -> datetime:
    Fetch.objects.filter(article=article_id).update(at=until)
    return until


def _begun_anew(article_id: int, at: datetime) -> datetime:
    Fetch.objects.filter(article=article_id).update(at=at, tries=0, sentence="")
    return at


@transaction.atomic
def _missed(article_id: int, url: str, refusal: NotFetched, at: datetime) -> datetime | None:
    """Write down why there is nothing yet, or nothing at all; what another address answered says nothing of this."""
    hold_shared_rows()
    fetches = Fetch.objects.select_for_update(of=("self",)).select_related("article")
    fetch = fetches.filter(article=article_id).first()
    if fetch is None:
        return None
    if fetch.article.url != url:
        return _begun_anew(article_id, at)
    fetch.tries += 1
    again = refusal.temporary and fetch.tries <= len(RETRIES)
    fetch.at = at + RETRIES[fetch.tries - 1] if again else at
    fetch.sentence = f"{refusal} It is tried again later." if again else str(refusal)
    fetch.state = Fetch.State.QUEUED if again else Fetch.State.FAILED
    fetch.save()
    if again:
        return fetch.at
    record(ACT, f"Not fetched. {refusal}", by=None, about=f"article {fetch.article}")
    return None


@transaction.atomic
def _filled(article_id: int, url: str, details: Details, at: datetime) -> datetime | None:
    """Fill in what is blank by now; the page of an Article that got another address meanwhile is not its page."""
    hold_shared_rows()
    article = Article.objects.select_for_update().filter(pk=article_id).first()
    if article is None:
        return None
    if article.url != url:
        return _begun_anew(article_id, at)
    values = _blanks(article, details, at)
    for name, value in values.items():
        setattr(article, name, value)
    article.save(update_fields=list(values))
    sentence = _sentence(article, values)
    before = Fetch.objects.filter(article=article).values_list("filled", flat=True).first() or []
    filled = [*(name for name in before if name not in values), *values]
    ended = {"state": Fetch.State.DONE, "sentence": sentence, "at": at, "filled": filled}
    Fetch.objects.update_or_create(article=article, defaults=ended)
    record(ACT, sentence, by=None, about=f"article {article}")
    return None


def _blanks(article: Article, details: Details, at: datetime) -> dict[str, Any]:
    """What the page says of what the Article does not."""
    told: dict[str, Any] = {name: getattr(details, name) for name in LABELS if name != "outlet"}
    told["accessed_on"] = timezone.localdate(at)
    blanks = {name: value for name, value in told.items() if value and not getattr(article, name)}
    outlet = None if article.outlet_id else _outlet(article.url, details.outlet)
    return {**blanks, "outlet": outlet} if outlet else blanks


def _outlet(url: str, name: str) -> Outlet | None:
    """The Outlet whose homepage is on the report's site, else the one that the page names, made if there is none."""
    host = _site(url)
    near = Outlet.objects.filter(homepage__icontains=host) if host else []
    at_home = [outlet for outlet in near if _site(outlet.homepage) == host]
    if len(at_home) == 1:
        return at_home[0]
    if not name:
        return None
    name = names_as_known({name}).get(name, name)
    return Outlet.objects.get_or_create(name=name, defaults={"slug": free_outlet_slug(name)})[0]


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _sentence(article: Article, values: dict[str, Any]) -> str:
    filled = [label for name, label in LABELS.items() if name in values]
    missing = [LABELS[name] for name in NEEDED if not getattr(article, name)]
    said = f"Filled in from the page: {', '.join(filled)}." if filled else "The page says nothing that was missing."
    return f"{said} Still missing: {', '.join(missing)}." if missing else said

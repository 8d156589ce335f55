"""Top headlines, and the stories of one topic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.images.showing import on_page
from stories.iso_moment import end_of_second
from stories.models import Topic, Version
from stories.models.card import StoryCard
from stories.models.version import VersionQuerySet
from stories.reading import TopicLink, headlines, headlines_then, live_topics
from stories.typed_moment import typed_as
from stories.views.as_of import days_beside, other_address
from stories.views.memento import address_of_front_page, as_memento_of_front_page, to_memento, with_gate

SECONDS, SECONDS_OF_TOPIC = 3, 2
COLUMN_LENGTH = 8
TOPIC_PAGE_LENGTH = 30


@dataclass(frozen=True)
class TopicColumn:
    """Stories of one topic on the front page; the topic is None for those that have none."""

    topic: TopicLink | None
    cards: list[StoryCard]
    has_more: bool = False


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    if "Accept-Datetime" in request.headers:
        return to_memento(request, "", at, lambda asked: address_of_front_page(asked, at))
    return with_gate(request, render(request, "stories/front_page.html", front_page_context(headlines(at), at, at)))


@require_safe
def front_page_at(request: HttpRequest, asked: datetime) -> HttpResponse:
    """The front page as it stood at a moment; 404 for one after now."""
    now = timezone.now()
    if (elsewhere := other_address(request, asked, now, "front_page_at")) is not None:
        return elsewhere
    at = end_of_second(asked, now)
    context = front_page_context(headlines_then(at, now), at, now) | {
        "at": asked,
        "days": days_beside(asked, now),
        "typed": typed_as(asked),
    }
    return as_memento_of_front_page(request, render(request, "stories/front_page.html", context), asked)


def front_page_context(cards: list[StoryCard], at: datetime, now: datetime) -> dict[str, Any]:
    """What the front page shows of stories that were live at a moment; of their pictures what may be shown now."""
    topics = live_topics(at)
    return {
        **leading(cards[: 1 + SECONDS], now),
        "columns": in_columns(cards[1 + SECONDS :], topics),
        "topics": live_topics(now) if now != at else topics,
    }


def leading(cards: list[StoryCard], now: datetime) -> dict[str, Any]:
    """The lead, and those behind it, each with its picture where it has one that may be shown now. One query."""
    shown = on_page([card.lead_picture for card in cards if card.lead_picture], now)
    by_entry = {id(one.entry): one for one in shown}  # two stories may tell of one file in different words
    pictures = [by_entry.get(id(card.lead_picture)) for card in cards]
    seconds = list(zip(cards[1:], pictures[1:], strict=True))
    lead, picture = (cards[0], pictures[0]) if cards else (None, None)
    return {"lead": lead, "lead_picture": picture, "seconds": seconds, "pictured": any(pictures[1:])}


@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    topic = get_object_or_404(Topic, slug=slug)
    placed = placed_in(topic, at)
    uids = [card.uid for card in placed]  # they lead the first page, and stand on no further one
    versions = Version.objects.live(at).filter(topic=topic).exclude(story__uid__in=uids).by_recency()
    try:
        page = Paginator(versions, TOPIC_PAGE_LENGTH).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    cards = cast(VersionQuerySet, page.object_list).cards()
    if not cards and not placed and not Version.objects.published(at).filter(topic=topic).exists():
        raise Http404("No reader has seen a story of this topic.")
    first = [*placed, *cards][: 1 + SECONDS_OF_TOPIC] if page.number == 1 else []
    rest = [card for card in cards if card not in first]
    context = {"topic": topic, "page": page, "cards": rest, "topics": live_topics(at), **leading(first, at)}
    return render(request, "stories/topic.html", context)


def placed_in(topic: Topic, at: datetime) -> list[StoryCard]:
    """Stories of a topic that are placed on the front page: the lead of the topic's page and its seconds."""
    placed = Version.objects.placed(at).filter(topic=topic)[: 1 + SECONDS_OF_TOPIC]
    return list({card.uid: card for card in cast(VersionQuerySet, placed).cards()}.values())


def in_columns(cards: Iterable[StoryCard], topics: Iterable[TopicLink]) -> list[TopicColumn]:
    """The cards by topic, topics in their order, cards in theirs; those without a topic last."""
    by_topic: dict[str | None, list[StoryCard]] = {}
    for card in cards:
        by_topic.setdefault(card.topic_slug, []).append(card)
    columns = [_column(topic, by_topic.pop(topic.slug)) for topic in topics if topic.slug in by_topic]
    rest = [card for remaining in by_topic.values() for card in remaining]
    return [*columns, TopicColumn(None, rest)] if rest else columns


def _column(topic: TopicLink, cards: list[StoryCard]) -> TopicColumn:
    """As many as a column bears: a topic with more of them has a page, and the others stay in sight."""
    return TopicColumn(topic, cards[:COLUMN_LENGTH], has_more=len(cards) > COLUMN_LENGTH)

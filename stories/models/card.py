"""StoryCard: a live story as lists show it."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

CARD_COLUMNS = (
    "story__uid",
    "story__slug",
    "headline",
    "standfirst",
    "topic__slug",
    "topic__name",
    "updated",
    "article_count",
    "lead_picture",
)


class StoryCard(NamedTuple):
    """One row of `VersionQuerySet.cards()`. A tuple, not a model: lists are long, and rows of three models cost."""

    uid: UUID
    slug: str
    headline: str
    standfirst: str
    topic_slug: str | None
    topic_name: str | None
    updated: datetime
    article_count: int
    lead_picture: dict[str, Any] | None

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.slug])

    def get_topic_url(self) -> str:
        return reverse("topic", args=[self.topic_slug]) if self.topic_slug else ""

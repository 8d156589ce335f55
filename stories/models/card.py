"""StoryCard: a live story as lists show it."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from stories.models.addresses import address_of

CARD_COLUMNS = (
    "story__uid",
    "story__slug",
    "headline",
    "standfirst",
    "language",
    "topic__slug",
    "topic__name",
    "updated",
    "article_count",
    "lead_picture",
)
COLUMNS_WITHOUT_PICTURE = CARD_COLUMNS[:-1]


class StoryCard(NamedTuple):
    """One row of `VersionQuerySet.cards()`. A tuple, not a model: lists are long, and rows of three models cost.

    `then` leads on from the story's address, where a list is of the past: "at/2026-02-18T12:00:00Z/".
    """

    uid: UUID
    slug: str
    headline: str
    standfirst: str
    language: str
    topic_slug: str | None
    topic_name: str | None
    updated: datetime
    article_count: int
    lead_picture: dict[str, Any] | None = None
    then: str = ""

    def get_absolute_url(self) -> str:
        return f"{address_of('story', self.slug)}{self.then}"

    def get_topic_url(self) -> str:
        return address_of("topic", self.topic_slug) if self.topic_slug else ""

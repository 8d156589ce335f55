"""StoryCard: a live story as lists show it."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

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


@cache
def _around_slug(script_prefix: str, language: str | None) -> tuple[str, str]:
    """What stands before and after the slug in a story's address: a list asks for sixty of them."""
    before, _, after = reverse("story", args=["-"]).rpartition("-")
    return before, after


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
        before, after = _around_slug(get_script_prefix(), get_language())
        return f"{before}{quote(self.slug)}{after}{self.then}"

    def get_topic_url(self) -> str:
        return reverse("topic", args=[self.topic_slug]) if self.topic_slug else ""

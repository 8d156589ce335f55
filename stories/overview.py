"""What waits for somebody in the newsroom: lists, with the first rows of each and how many it has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from stories.faulty_reports import faults_of, needs_resourcing
from stories.images.wanting import WITHOUT_WORDS
from stories.models import GalleryItem, Image, Source, Story, Version

SHOWN = 8
WARNED_BEFORE = timedelta(days=7)  # the end of a picture's rights


@dataclass(frozen=True)
class Waiting:
    """The first rows of a list, and how many it has."""

    rows: list[Any]
    count: int

    @classmethod
    def of(cls, rows: QuerySet[Any]) -> "Waiting":
        first = list(rows[: SHOWN + 1])
        return cls(first[:SHOWN], len(first) if len(first) <= SHOWN else rows.count())

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def unpublished(at: datetime) -> Q:
    """Stories whose draft says something else than readers have; of drafts last saved before that was kept, by time."""
    live = Version.objects.live(at).filter(story=OuterRef("pk"))
    other = live.exclude(content_sha256=OuterRef("content_sha256"))
    later = live.filter(created_at__lt=OuterRef("modified_at"))
    return (~Q(content_sha256="") & Q(Exists(other))) | (Q(content_sha256="") & Q(Exists(later)))


def incomplete_sources() -> Q:
    """Stories with a source that has no report, or whose report lacks address, title or outlet."""
    gaps = Q(article=None) | Q(article__url="") | Q(article__title="") | Q(article__outlet=None)
    return Q(Exists(Source.objects.filter(gaps, story=OuterRef("pk"))))


def rights_running_out(at: datetime) -> QuerySet[Image]:
    """Pictures in galleries whose rights end within a week, or have ended; those that end first stand first."""
    shown = GalleryItem.objects.filter(image=OuterRef("pk"))
    ending = Image.objects.filter(Exists(shown), rights_until__lte=at + WARNED_BEFORE)
    return ending.order_by("rights_until", "pk").prefetch_related("gallery_items__story")


def undescribed() -> int:
    """How many pictures lack alt text or credit line."""
    return Image.objects.filter(WITHOUT_WORDS).count()


def scheduled(at: datetime) -> QuerySet[Version]:
    waiting = Version.objects.scheduled(at).select_related("story").defer("document")
    return waiting.annotate(embargo=F("story__embargo_until")).order_by("live_from", "pk")


def in_states(states: Iterable[str]) -> QuerySet[Story]:
    return _listed(Q(review_state__in=states))


def _listed(condition: Q) -> QuerySet[Story]:
    return Story.objects.filter(condition).select_related("modified_by", "topic").order_by("-modified_at", "-pk")


def waiting_for(condition: Q) -> Waiting:
    return Waiting.of(_listed(condition))


def resourcing(at: datetime) -> Waiting:
    """Stories that need re-sourcing, each with its `faults`: those of its reports that make it so."""
    waiting = waiting_for(needs_resourcing(at))
    faults = faults_of([story.pk for story in waiting.rows], at)
    for story in waiting.rows:
        story.faults = [fault for fault in faults.get(story.pk, []) if not fault.is_settled]
    return waiting

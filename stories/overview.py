"""What waits for somebody in the newsroom: lists, with the first rows of each and how many it has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from stories.faulty_reports import faults_of, needs_resourcing
from stories.images.rights import WARNED_BEFORE
from stories.images.wanting import WITHOUT_WORDS
from stories.models import ErrorReport, GalleryItem, Image, PictureFile, Source, Story, Version, VersionPicture

SHOWN = 8


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


def rights_running_out(at: datetime) -> Waiting:
    """Live pictures whose rights end within a week, the first first, then those that ended in the week before.

    Pictures that only drafts show are among them. Each has its `live`: the Versions that readers have with it, under
    whichever of its files, and its `drafts`: the other stories. Three queries, one more for many pictures.
    """
    shown = VersionPicture.objects.filter(sha256=OuterRef("sha256"), version__in=Version.objects.live(at))
    is_live = Exists(PictureFile.objects.filter(Exists(shown), image=OuterRef("pk")))
    in_draft = Exists(GalleryItem.objects.filter(image=OuterRef("pk")))
    within = Q(rights_until__gt=at - WARNED_BEFORE, rights_until__lte=at + WARNED_BEFORE)
    ending = Case(When(rights_until__gt=at, then=F("rights_until"))).asc(nulls_last=True)
    images = Image.objects.filter(within, Q(is_live) | Q(in_draft), killed_at=None)
    waiting = Waiting.of(images.order_by(ending, "-rights_until", "pk"))
    _name_stories(waiting.rows, at)
    return waiting


def _name_stories(images: list[Any], at: datetime) -> None:
    files = PictureFile.objects.filter(image__in=images)
    owner = files.filter(sha256=OuterRef("sha256")).values("image")
    shown = VersionPicture.objects.filter(sha256__in=files.values("sha256"), version__in=Version.objects.live(at))
    live = shown.annotate(image=Subquery(owner)).select_related("version__story").defer("version__document")
    drafts = GalleryItem.objects.filter(image__in=images).select_related("story").order_by("story")
    by_image: dict[int, dict[int, Version]] = {image.pk: {} for image in images}
    for one in live.order_by("version__headline", "version"):
        by_image[one.image][one.version.story_id] = one.version
    for image in images:
        image.live, image.drafts = list(by_image[image.pk].values()), []
    in_drafts = {image.pk: image.drafts for image in images}
    for item in drafts:
        if item.story_id not in by_image[item.image_id]:
            in_drafts[item.image_id].append(item.story)


def undescribed() -> int:
    """How many pictures lack alt text or credit line."""
    return Image.objects.filter(WITHOUT_WORDS).count()


def open_reports() -> QuerySet[ErrorReport]:
    """What readers reported as wrong and nobody has closed, the newest first."""
    return (
        ErrorReport.objects.filter(state__in=ErrorReport.OPEN)
        .select_related("story", "version")
        .defer("version__document")
    )


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

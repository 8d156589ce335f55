"""Placement: which stories the newsroom put at the head of the front page, and when."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from stories.models.story import Story


class PlacementQuerySet(models.QuerySet["Placement"]):
    def live(self, at: datetime) -> "PlacementQuerySet":
        """Placements that hold at the given moment; of two on one rank the later one stands first."""
        standing = self.filter(Q(live_until=None) | Q(live_until__gt=at), live_from__lte=at)
        return standing.order_by("rank", "-live_from", "-pk")


class Placement(models.Model):
    """A story on a rank of the front page from `live_from` until `live_until` (null: until further notice)."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="placements")
    rank = models.PositiveSmallIntegerField()
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "-live_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=models.F("live_from")),
                name="a_placement_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="a_placement_rank_is_positive"),
            models.UniqueConstraint(
                fields=["story"], condition=Q(live_until=None), name="a_story_has_one_open_ended_placement"
            ),
        ]
        indexes = [models.Index(fields=["live_until", "live_from", "rank"], name="placements_by_moment")]

    def __str__(self) -> str:
        return f"{self.rank}. {self.story}"

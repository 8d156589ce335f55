"""Fetch: what became of fetching a report's details from its own page."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from stories.models.article import Article

LOST = timedelta(minutes=15)  # what has waited for so long beyond its time was lost, or nothing works on it


class Fetch(models.Model):
    """One Article's: `at` is when the next try is due while it is queued, else when it ended.

    `filled` names all that was ever filled in from the page, the latest last.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        DONE = "done", "done"
        FAILED = "failed", "not fetched"

    article = models.OneToOneField(Article, models.CASCADE, related_name="fetch")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    sentence = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveIntegerField(default=0)
    filled = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "fetches"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "done", "failed"]), name="a_fetch_has_a_known_state"
            )
        ]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """How it stands, in a sentence for the editor."""
        if self.state != self.State.QUEUED:
            return self.sentence
        if self.is_lost(timezone.now()):
            return "The details have been waiting to be fetched for long. Is the newsroom’s worker running?"
        if self.sentence:
            return f"The details could not be fetched yet. {self.sentence}"
        return "The details are being fetched from the page."

    @property
    def in_short(self) -> str:
        """What a folded row says of it."""
        return {"queued": "details are being fetched", "failed": "details not fetched"}.get(self.state, "")

    def is_lost(self, at: datetime) -> bool:
        return self.state == self.State.QUEUED and self.at + LOST < at

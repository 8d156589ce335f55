"""Snapshot and Presence: states of a draft that were kept, and who is at work on a story."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from stories.models.story import Story

PRESENT = timedelta(seconds=75)  # after its last sign, somebody's page counts as closed; browsers slow hidden tabs


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def unsettled(self) -> "SnapshotQuerySet":
        """What somebody typed and what has neither come into the draft nor been put aside."""
        return self.filter(reason__in=Snapshot.Reason.typed(), settled_at=None).exclude(typed__isnull=True)

    def for_list(self) -> "SnapshotQuerySet":
        """With all that a list shows of each; without their documents."""
        return self.select_related("saved_by").defer("document", "typed").order_by("-saved_at", "-pk")


class Snapshot(models.Model):
    """A saved state of a story's draft.

    `document` is a StoryDocument as JSON values. `typed` are the fields of the form as they were posted, a list of
    [name, value], where the state was never saved: faulty input is kept to the letter. `lock_version` is the draft's
    that the document is, or from which what was typed had grown, null where a page did not say from which.
    """

    class Reason(models.TextChoices):
        SAVE = "save", "saved"
        AUTOSAVE = "autosave", "typed, not saved"
        CONFLICT = "conflict", "in conflict"
        RESTORE = "restore", "replaced by a restored state"

        @classmethod
        def typed(cls) -> list["Snapshot.Reason"]:
            """Reasons for which a form is kept as it was typed."""
            return [cls.AUTOSAVE, cls.CONFLICT]

    story = models.ForeignKey(Story, models.CASCADE, related_name="snapshots")
    reason = models.CharField(max_length=10, choices=Reason)
    document = models.JSONField()
    typed = models.JSONField(null=True, blank=True)
    lock_version = models.PositiveIntegerField(null=True, blank=True)
    sitting = models.UUIDField(null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["save", "autosave", "conflict", "restore"]),
                name="a_snapshot_has_a_known_reason",
            ),
            models.UniqueConstraint(
                fields=["story", "sitting"],
                condition=Q(reason="autosave"),
                name="autosaves_of_a_sitting_replace_each_other",
            ),
        ]
        indexes = [
            models.Index(fields=["story", "-saved_at"], name="snapshots_of_a_story"),
            models.Index(fields=["reason", "saved_at"], name="snapshots_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {timezone.localtime(self.saved_at):%Y-%m-%d %H:%M:%S}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self, at: datetime | None = None) -> "PresenceQuerySet":
        """Who has a story's page open at the moment."""
        seen = self.filter(seen_at__gt=(at or timezone.now()) - PRESENT)
        return seen.select_related("person", "story").order_by("since", "pk")


class Presence(models.Model):
    """Somebody has a story's page open; `is_writing` where they have typed what is not saved."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    is_writing = models.BooleanField(default=False)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="somebody_is_present_once_in_a_story"),
        ]
        indexes = [models.Index(fields=["seen_at"], name="presences_by_sign")]

    def __str__(self) -> str:
        return f"{self.person} at {self.story}"

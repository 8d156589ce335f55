"""AuditEntry: who did what, when, and from where. Written with the act itself, never changed afterwards."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from stories.models.story import Story


class AuditEntry(models.Model):
    """One act. `by_name` and `about` stay readable when the account, or what the act was about, is gone."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField("by", max_length=150, blank=True)
    address = models.CharField("from", max_length=60, blank=True, help_text="The network address, or the command.")
    act = models.CharField(max_length=40)
    story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, related_name="audit_entries")
    about = models.CharField(max_length=300, blank=True)
    version_number = models.PositiveIntegerField(null=True, blank=True)
    sentence = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "act"
        verbose_name_plural = "audit trail"
        indexes = [
            models.Index(fields=["story", "-at"], name="acts_on_a_story"),
            models.Index(fields=["-at", "-id"], name="acts_by_time"),
            models.Index(fields=["act", "-at"], name="acts_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.by_name or 'somebody'}: {self.sentence or self.act}"

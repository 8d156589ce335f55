"""PreviewLink: an address at which a colleague reads a draft before readers do."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from stories.models.story import Story


def new_key() -> str:
    """What nobody guesses: 192 bits."""
    return secrets.token_urlsafe(24)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, at: datetime | None = None) -> "PreviewLinkQuerySet":
        """Links that still lead somewhere at the moment."""
        return self.filter(expires_at__gt=at or timezone.now())


class PreviewLink(models.Model):
    """Whoever has the address reads the draft as it is, without a sign-in, until the link expires."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="preview_links")
    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gte=models.F("made_at")), name="a_preview_link_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"Preview of {self.story} until {timezone.localtime(self.expires_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("preview", args=[self.key])

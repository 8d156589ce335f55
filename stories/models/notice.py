"""Notice: what the newsroom tells readers about a fault, or a note, in what it published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story
from stories.models.version import Version


class Notice(models.Model):
    """A correction, clarification, update, editor's note or retraction.

    It is about `passage` of `version`, or about all of it where `passage` is "". `mended_by` is the Version published
    with it, null where nothing else had to change. It is retired, and shown no more, when that Version is taken back.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        CLARIFICATION = "clarification", _("clarification")
        UPDATE = "update", _("update")
        EDITORS_NOTE = "editors_note", _("editor's note")
        RETRACTION = "retraction", _("retraction")

        @property
        def mark(self) -> str:
            """What stands beside the passage, before the day."""
            return {
                "correction": gettext("Corrected"),
                "clarification": gettext("Clarified"),
                "update": pgettext("of a passage", "Updated"),
                "editors_note": gettext("Editor’s note"),
                "retraction": gettext("Retracted"),
            }[self.value]

        @property
        def later(self) -> str:
            """What it is called on the page of a Version that went before it."""
            return {
                "correction": gettext("Corrected later"),
                "clarification": gettext("Clarified later"),
                "update": gettext("Updated later"),
                "editors_note": gettext("Editor’s note, added later"),
                "retraction": gettext("Retracted later"),
            }[self.value]

    story = models.ForeignKey(Story, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    passage = models.CharField("passage id", max_length=24, blank=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="notices")
    mended_by = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="mends")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["correction", "clarification", "update", "editors_note", "retraction"]),
                name="a_notice_is_of_a_known_kind",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_notice_has_a_text"),
        ]
        indexes = [models.Index(fields=["story", "-issued_at"], name="notices_of_a_story")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

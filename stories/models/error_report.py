"""ErrorReport: what a reader says is wrong in what was published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from stories.models.story import Story
from stories.models.version import Version

LONGEST_TEXT, SHORTEST_TEXT, LONGEST_PAGE, LONGEST_EMAIL = 4000, 10, 500, 254


class ErrorReport(models.Model):
    """A reader's report, about a passage of a Version, a Version, a story alone, or a `page` of the site.

    `passage_text` is what the reader had read. `sender` tells reports from one network address apart from others within
    a day: a keyed hash whose key changes daily. With the e-mail it goes when the report is closed. One `token`, that is
    one form, makes one report.
    """

    class State(models.TextChoices):
        NEW = "new", "new"
        IN_HAND = "in_hand", "being looked into"
        MENDED = "mended", "mended"
        NO_FAULT = "no_fault", "no fault found"
        SPAM = "spam", "probably spam"

    OPEN = (State.NEW, State.IN_HAND)

    story = models.ForeignKey(Story, models.PROTECT, null=True, blank=True, related_name="error_reports")
    version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="error_reports")
    passage = models.CharField("passage id", max_length=24, blank=True)
    passage_text = models.TextField("the passage as it was read", blank=True)
    page = models.CharField(max_length=LONGEST_PAGE, blank=True)
    text = models.TextField("what is wrong")
    address = models.CharField("where that can be read", max_length=2000, blank=True)
    email = models.EmailField("e-mail of the reader", max_length=LONGEST_EMAIL, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    note = models.TextField("note of the desk", blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    sender = models.CharField(max_length=64, blank=True)
    token = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "in_hand", "mended", "no_fault", "spam"]),
                name="an_error_report_is_in_a_known_state",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_error_report_says_something"),
            models.CheckConstraint(
                condition=Q(passage="") | Q(version__isnull=False), name="a_reported_passage_is_of_a_version"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-sent_at"], name="error_reports_by_state"),
            models.Index(fields=["-sent_at"], name="error_reports_by_time"),
        ]

    def __str__(self) -> str:
        return f"“{self.text[:60]}”"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

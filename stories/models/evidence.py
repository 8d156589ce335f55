"""Evidence and StandingCheck: what an editor saw in a report, and that a story stands although a report fell."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from stories import web_address
from stories.document import MAX_SOURCE_NUMBER
from stories.models.article import Article
from stories.models.story import Story

LONGEST_QUOTE, LONGEST_LOCATOR = 1000, 200


def remembered_as(pk: int, url: str, title: str) -> str:
    """By what the report that is read is remembered: it outlives the Article, and the next one in its place."""
    return url or title or f"Article {pk}"


class Evidence(models.Model):
    """What carries one citation: the words of the report, where in it they stand, and who has checked them when.

    It goes by the story's source number, which is given once, and not by the Source's row: so it outlives a row that is
    removed and put back. `article` and its address, `url`, are of the report that was read: another one may stand under
    the number by now. Of a report without an address `url` has the title. Readers see quote and locator only where
    `is_shown`.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField("source number")
    passage = models.CharField("passage id", max_length=24)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="evidence")
    url = models.CharField(max_length=web_address.MAX_LENGTH, blank=True)
    quote = models.TextField(blank=True)
    is_shown = models.BooleanField("readers see it", default=False)
    locator = models.CharField(max_length=LONGEST_LOCATOR, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["story", "passage", "number", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["story", "passage", "number"], name="a_citation_has_one_evidence"),
            models.CheckConstraint(
                condition=~Q(quote="") | ~Q(locator="") | Q(checked_at__isnull=False), name="evidence_says_something"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MAX_SOURCE_NUMBER), name="evidence_is_of_a_source_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage} [{self.number}]"


class StandingCheck(models.Model):
    """A story was read again after a report that it rests on was corrected, and it still stands.

    `note` is the report's status note as it was then: under another one the check says nothing any more.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="standing_checks")
    article = models.ForeignKey(Article, models.CASCADE, related_name="standing_checks")
    note = models.TextField(blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "article"], name="a_story_is_checked_once_for_a_report")
        ]

    def __str__(self) -> str:
        return f"“{self.story}” still stands on “{self.article}”"

"""Version, Citation and VersionPicture: what readers saw, for good."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.models.article import Article
from stories.models.card import CARD_COLUMNS, StoryCard
from stories.models.story import Story
from stories.models.topic import Topic


class VersionQuerySet(models.QuerySet["Version"]):
    def live(self, at: datetime | None = None) -> "VersionQuerySet":
        """Versions that readers see at the given moment (default: now)."""
        at = at or timezone.now()
        return self.filter(Q(live_until=None) | Q(live_until__gt=at), live_from__lte=at)

    def published(self, at: datetime | None = None) -> "VersionQuerySet":
        """Versions that readers see or have seen by the given moment (default: now)."""
        return self.filter(live_from__lte=at or timezone.now())

    def scheduled(self, at: datetime | None = None) -> "VersionQuerySet":
        """Versions that no reader has seen by the given moment (default: now)."""
        return self.filter(live_from__gt=at or timezone.now())

    def placed(self, at: datetime) -> "VersionQuerySet":
        """Live Versions of the stories that are placed on the front page, by rank; of two on one the later first."""
        ends = Q(story__placements__live_until=None) | Q(story__placements__live_until__gt=at)
        standing = self.live(at).filter(ends, story__placements__live_from__lte=at)
        return standing.order_by("story__placements__rank", "-story__placements__live_from", "-story__placements__pk")

    def top_level(self, at: datetime) -> "VersionQuerySet":
        """Versions of stories that stand below none, or below one that readers do not see at the moment."""
        parent = Version.objects.live(at).filter(story__uid=models.OuterRef("parent_uid"))
        return self.filter(Q(parent_uid=None) | ~models.Exists(parent))

    def by_recency(self) -> "VersionQuerySet":
        return self.order_by("-updated", "-pk")

    def relatives(self, uid: UUID, parent_uid: UUID) -> "VersionQuerySet":
        """Versions of a story's sub-stories, of its parent, and of that one's sub-stories."""
        parent = Q(story=models.Subquery(Story.objects.filter(uid=parent_uid).values("pk")))  # "=" can use an index
        return self.filter(parent | Q(parent_uid=uid) | Q(parent_uid=parent_uid)).arranged()

    def arranged(self) -> "VersionQuerySet":
        """As sub-stories are arranged."""
        return self.order_by("position", "-updated", "pk")

    def cards(self) -> list[StoryCard]:
        """What lists show of each Version; without their documents."""
        return [StoryCard(*row) for row in self.values_list(*CARD_COLUMNS)]


class Version(models.Model):
    """One immutable, numbered, checksummed publication of a story.

    `document` is a StoryDocument as JSON values. The summary columns are what lists read, so that they never
    read the draft.
    """

    class Kind(models.TextChoices):
        PUBLICATION = "publication", _("publication")
        UPDATE = "update", _("update")
        MINOR = "minor", _("minor change")
        CORRECTION = "correction", _("correction")

    story = models.ForeignKey(Story, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    checksum = models.CharField(max_length=64)
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    asked_kind = models.CharField(max_length=20, blank=True, help_text="What it is once it brings readers news.")
    change_note = models.TextField(blank=True)
    made_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.TextField(blank=True)
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_reason = models.TextField(blank=True)

    content_sha256 = models.CharField(max_length=64, blank=True)
    headline = models.CharField(max_length=300)
    standfirst = models.TextField(blank=True)
    language = models.CharField(max_length=35, default="en")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="versions")
    parent_uid = models.UUIDField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    first_published = models.DateTimeField()
    updated = models.DateTimeField()
    article_count = models.PositiveIntegerField()
    lead_picture = models.JSONField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["story", "number", "pk"]
        permissions = [("redact_version", "Can redact, reinstate and remove Versions")]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="a_version_number_is_given_once_in_a_story"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_begin_at_1"),
            models.CheckConstraint(
                condition=Q(live_until=None) | Q(live_until__gt=models.F("live_from")),
                name="a_version_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["story"], condition=Q(live_until=None), name="a_story_has_one_open_ended_version"
            ),
            models.UniqueConstraint(fields=["story", "live_from"], name="a_story_changes_once_in_a_moment"),
            models.CheckConstraint(
                condition=Q(kind__in=["publication", "update", "minor", "correction"]),
                name="a_version_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(live_until__lte=models.F("withdrawn_at")),
                name="a_withdrawn_version_is_not_live",
            ),
        ]
        indexes = [
            models.Index(fields=["parent_uid", "-updated"], name="versions_by_parent"),
            models.Index(fields=["topic", "-updated", "-id"], name="versions_by_topic"),
            models.Index(fields=["-updated", "-id"], name="versions_by_recency"),
            models.Index(fields=["live_from"], name="versions_by_beginning"),
            models.Index(fields=["-updated", "-id"], name="open_ended_by_recency", condition=Q(live_until=None)),
        ]

    def __str__(self) -> str:
        return f"{self.headline} (version {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("version", args=[self.story.slug, self.number])

    @property
    def is_hidden(self) -> bool:
        """Whether a tombstone stands in the place of its words."""
        return self.redacted_at is not None or self.taken_back_at is not None

    def has_ended(self, at: datetime | None = None) -> bool:
        """Whether readers know an end: a schedule gives the live Version one that lies ahead, which is nobody's yet."""
        return self.live_until is not None and self.live_until <= (at or timezone.now())

    def is_live(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return self.live_from <= at and (self.live_until is None or at < self.live_until)


class Citation(models.Model):
    """A passage of a Version rests on an Article: written with the Version, read by “what rests on this?”.

    `passage` is a sentence's id; a caption that cites goes by its picture's place (`picture-2`), the standfirst by its
    name.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="citations")
    passage = models.CharField("passage id", max_length=24)
    number = models.PositiveIntegerField("source number")
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="citations")

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "passage", "number"], name="a_passage_cites_a_source_once_in_a_version"
            )
        ]
        indexes = [models.Index(fields=["article", "version"], name="citations_of_an_article")]

    def __str__(self) -> str:
        return f"{self.passage} [{self.number}]"


class VersionPicture(models.Model):
    """A Version shows a picture: written with the Version, read by “where is this picture used?”."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="pictures")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256", "version"], name="a_picture_is_shown_once_in_a_version")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

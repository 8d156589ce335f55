"""Story: the running page, as its newsroom works on it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from stories.document import LANGUAGE, direction_of

SLUG_LENGTH = 120


class StoryQuerySet(models.QuerySet["Story"]):
    def locked(self, pk: int) -> "Story":
        """The story, held against every other save and verb until the transaction ends.

        `no_key`: others may still put stories below it.
        """
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class Story(models.Model):
    """One running story: its identity, its address and the head of its draft."""

    class ReviewState(models.TextChoices):
        IN_PROGRESS = "in_progress", "in progress"
        IN_REVIEW = "in_review", "in review"
        READY = "ready", "ready"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    headline = models.CharField(max_length=300, blank=True)
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="The story's address. Leave it empty to take it from the headline. "
        "Once readers know it, a change leaves a redirect behind.",
        error_messages={"unique": "Another story already has this address. Choose a different one."},
    )
    standfirst = models.TextField(blank=True, help_text="One or two sentences under the headline.")
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(
        max_length=35,
        default="en",
        help_text="A language tag such as “en” or “pt-BR”.",
        validators=[RegexValidator(rf"^(?:{LANGUAGE.pattern})\Z", "Write a language tag such as “en” or “pt-BR”.")],
    )
    topic = models.ForeignKey("stories.Topic", models.PROTECT, null=True, blank=True, related_name="stories")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_stories",
        help_text="The running story under whose “Dive deeper” this one stands.",
    )
    position = models.PositiveIntegerField(default=0, help_text="Its place among the sub-stories of its parent.")
    review_state = models.CharField(max_length=20, choices=ReviewState, default=ReviewState.IN_PROGRESS, editable=False)
    review_note = models.TextField(blank=True, editable=False)
    embargo_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_section_number = models.PositiveIntegerField(default=0, editable=False)
    last_event_number = models.PositiveIntegerField(default=0, editable=False)
    last_source_number = models.PositiveIntegerField(default=0, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    imported_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    imported_draft_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    modified_at = models.DateTimeField(auto_now=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-modified_at", "-pk"]
        verbose_name_plural = "stories"
        permissions = [
            ("publish_story", "Can publish, schedule and restore a story"),
            ("withdraw_story", "Can withdraw a story"),
            ("place_story", "Can place a story on the front page"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="a_story_is_not_its_own_parent"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="a_story_has_a_slug"),
            models.CheckConstraint(
                condition=models.Q(review_state__in=["in_progress", "in_review", "ready"]),
                name="a_story_is_in_a_known_review_state",
            ),
        ]
        indexes = [
            models.Index(fields=["-modified_at", "-id"], name="stories_by_modification"),
            models.Index(fields=["parent", "position"], name="sub_stories_in_order"),
            models.Index(fields=["review_state", "-modified_at"], name="stories_by_review_state"),
        ]

    def __str__(self) -> str:
        return self.headline or f"Story without headline ({self.slug})"

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.slug])

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    def is_embargoed(self, at: datetime) -> bool:
        """Whether nothing of the story is to go out yet, at the moment."""
        return self.embargo_until is not None and self.embargo_until > at

    def clean(self) -> None:
        """Refuse a cycle of parents, as they are stored; everything else about a draft may be faulty and saved."""
        seen, ancestor = {self.pk}, self.parent_id
        while ancestor is not None and self.pk is not None:
            if ancestor in seen:
                raise ValidationError(
                    {
                        "parent": ValidationError(
                            "“%(parent)s” stands below this story, so it cannot be its parent as well.",
                            code="cycle",
                            params={"parent": self.parent},
                        )
                    }
                )
            seen.add(ancestor)
            ancestor = Story.objects.filter(pk=ancestor).values_list("parent_id", flat=True).first()

    def own_slug(self) -> str:
        """The slug that the headline gives, or one from the uid where it gives none. It may be taken."""
        return slugify(self.headline, allow_unicode=True)[:SLUG_LENGTH].strip("-_") or f"story-{self.uid.hex[:8]}"


class PreviousSlug(models.Model):
    """An address that a story had: it redirects for good and is never given to another story."""

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True, allow_unicode=True)
    story = models.ForeignKey(Story, models.CASCADE, related_name="previous_slugs")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return self.slug

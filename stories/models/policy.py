"""Policy and PolicyEdition: by which rules the newsroom works, and what it told readers of them over time."""

from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from stories.document import LANGUAGE, direction_of
from stories.models.fields import SanitisedRichTextField


class Policy(models.Model):
    """A policy as the newsroom works on it; readers see its editions. `lock_version` counts the saves."""

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    language = models.CharField(
        max_length=35,
        default="en",
        help_text="A language tag such as “en” or “pt-BR”.",
        validators=[RegexValidator(rf"^(?:{LANGUAGE.pattern})\Z", "Write a language tag such as “en” or “pt-BR”.")],
    )
    body = SanitisedRichTextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    modified_at = models.DateTimeField(auto_now=True)
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["position", "title", "pk"]
        verbose_name_plural = "policies"
        permissions = [("publish_policy", "Can publish a policy and end it")]
        constraints = [models.CheckConstraint(condition=~Q(slug=""), name="a_policy_has_a_slug")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.slug])


class PolicyEditionQuerySet(models.QuerySet["PolicyEdition"]):
    def in_force(self, at: datetime) -> "PolicyEditionQuerySet":
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gt=at), in_force_from__lte=at)

    def published(self, at: datetime) -> "PolicyEditionQuerySet":
        """Editions that readers see or have seen by the moment."""
        return self.filter(in_force_from__lte=at)


class PolicyEdition(models.Model):
    """A policy as readers have or had it, for good. `note` says what changed with it, `end_note` why the policy ended
    with it; the edition that stands has no `in_force_until`."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=35)
    body = SanitisedRichTextField()
    note = models.TextField(blank=True)
    end_note = models.TextField(blank=True)
    in_force_from = models.DateTimeField()
    in_force_until = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PolicyEditionQuerySet.as_manager()

    class Meta:
        ordering = ["policy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="an_edition_number_is_given_once_in_a_policy"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(in_force_until=None), name="a_policy_has_one_edition_in_force"
            ),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gt=F("in_force_from")),
                name="an_edition_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="an_edition_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (edition {self.number})"

    def get_absolute_url(self) -> str:
        return reverse("policy_edition", args=[self.policy.slug, self.number])

    @property
    def direction(self) -> str:
        return direction_of(self.language)

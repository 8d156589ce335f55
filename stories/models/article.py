"""Outlet, Article and Source: who reported what, and under which number a story uses it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import pgettext_lazy

from stories import web_address
from stories.document import MAX_SOURCE_NUMBER
from stories.models.story import Story


class Outlet(models.Model):
    """Who published a report."""

    class Kind(models.TextChoices):
        NEWS = "news", pgettext_lazy("kind of outlet", "news")
        WIRE = "wire", pgettext_lazy("kind of outlet", "wire agency")
        OFFICIAL = "official", pgettext_lazy("kind of outlet", "official body")
        NGO = "ngo", pgettext_lazy("kind of outlet", "NGO")
        ACADEMIC = "academic", pgettext_lazy("kind of outlet", "academic")
        SOCIAL = "social", pgettext_lazy("kind of outlet", "social media")
        OTHER = "other", pgettext_lazy("kind of outlet", "other")

    name = models.CharField(max_length=300, unique=True)
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    homepage = models.URLField(max_length=2000, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Two letters, as in ISO 3166: CH, UA, …")
    kind = models.CharField(max_length=10, choices=Kind, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="an_outlet_has_a_name"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="an_outlet_has_a_slug"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["", "news", "wire", "official", "ngo", "academic", "social", "other"]),
                name="an_outlet_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleAddressField(models.CharField):
    """A report's address in its one spelling (see `stories.web_address`), "" for a report without one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", web_address.MAX_LENGTH)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        try:
            return web_address.normalise(super().to_python(value) or "")
        except web_address.UnusableAddress as error:
            raise ValidationError(str(error), code="unusable_address") from error

    def get_prep_value(self, value: object) -> str:
        return web_address.normalise(super().get_prep_value(value) or "")


class Article(models.Model):
    """A report published elsewhere; one Article serves many stories. Never a confidential contact."""

    class Status(models.TextChoices):
        GOOD = "good", "in good standing"
        CORRECTED = "corrected", "corrected"
        RETRACTED = "retracted", "retracted"

        @classmethod
        def faulty(cls) -> list["Article.Status"]:
            """Those in which what rests on a report needs to be looked at."""
            return [cls.CORRECTED, cls.RETRACTED]

    url = ArticleAddressField("address", blank=True)
    title = models.CharField(max_length=500, blank=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="articles")
    authors = models.JSONField(default=list, blank=True, help_text="A list of names.")
    published = models.DateField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True)
    archive_url = models.URLField("archived copy", max_length=2000, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.GOOD)
    status_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-published", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~models.Q(url=""),
                name="an_address_is_one_article",
                violation_error_message="Another article already has this address.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["good", "corrected", "retracted"]), name="an_article_has_a_known_status"
            ),
        ]
        indexes = [
            models.Index(fields=["-published", "title"], name="articles_by_date"),
            models.Index(fields=["status"], name="articles_at_fault", condition=~models.Q(status="good")),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"Article {self.pk} without title"


class Source(models.Model):
    """An Article under its number in a story; `[6]` in a text of the story means its Source 6.

    The number is given once, never reused. Without an Article the source is known by its number only: an
    importer met it cited, or counted, before anyone gave its details. `position` is where its row stands on the story's
    form; readers see sources by number.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="sources")
    number = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)
    article = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="sources")

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "number"],
                name="a_source_number_is_given_once_in_a_story",
                violation_error_message="The story already has a source under this number.",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MAX_SOURCE_NUMBER),
                name="a_source_number_has_one_to_three_digits",
                violation_error_message=f"Source numbers run from 1 to {MAX_SOURCE_NUMBER}.",
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.number}] {self.article or 'details unknown'}"

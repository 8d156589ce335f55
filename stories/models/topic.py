"""Topic: the part of the news that a story belongs to (World, Science, …)."""

from django.db import models
from django.urls import reverse


class Topic(models.Model):
    name = models.CharField(max_length=100)
    slug = models.SlugField(
        max_length=120, unique=True, allow_unicode=True, help_text="The topic's address on the site."
    )
    position = models.PositiveIntegerField(default=0, help_text="Topics stand in this order; the lowest number first.")

    class Meta:
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="a_topic_name_is_given_once"),
            models.CheckConstraint(condition=~models.Q(slug=""), name="a_topic_has_a_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

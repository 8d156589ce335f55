"""Section and ExternalResource: what a story says, and where it points its readers."""

from django.db import models

from stories.models.fields import SanitisedRichTextField
from stories.models.story import Story


class Section(models.Model):
    """A headed part of a story. `key` is the k of its passage id `s<k>`: given once, never reused."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="sections")
    key = models.PositiveIntegerField(editable=False)
    position = models.PositiveIntegerField(default=0)
    heading = models.CharField(max_length=300, blank=True)
    body = SanitisedRichTextField(blank=True)
    sentences = models.JSONField(default=list, editable=False, blank=True)
    last_sentence_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "key"], name="a_section_key_is_given_once_in_a_story")]
        indexes = [models.Index(fields=["story", "position"], name="sections_in_order")]

    def __str__(self) -> str:
        return self.heading or f"Section {self.passage_id}"

    @property
    def passage_id(self) -> str:
        return f"s{self.key}"


class ExternalResource(models.Model):
    """A page elsewhere that readers may want: documents, data, explainers; no source of the story."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="resources")
    position = models.PositiveIntegerField(default=0)
    url = models.URLField("address", max_length=2000)
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["story", "position"], name="resources_in_order")]

    def __str__(self) -> str:
        return self.title or self.url

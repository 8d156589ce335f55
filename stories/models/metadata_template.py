"""MetadataTemplate: what is said of many pictures alike, to fill what they lack."""

from django.db import models

from stories.models.image import Image


class MetadataTemplate(models.Model):
    """Values for the empty fields of pictures. Never alt text: that is written for one picture at a time."""

    FILLED = (
        "caption",
        "creator",
        "credit_line",
        "copyright_notice",
        "source_name",
        "source_url",
        "usage_terms",
        "web_statement",
        "licensor_url",
        "place",
        "taken_at",
        "rights_from",
        "rights_until",
    )

    name = models.CharField(max_length=100, unique=True)
    caption = models.TextField("general caption", blank=True)
    creator = models.CharField(max_length=300, blank=True)
    credit_line = models.CharField(max_length=300, blank=True)
    copyright_notice = models.CharField(max_length=300, blank=True)
    source_name = models.CharField("source", max_length=300, blank=True)
    source_url = models.URLField("source address", max_length=2000, blank=True)
    usage_terms = models.TextField(blank=True)
    web_statement = models.URLField("web statement of rights", max_length=2000, blank=True)
    licensor_url = models.URLField("licensor's address", max_length=2000, blank=True)
    place = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_precision = models.CharField(
        "what is known of it",
        max_length=5,
        choices=Image.TakenPrecision.choices,
        default=Image.TakenPrecision.DAY,
    )
    rights_from = models.DateTimeField(null=True, blank=True)
    rights_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rights_until=None)
                | models.Q(rights_from=None)
                | models.Q(rights_until__gt=models.F("rights_from")),
                name="template_rights_end_after_they_begin",
                violation_error_message="The rights end before they begin.",
            )
        ]

    def __str__(self) -> str:
        return self.name

"""Image and GalleryItem: pictures, what must be said of them, and how a story shows them."""

import datetime

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

from stories.models.story import Story
from timelines.dates import EventDate


def originals() -> Storage:
    """Where uploads are kept as they came: never served."""
    return storages["originals"]


class Image(models.Model):
    """A picture in the library. `file` is what readers get: an upright sRGB JPEG without metadata, named by content.

    `files` has a row for each file that it has or had: past Versions show the earlier ones.
    """

    class TakenPrecision(models.TextChoices):
        """How much of `taken_at` is known; its value is how much of an ISO date says as much."""

        TIME = "time", "to the minute"
        DAY = "day", "the day"
        MONTH = "month", "the month"
        YEAR = "year", "the year"

        @property
        def digits(self) -> int:
            return {"month": 7, "year": 4}.get(self.value, 10)

    file = models.FileField(upload_to="pictures", blank=True, max_length=200, editable=False)
    original = models.FileField(upload_to="originals", storage=originals, blank=True, max_length=200, editable=False)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    filename = models.CharField("name of the upload", max_length=300, blank=True, editable=False)
    embedded = models.JSONField(default=dict, blank=True, editable=False)  # what the newest file says of itself
    has_content_credentials = models.BooleanField(default=False, editable=False)
    likeness = models.CharField(max_length=16, blank=True, editable=False)
    headline = models.CharField(max_length=300, blank=True)
    alt_text = models.TextField(
        "alt text",
        blank=True,
        help_text="What the picture shows, for readers who cannot see it. Not the caption again.",
    )
    decorative = models.BooleanField(default=False, help_text="It tells nothing, so it needs no alt text.")
    extended_description = models.TextField(blank=True)
    caption = models.TextField(blank=True)
    creator = models.CharField(max_length=300, blank=True)
    credit_line = models.CharField(max_length=300, blank=True, help_text="As readers see it: agency, photographer.")
    source_name = models.CharField("source", max_length=300, blank=True, help_text="Where the picture was found.")
    source_url = models.URLField("source address", max_length=2000, blank=True)
    copyright_notice = models.CharField(max_length=300, blank=True)
    usage_terms = models.TextField(blank=True)
    web_statement = models.URLField("web statement of rights", max_length=2000, blank=True)
    licensor_url = models.URLField("licensor's address", max_length=2000, blank=True)
    digital_source_type = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300, blank=True)
    persons = models.JSONField(default=list, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_precision = models.CharField(
        "what is known of it", max_length=5, choices=TakenPrecision.choices, default=TakenPrecision.TIME
    )
    may_be_cropped = models.BooleanField(
        "may be cropped",
        default=True,
        help_text="Not for maps and charts, nor where the licence forbids it: they are shown whole everywhere.",
    )
    focal_x = models.PositiveSmallIntegerField(
        "focal point, % from left", default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        "focal point, % from top", default=50, validators=[MaxValueValidator(100)]
    )
    permitted_uses = models.JSONField(default=list, blank=True)
    refused_uses = models.JSONField(default=list, blank=True)
    rights_from = models.DateTimeField(null=True, blank=True)
    rights_until = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    killed_at = models.DateTimeField(null=True, blank=True, editable=False)
    killed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    kill_reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        permissions = [("kill_image", "Can kill a picture"), ("lift_kill_image", "Can lift the kill of a picture")]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~models.Q(sha256=""), name="a_picture_is_in_the_library_once"
            ),
            models.CheckConstraint(
                condition=models.Q(file="", sha256="", width=None, height=None)
                | (~models.Q(file="") & ~models.Q(sha256="") & models.Q(width__gte=1, height__gte=1)),
                name="a_picture_has_its_file_and_size_or_neither",
            ),
            models.CheckConstraint(
                condition=models.Q(rights_until=None)
                | models.Q(rights_from=None)
                | models.Q(rights_until__gt=models.F("rights_from")),
                name="picture_rights_end_after_they_begin",
                violation_error_message="The rights end before they begin.",
            ),
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100), name="a_focal_point_lies_in_the_picture"
            ),
        ]
        indexes = [
            models.Index(fields=["-uploaded_at", "-id"], name="pictures_by_upload"),
            models.Index(fields=["rights_until"], name="pictures_by_end_of_rights"),
        ]

    def __str__(self) -> str:
        return self.headline or Truncator(self.caption).chars(80) or self.filename or f"Picture {self.pk}"

    @property
    def taken(self) -> str:
        """When it was taken, as EDTF to the day at most, "" where that is not known."""
        if self.taken_at is None:
            return ""
        day = timezone.localtime(self.taken_at).date().isoformat()
        return day[: self.TakenPrecision(self.taken_precision).digits]

    @taken.setter
    def taken(self, edtf: str) -> None:
        """Raises UnreadableDate."""
        first = EventDate.from_edtf(edtf).earliest if edtf else None
        self.taken_at = timezone.make_aware(datetime.datetime.combine(first, datetime.time())) if first else None
        known = {4: self.TakenPrecision.YEAR, 7: self.TakenPrecision.MONTH}
        self.taken_precision = known.get(len(edtf), self.TakenPrecision.DAY)


class GalleryItem(models.Model):
    """A picture as one story shows it. Caption and alt text are null where they are the picture's own."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="gallery")
    image = models.ForeignKey(Image, models.PROTECT, related_name="gallery_items")
    position = models.PositiveIntegerField(default=0)
    caption = models.TextField(null=True, blank=True, help_text="Where it differs from the picture's own.")
    alt_text = models.TextField("alt text", null=True, blank=True, help_text="Where it differs from the picture's own.")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "image"],
                name="a_picture_stands_once_in_a_gallery",
                violation_error_message="This picture is already in the story's gallery.",
            )
        ]
        indexes = [models.Index(fields=["story", "position"], name="gallery_in_order")]

    def __str__(self) -> str:
        return str(self.image)

    @property
    def shown_caption(self) -> str:
        return self.image.caption if self.caption is None else self.caption

    @property
    def shown_alt_text(self) -> str:
        return self.image.alt_text if self.alt_text is None else self.alt_text

"""TimelineEvent: what happened when, to the precision that is known."""

from django.db import models

from timelines.dates import place_in_time
from timelines.fields import EventDateField


class TimelineEventQuerySet(models.QuerySet["TimelineEvent"]):
    def in_time_order(self) -> list["TimelineEvent"]:
        """Events as a timeline shows them: by their dates, then by position; those without a readable date last."""
        return sorted(self, key=lambda event: (event.place_in_time, event.position, event.pk))


class TimelineEvent(models.Model):
    """One dated event of a story. `key` is the k of its passage id `t<k>`: given once, never reused.

    `date` is EDTF, "" while it cannot be read: its wording is then in `label`. `earliest` and `latest` follow
    from it, null where they are open or unknown.
    """

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="timeline")
    key = models.PositiveIntegerField(editable=False)
    position = models.PositiveIntegerField(default=0)
    date = EventDateField(blank=True)
    label = models.CharField("wording", max_length=300, blank=True, help_text="Wording that a date cannot carry.")
    earliest = models.DateField(null=True, blank=True, editable=False)
    latest = models.DateField(null=True, blank=True, editable=False)
    text = models.TextField(blank=True)
    sentences = models.JSONField(default=list, editable=False, blank=True)
    last_sentence_number = models.PositiveIntegerField(default=0, editable=False)

    objects = TimelineEventQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "key"], name="an_event_key_is_given_once_in_a_story"),
            models.CheckConstraint(
                condition=models.Q(earliest=None) | models.Q(latest=None) | models.Q(latest__gte=models.F("earliest")),
                name="an_event_does_not_end_before_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["story", "position"], name="events_in_order"),
            models.Index(fields=["earliest", "latest"], name="events_by_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.date or 'Undated'}: {self.text[:60]}"

    @property
    def passage_id(self) -> str:
        return f"t{self.key}"

    @property
    def place_in_time(self) -> tuple:
        return place_in_time(self.date, self.label)

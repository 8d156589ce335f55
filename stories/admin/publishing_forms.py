"""What the pages of the publishing verbs ask for."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from stories.models import Version
from stories.publishing import ScheduledChoice

KINDS = [
    (Version.Kind.UPDATE, "Update: there is news. The story moves up and says when it was updated."),
    (Version.Kind.MINOR, "Minor change: spelling or style. The story stays where it is."),
    (Version.Kind.CORRECTION, "Correction: something was wrong. Say in the note what."),
]
CHOICES = [
    (ScheduledChoice.FREEZE_AGAIN, "Schedule it again, from the draft as it is now."),
    (ScheduledChoice.KEEP, "Keep it as it was scheduled. It will then undo what you publish now."),
    (ScheduledChoice.CALL_OFF, "Call it off."),
]


class NewsroomMoment(forms.DateTimeField):
    """A moment in the newsroom's time zone, from one date-and-time input."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 60}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> datetime | None:
        if value and not self.disabled:
            zone = timezone.get_current_timezone()
            naive = self.to_naive(value)
            if not exists(naive, zone):
                raise ValidationError(
                    "The clocks go forward then, so there is no such time on that day.", code="no_such_time"
                )
        return super().clean(value)

    def to_naive(self, value: Any) -> datetime | None:
        try:
            return datetime.fromisoformat(str(value).strip())
        except ValueError:
            return None


def exists(naive: datetime | None, zone: Any) -> bool:
    """Whether the clock of the zone ever shows that time."""
    if naive is None or naive.tzinfo is not None:
        return True
    there = naive.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


class PublishForm(forms.Form):
    """Kind, note, and when; fields that do not apply to the story are left out."""

    kind = forms.ChoiceField(
        choices=KINDS, initial=Version.Kind.UPDATE, widget=forms.RadioSelect, label="What kind of change"
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Note",
        help_text="Readers see it in the story's history. A correction needs one.",
    )
    live_from = NewsroomMoment(required=False, label="When", help_text="Leave it empty to publish now.")
    scheduled = forms.ChoiceField(
        choices=CHOICES, required=False, widget=forms.RadioSelect, label="The Version that is already scheduled"
    )

    def __init__(self, *args: Any, first: bool, waiting: Version | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["kind"]
        if waiting is None:
            del self.fields["scheduled"]
        else:
            del self.fields["live_from"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Version.Kind.CORRECTION and not cleaned.get("note"):
            self.add_error("note", "Say what was wrong and what is right.")
        return cleaned


class RescheduleForm(forms.Form):
    live_from = NewsroomMoment(label="When", error_messages={"required": "Give the moment, or call the Version off."})


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Reason",
        help_text="Readers see it at the story's address.",
        error_messages={"required": "Say why the story is withdrawn: readers see the reason at its address."},
    )


class PlaceForm(forms.Form):
    rank = forms.IntegerField(
        min_value=1,
        max_value=1000,
        label="Rank",
        help_text="1 is the lead. Of two stories on one rank, the one placed later stands first.",
    )
    live_until = NewsroomMoment(
        required=False, label="Until", help_text="Leave it empty to keep it there until further notice."
    )


class RestoreForm(forms.Form):
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), label="Note")
    scheduled = forms.ChoiceField(
        choices=CHOICES, widget=forms.RadioSelect, label="The Version that is already scheduled"
    )

    def __init__(self, *args: Any, waiting: Version | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waiting is None:
            del self.fields["scheduled"]

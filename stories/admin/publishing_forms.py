"""What the pages of the publishing verbs ask for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from stories.admin.form_fields import TellingForm
from stories.admin.moment_fields import NewsroomMoment
from stories.models import Notice, Story, Version
from stories.parts import Part
from stories.publishing import ScheduledChoice

KINDS = [
    (Version.Kind.UPDATE, "Update: there is news. The story moves up and says when it was updated."),
    (Version.Kind.MINOR, "Minor change: spelling or style. The story stays where it is."),
    (Version.Kind.CORRECTION, "Correction: something was wrong. Say in the note what."),
]
CHOICES = [
    (ScheduledChoice.MERGE, "Bring both together: what goes out now, and what was scheduled, at its time."),
    (ScheduledChoice.FREEZE_AGAIN, "Schedule it again, from the draft as it is now."),
    (ScheduledChoice.KEEP, "Keep it as it was scheduled, with what it undoes."),
    (ScheduledChoice.CALL_OFF, "Call it off."),
]
NOTICE_KINDS = [
    (Notice.Kind.CORRECTION, "Correction: something was wrong. The mended text goes out with it."),
    (Notice.Kind.CLARIFICATION, "Clarification: something could be misread. The clearer text goes out with it."),
    (Notice.Kind.UPDATE, "Update: something has changed since."),
    (Notice.Kind.EDITORS_NOTE, "Editor's note: something readers should know about the story."),
    (Notice.Kind.RETRACTION, "Retraction: what was said does not stand."),
]
NOW, LATER = "now", "later"


class ScheduleChoice(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            choices=CHOICES, required=False, widget=forms.RadioSelect, label="The Version that is already scheduled"
        )


class PartsField(forms.CharField):
    """Names of parts, parted by spaces."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> list[Part]:  # type: ignore[override]
        return [Part.read(name) for name in (super().to_python(value) or "").split()]

    def run_validators(self, value: Any) -> None:
        """Names of parts that there are not do no harm."""


class TermsForm(TellingForm):
    """What every publication of a draft asks, as far as it applies: the schedule, and an embargo."""

    scheduled = ScheduleChoice()
    undo_seen = PartsField()
    release_early = forms.BooleanField(required=False, label="It may go out before the end of the embargo")

    def __init__(self, *args: Any, story: Story, waiting: Version | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waiting is None:
            del self.fields["scheduled"], self.fields["undo_seen"]
        if not story.is_embargoed(timezone.now()):
            del self.fields["release_early"]

    def terms(self) -> dict[str, Any]:
        """For the verb."""
        return {
            "scheduled": self.cleaned_data.get("scheduled") or None,
            "undo_seen": self.cleaned_data.get("undo_seen", []),
            "release_early": self.cleaned_data.get("release_early", False),
        }


class PublishForm(TermsForm):
    """Kind, note, and when; fields that do not apply to the story are left out. A time that is emptied publishes
    nothing: whoever wants to publish now says so."""

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
    when = forms.ChoiceField(
        choices=[(NOW, "Now"), (LATER, "At a time")], initial=NOW, widget=forms.RadioSelect, label="When"
    )
    live_from = NewsroomMoment(required=False, label="Time")
    embargo = forms.BooleanField(
        required=False,
        label="Under embargo until then",
        help_text="Nothing of the story goes out before, unless an editor confirms it.",
    )
    field_order = ["kind", "note", "when", "live_from", "embargo", "scheduled", "undo_seen", "release_early"]

    def __init__(self, *args: Any, first: bool, waiting: Version | None, **kwargs: Any) -> None:
        super().__init__(*args, waiting=waiting, **kwargs)
        if first:
            del self.fields["kind"]
        if waiting is not None:
            del self.fields["when"], self.fields["live_from"], self.fields["embargo"]

    def goes_live(self) -> datetime | None:
        """The moment ahead that was typed, None where the draft is to go out now."""
        live_from = None if not self.is_bound or "live_from" in self.errors else self.cleaned_data.get("live_from")
        return live_from if live_from and live_from > timezone.now() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Version.Kind.CORRECTION and not cleaned.get("note"):
            self.add_error("note", "Say what was wrong and what is right.")
        if "when" in self.fields and "live_from" not in self.errors:
            self._refuse_contradiction(cleaned)
        return cleaned

    def _refuse_contradiction(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("when") == LATER and not cleaned.get("live_from"):
            self.add_error("live_from", "Give the time. Nothing is published without it.")
        if cleaned.get("when") == NOW and cleaned.get("live_from"):
            self.add_error("live_from", "There is a time, but “Now” is chosen. Empty the time, or choose “At a time”.")
        if cleaned.get("when") == NOW and cleaned.get("embargo"):
            self.add_error("embargo", "An embargo needs a time. Choose “At a time” and give it.")


class NoticeForm(TermsForm):
    kind = forms.ChoiceField(choices=NOTICE_KINDS, widget=forms.RadioSelect, label="Kind")
    passage = forms.ChoiceField(required=False, label="Passage", help_text="What the notice is about.")
    text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label="Text",
        help_text="Readers see it on top of the story, and with the version that had the fault.",
        error_messages={"required": "Write what readers are to know."},
    )
    field_order = ["kind", "passage", "text", "scheduled", "undo_seen", "release_early"]

    def __init__(self, *args: Any, passages: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(key, f"{key}: {text[:110]}{'…' if len(text) > 110 else ''}") for key, text in passages.items()]
        self.fields["passage"].choices = [("", "The whole story"), *named]  # type: ignore[attr-defined]


class RescheduleForm(TellingForm):
    live_from = NewsroomMoment(
        label="Time", error_messages={"required": "Give the moment, or call the Version off. Nothing was published."}
    )
    release_early = forms.BooleanField(required=False, label="It may go out before the end of the embargo")

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not story.is_embargoed(timezone.now()):
            del self.fields["release_early"]


class WithdrawForm(TellingForm):
    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Reason",
        help_text="Readers see it at the story's address.",
        error_messages={"required": "Say why the story is withdrawn: readers see the reason at its address."},
    )


class ReasonForm(TellingForm):
    """For what leaves a tombstone."""

    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Reason",
        help_text="Readers see it in the place of the words.",
        error_messages={"required": "Say why: readers see the reason in the place of the words."},
    )


class TakeBackForm(TermsForm, ReasonForm):
    """`number` is that of the Version which the page showed: another one may have gone out since."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["reason", "scheduled", "undo_seen", "number"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("release_early", None)


class PlaceForm(TellingForm):
    rank = forms.IntegerField(
        min_value=1,
        max_value=1000,
        label="Rank",
        help_text="1 is the lead. Of two stories on one rank, the one placed later stands first.",
    )
    live_until = NewsroomMoment(
        required=False, label="Until", help_text="Leave it empty to keep it there until further notice."
    )


class RestoreForm(TermsForm):
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), label="Note")
    field_order = ["note", "scheduled", "undo_seen", "release_early"]

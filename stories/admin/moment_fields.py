"""A moment in the newsroom's time zone, from one date-and-time input; right also when the clocks change."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html

FOLD = " fold="  # between the time that was typed and which of two such times is meant


class MomentInput(forms.DateTimeInput):
    """A date-and-time input; beside a time that the clock shows twice stands the choice of which is meant."""

    def __init__(self) -> None:
        super().__init__({"type": "datetime-local", "step": 60}, format="%Y-%m-%dT%H:%M")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed, fold = data.get(name), data.get(f"{name}_fold")
        return f"{typed}{FOLD}{fold}" if typed and fold in ("0", "1") else typed

    def format_value(self, value: Any) -> Any:
        return super().format_value(value.partition(FOLD)[0] if isinstance(value, str) else value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        shown = super().render(name, value, attrs, renderer)
        typed, _, fold = value.partition(FOLD) if isinstance(value, str) else ("", "", "")
        if not is_twice(to_naive(typed), timezone.get_current_timezone()):
            return shown
        return format_html(
            '{} <select name="{}_fold" aria-label="Which of the two"><option value="">Which of the two?</option>'
            '<option value="0"{}>the first, before the clocks go back</option>'
            '<option value="1"{}>the second, after it</option></select>',
            shown,
            name,
            format_html(" selected{}", "") if fold == "0" else "",
            format_html(" selected{}", "") if fold == "1" else "",
        )


class NewsroomMoment(forms.DateTimeField):
    widget = MomentInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another minute was typed than the one that the input shows of the moment."""
        if isinstance(initial, datetime) and initial.tzinfo is not None:
            initial = timezone.localtime(initial)
        shown = initial.strftime("%Y-%m-%dT%H:%M") if isinstance(initial, datetime) else initial or ""
        return shown != str(data or "")

    def clean(self, value: Any) -> datetime | None:
        typed, _, fold = str(value or "").partition(FOLD)
        zone, naive = timezone.get_current_timezone(), to_naive(typed)
        if naive is None or naive.tzinfo is not None or self.disabled:
            return super().clean(typed or None)
        if not 1900 <= naive.year <= 9000:
            raise ValidationError("Give a year between 1900 and 9000.", code="no_such_year")
        if not exists(naive, zone):
            raise ValidationError(
                "The clocks go forward then, so there is no such time on that day.", code="no_such_time"
            )
        if is_twice(naive, zone):
            if fold not in ("0", "1"):
                raise ValidationError(
                    "The clocks go back then and show that time twice. Choose which of the two is meant.", code="twice"
                )
            return naive.replace(tzinfo=zone, fold=int(fold)).astimezone(UTC)  # else it equals no other moment
        return super().clean(typed)


def to_naive(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None


def exists(naive: datetime, zone: Any) -> bool:
    """Whether the clock of the zone ever shows that time."""
    return naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == naive


def is_twice(naive: datetime | None, zone: Any) -> bool:
    """Whether the clock of the zone shows that time twice."""
    if naive is None or naive.tzinfo is not None or not 1900 <= naive.year <= 9000 or not exists(naive, zone):
        return False
    offsets = {naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
    return len(offsets) == 2

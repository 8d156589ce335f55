"""Event dates in models and forms: stored as EDTF, typed and shown as editors write them."""

from typing import Any

from django import forms
from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models

from timelines.dates import EventDate, UnreadableDate, WordedDate, split_wording

LONGEST_WORDING = 300


def validate_edtf(value: str) -> None:
    """Refuse what is not an EDTF date that Newsdesk uses."""
    try:
        EventDate.from_edtf(value)
    except UnreadableDate as error:
        raise ValidationError(str(error), code="edtf") from error


class EventDateField(models.CharField):
    """An event's date as EDTF; "" while it cannot be read.

    Saving sets the bounds, two date fields that have to stand after it in the model. It goes to a form, and comes back,
    together with its label: the one input in which an editor types a date fills both.
    """

    default_validators = [validate_edtf]

    def __init__(
        self,
        *args: Any,
        earliest_field: str = "earliest",
        latest_field: str = "latest",
        label_field: str = "label",
        **kwargs: Any,
    ) -> None:
        self.earliest_field, self.latest_field, self.label_field = earliest_field, latest_field, label_field
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for field in ("earliest", "latest", "label"):
            if getattr(self, f"{field}_field") != field:
                kwargs[f"{field}_field"] = getattr(self, f"{field}_field")
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        names = [field.name for field in self.model._meta.local_fields]
        follow = names[names.index(self.name) + 1 :]
        missing = [name for name in (self.earliest_field, self.latest_field) if name not in follow]
        hint = "Bounds are derived when the date is saved, so they have to be saved after it."
        return [
            *super().check(**kwargs),
            *(checks.Error(f"There is no field “{name}” after it.", hint, self, "timelines.E001") for name in missing),
        ]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Set the bounds from the date. Raises UnreadableDate rather than store what is not EDTF."""
        edtf = super().pre_save(model_instance, add)
        date = EventDate.from_edtf(edtf) if edtf else None
        setattr(model_instance, self.earliest_field, date.earliest if date else None)
        setattr(model_instance, self.latest_field, date.latest if date else None)
        return edtf

    def value_from_object(self, obj: models.Model) -> WordedDate:  # type: ignore[override]
        """What a form starts from."""
        return WordedDate(getattr(obj, self.attname), getattr(obj, self.label_field, ""))

    def save_form_data(self, instance: models.Model, data: WordedDate) -> None:
        """Keep what a form was given: the date, and the wording where the date cannot carry it or could not be read."""
        setattr(instance, self.attname, data.edtf)
        if hasattr(instance, self.label_field):
            setattr(instance, self.label_field, data.label)

    def value_to_string(self, obj: models.Model) -> str:
        return getattr(obj, self.attname)

    def formfield(self, **kwargs: Any) -> Any:
        defaults = {"form_class": EventDateFormField, "max_length": LONGEST_WORDING}
        return super().formfield(**{**defaults, **kwargs})


class EventDateFormField(forms.CharField):
    """One input for a date as an editor writes it. Its value is a WordedDate and an unreadable date is no error.

    A draft can always be saved; `error` of the value says what an editor may mend before the story is published.
    """

    default_error_messages = {
        "max_length": "A date has at most %(limit_value)d characters. Put the rest into the event's text."
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_WORDING, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Stored dates are shown in the newsroom's English, typed ones as they were typed."""
        if isinstance(value, str) and value:
            value = WordedDate(edtf=value)
        return value.wording if isinstance(value, WordedDate) else value

    def bound_data(self, data: Any, initial: Any) -> Any:
        return WordedDate(label=data) if isinstance(data, str) else data

    def clean(self, value: Any) -> WordedDate:
        if isinstance(value, WordedDate):
            return value
        return split_wording(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = WordedDate(edtf=initial) if isinstance(initial, str) else initial or WordedDate()
        if (data or "").strip() == before.wording:
            return False
        after = split_wording(data or "")
        return not self.disabled and (before.edtf, before.label) != (after.edtf, after.label)

"""Form fields that several of the newsroom's forms use."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from stories import web_address
from stories.admin.moment_fields import NewsroomMoment

MAX_TEXT = 20_000  # what a story's document carries


def tell_instead_of_cutting(fields: Mapping[str, Any]) -> None:
    """Let a text that is too long be typed and refused in words: a browser cuts it off without any."""
    for field in fields.values():
        field.widget.attrs.pop("maxlength", None)


class TellingForm(forms.Form):
    """A form that refuses what is too long instead of cutting it off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_instead_of_cutting(self.fields)


class LinesField(forms.CharField):
    """A list of short texts, such as names, written one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, max_line: int = 300, required: bool = False, **kwargs: Any) -> None:
        self.max_line = max_line
        super().__init__(required=required, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else (super().to_python(value) or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in map(str, lines) if line.strip()))

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))

    def validate(self, value: Any) -> None:
        super().validate(value)
        for line in value:
            if len(line) > self.max_line:
                raise ValidationError(
                    "“%(beginning)s…” is longer than %(limit)d characters. Write one name a line.",
                    code="long_line",
                    params={"beginning": line[:40], "limit": self.max_line},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data or "")


class AddressField(forms.CharField):
    """A web address that a story's document can carry."""

    widget = forms.URLInput(attrs={"class": "vURLField"})

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, max_length=web_address.MAX_LENGTH, **kwargs)

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        try:
            return web_address.check(address)
        except web_address.UnusableAddress as error:
            raise ValidationError(str(error), code="unusable_address") from error


class RightsForm(forms.ModelForm):
    """What a picture and a metadata template say alike of terms and rights, and how it is refused."""

    source_url = AddressField(label="Source address", help_text="The page where the picture was found.")
    web_statement = AddressField(label="Web statement of rights", help_text="A page that states the rights.")
    licensor_url = AddressField(label="Licensor’s address", help_text="A page where others can obtain a licence.")
    taken_at = NewsroomMoment(label="Taken", required=False)
    rights_from = NewsroomMoment(label="Rights from", required=False)
    rights_until = NewsroomMoment(label="Rights until", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.validators.append(MaxLengthValidator(MAX_TEXT))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("rights_from"), cleaned.get("rights_until")
        if begin and end and end <= begin:
            self.add_error("rights_until", ValidationError("The rights end before they begin.", code="rights"))
        return cleaned

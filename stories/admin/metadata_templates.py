"""Metadata templates: what is said of many pictures alike."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from stories.admin.audit import Audited
from stories.admin.form_fields import AddressField
from stories.admin.moment_fields import NewsroomMoment
from stories.admin.picture_form import MAX_TEXT
from stories.admin.scripts import modules
from stories.models import MetadataTemplate


class TemplateForm(forms.ModelForm):
    source_url = AddressField(label="Source address")
    web_statement = AddressField(label="Web statement of rights")
    licensor_url = AddressField(label="Licensor’s address")
    taken_at = NewsroomMoment(label="Taken", required=False)
    rights_from = NewsroomMoment(label="Rights from", required=False)
    rights_until = NewsroomMoment(label="Rights until", required=False)

    class Meta:
        model = MetadataTemplate
        fields = ["name", *MetadataTemplate.FILLED, "taken_precision"]
        widgets = {"caption": forms.Textarea(attrs={"rows": 3}), "usage_terms": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": "Such as “Strait Wire, ferries, March 2026”.",
            "caption": "For pictures without a caption. What each one shows is then added to it.",
            "taken_precision": "Only as much of the date is told.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("caption", "usage_terms"):
            if name in self.fields:
                self.fields[name].validators.append(MaxLengthValidator(MAX_TEXT))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("rights_from"), cleaned.get("rights_until")
        if begin and end and end <= begin:
            self.add_error("rights_until", ValidationError("The rights end before they begin.", code="rights"))
        return cleaned


@admin.register(MetadataTemplate)
class MetadataTemplateAdmin(Audited):
    form = TemplateForm
    list_display = ["name", "credit_line", "place"]
    search_fields = ["name", "credit_line", "place"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        ("What readers see", {"fields": ["caption", "credit_line"]}),
        ("Where it comes from", {"fields": ["source_name", "source_url", "creator"]}),
        (
            "Copyright and rights",
            {
                "fields": [
                    "copyright_notice",
                    "usage_terms",
                    ("rights_from", "rights_until"),
                    "web_statement",
                    "licensor_url",
                ]
            },
        ),
        ("Place and time", {"fields": ["place", ("taken_at", "taken_precision")]}),
    ]

    class Media:
        css = {"all": ["admin/images.css"]}
        js = modules("record-form")

"""Metadata templates: what is said of many pictures alike."""

from django import forms
from django.contrib import admin

from stories.admin.audit import Audited
from stories.admin.form_fields import RightsForm
from stories.admin.scripts import modules
from stories.models import MetadataTemplate


class TemplateForm(RightsForm):
    class Meta:
        model = MetadataTemplate
        fields = ["name", *MetadataTemplate.FILLED, "taken_precision"]
        widgets = {"caption": forms.Textarea(attrs={"rows": 3}), "usage_terms": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "name": "Such as “Strait Wire, ferries, March 2026”.",
            "caption": "For pictures without a caption. What each one shows is then added to it.",
            "taken_precision": "Only as much of the date is told.",
        }


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

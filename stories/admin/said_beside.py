"""What a picture's file says, beside the field that it is about: editors compare, and take it with a click."""

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.images.prefilling import what_it_says
from stories.models import Image


def said_beside(form: forms.BaseForm, image: Image) -> dict[str, SafeString]:
    """By name of the field, for each field of the form of which the file says something."""
    return {
        said.name: render_to_string(
            "admin/stories/image/_said_beside.html",
            {"said": said, "input": str(form.auto_id) % form.add_prefix(said.name)},
        )
        for said in what_it_says(image)
        if said.name in form.fields
    }


def tell_beside(form: forms.BaseForm, image: Image) -> None:
    """The same in each field's help, where forms that a fieldset lays out can show it."""
    for name, told in said_beside(form, image).items():
        field = form.fields[name]
        field.help_text = format_html("{} {}", field.help_text, told)

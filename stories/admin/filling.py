"""Filling the empty fields of a selection of pictures from a metadata template."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from stories.admin.editors import editor_of
from stories.admin.picture_selection import picture_page, require, selected
from stories.images.filling import empty_fields, fill_empty_fields
from stories.models import MetadataTemplate


class FillForm(forms.Form):
    template = forms.ModelChoiceField(MetadataTemplate.objects.all(), empty_label="Choose a template", label="Template")


def fill_page(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """Show what is empty, then fill it and say what became of each picture."""
    require(request, "change_image", "view_metadatatemplate")
    images = selected(request)
    form = FillForm(request.POST if request.method == "POST" else None)
    title = "Fill empty fields from a template"
    if request.method == "POST" and form.is_valid():
        template = form.cleaned_data["template"]
        outcomes = fill_empty_fields([image.pk for image in images], template, by=editor_of(request))
        told = {"chosen_template": template, "filled": sum(1 for outcome in outcomes if outcome.fields)}
        return picture_page(model_admin, request, "fill", title, images=images, outcomes=outcomes, **told)
    may_add = request.user.has_perm("stories.add_metadatatemplate")
    empty = empty_fields(images)
    return picture_page(model_admin, request, "fill", title, images=images, form=form, empty=empty, may_add=may_add)

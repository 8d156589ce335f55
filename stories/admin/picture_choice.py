"""Choosing a picture of the library in a gallery row."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from stories.admin.picture_list import marks_of
from stories.images.library import thumbnail_url
from stories.models import GalleryItem


class PictureChoices(AutocompleteJsonView):
    """The pictures that are found, each with what is seen of it beside its words, and what the row that it is chosen in
    tells of it, as HTML."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        refused = f"Refused: {', '.join(obj.refused_uses)}" if obj.refused_uses else ""
        facts = [obj.credit_line, *(words for _, words in marks_of(obj)), refused]
        row = render_to_string("admin/stories/story/_picture_facts.html", {"image": obj})
        told = {"thumbnail": thumbnail_url(obj), "facts": " · ".join(filter(None, facts)), "row": row}
        return {**super().serialize_result(obj, to_field_name), **told}


def choices(model_admin: Any, request: HttpRequest) -> HttpResponseBase:
    return PictureChoices.as_view(admin_site=model_admin.admin_site)(request)


class KnownPicture(AutocompleteSelect):
    """Shows a row's own picture, which was read with the row: Django's asks the database for it, once a row."""

    url_name = "%s:stories_image_choices"

    def __init__(self, instead_of: AutocompleteSelect, item: GalleryItem) -> None:
        self.__dict__.update(vars(instead_of))
        self.item = item

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        if not self.item.image_id or list(map(str, value)) != [str(self.item.image_id)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.item.image)
        return [(None, [*options, self.create_option(name, self.item.image_id, label, True, len(options))], 0)]

"""Choosing a picture of the library in a gallery row."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect

from stories.models import GalleryItem


class KnownPicture(AutocompleteSelect):
    """Shows a row's own picture, which was read with the row: Django's asks the database for it, once a row."""

    def __init__(self, instead_of: AutocompleteSelect, item: GalleryItem) -> None:
        self.__dict__.update(vars(instead_of))
        self.item = item

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        if not self.item.image_id or list(map(str, value)) != [str(self.item.image_id)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance(self.item.image)
        return [(None, [*options, self.create_option(name, self.item.image_id, label, True, len(options))], 0)]

"""Fields that keep their values in order by themselves."""

from typing import Any

from ckeditor.fields import RichTextField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from stories.document import MAX_BODY
from stories.rich_text import sanitise


def fits_a_document(html: str) -> None:
    """Raise ValidationError for rich text that is longer, once sanitised, than a StoryDocument holds."""
    if len(sanitise(html)) > MAX_BODY:
        raise ValidationError(
            "The text is longer than %(limit)d characters. Divide it.", "too_long", {"limit": MAX_BODY}
        )


class SanitisedRichTextField(RichTextField):
    """Rich text that is sanitised whichever way it is saved: row by row, in bulk, or by an update."""

    default_validators = [fits_a_document]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = sanitise(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(sanitise(value) if isinstance(value, str) else value, connection)

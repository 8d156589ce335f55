"""Where a picture's file is served, and what shape it has."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.files.storage import default_storage

register = template.Library()


@register.filter
def media_url(file: str) -> str:
    return default_storage.url(file)


@register.filter
def is_tall(picture: Mapping[str, Any]) -> bool:
    """Whether a picture is too tall to fill a column: higher than four fifths of its width."""
    return picture["height"] * 5 > picture["width"] * 4

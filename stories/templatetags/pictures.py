"""Where a picture's file is served."""

from django import template
from django.core.files.storage import default_storage

register = template.Library()


@register.filter
def media_url(file: str) -> str:
    return default_storage.url(file)

"""Parts of pages that are the same on every page of a language."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from stories.rich_text import mark_inert

register = template.Library()


@register.simple_tag
def written_once(name: str) -> SafeString:
    """The template of that name, which depends on the language alone: written once in a process, for a page has scores
    of links and words that never change, and the template engine takes milliseconds for them."""
    return _written(name, get_language(), get_script_prefix())


@lru_cache(maxsize=256)
def _written(name: str, language: str | None, script_prefix: str) -> SafeString:
    return mark_inert(render_to_string(name))

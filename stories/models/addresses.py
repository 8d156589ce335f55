"""Addresses of what readers open by a slug, made quickly: a page has scores of them, and Django reverses each anew."""

from functools import cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address_of(name: str, slug: str) -> str:
    """What `reverse(name, args=[slug])` gives, in the language of the page."""
    before, after = around_slug(name, get_script_prefix(), get_language())
    return f"{before}{quote(slug)}{after}"


@cache
def around_slug(name: str, script_prefix: str, language: str | None) -> tuple[str, str]:
    """What stands before and after the slug."""
    before, _, after = reverse(name, args=["-"]).rpartition("-")
    return before, after

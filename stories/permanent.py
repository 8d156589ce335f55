"""The permanent address of a page: the one in the site's own language, which no reader's choice is part of."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix


def permanent(address: str) -> str:
    """An address of this site, as `reverse` makes it, without the prefix of the language that a page is read in."""
    root = get_script_prefix()
    language, slash, rest = address.removeprefix(root).partition("/")
    is_prefix = slash and language != settings.LANGUAGE_CODE and language in dict(settings.LANGUAGES)
    return f"{root}{rest}" if is_prefix and address.startswith(root) else address


def permanent_url(request: HttpRequest, address: str) -> str:
    """The same with scheme and host."""
    return f"{request.scheme}://{request.get_host()}{permanent(address)}"


def in_language(address: str, language: str) -> str:
    """The address of the same page as it is read in a language."""
    root, bare = get_script_prefix(), permanent(address)
    return bare if language == settings.LANGUAGE_CODE else f"{root}{language}/{bare.removeprefix(root)}"

"""The language of the interface, beside that of a story; and the same page in the others."""

from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from stories.permanent import in_language, permanent_url
from stories.rich_text import mark_inert

register = template.Library()


def interface() -> str:
    """The code of the language that the interface is in."""
    language = get_language() or settings.LANGUAGE_CODE
    return "en" if language.startswith("en") else language


@lru_cache(maxsize=16)
def attributes(language: str) -> SafeString:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return mark_inert(f'lang="{language}" dir="{direction}"')


@register.simple_tag
def interface_language() -> SafeString:
    """`lang="ar" dir="rtl"`, for words of ours among those of a story."""
    return attributes(interface())


@register.simple_tag(takes_context=True)
def alternate_links(context: Any) -> SafeString:
    """What tells other programs of the page in the other languages."""
    request = _request(context)
    if request is None:
        return mark_inert("")
    site, path = f"{request.scheme}://{request.get_host()}", request.get_full_path()
    addresses = ((code, escape(f"{site}{in_language(path, code)}")) for code, _ in settings.LANGUAGES)
    return mark_inert("".join(f'<link rel="alternate" hreflang="{c}" href="{address}">\n' for c, address in addresses))


@register.simple_tag(takes_context=True)
def language_items(context: Any) -> SafeString:
    """The way to the page in each language, each by its own name; nothing for a page that has one address only."""
    request = _request(context)
    if request is None:
        return mark_inert("")
    current, path = interface(), request.get_full_path()
    items = []
    for code, name in settings.LANGUAGES:
        mark = ' aria-current="true"' if code == current else ""
        address = escape(in_language(path, code))
        items.append(f'<li><a href="{address}" hreflang="{code}" {attributes(code)}{mark}>{name}</a></li>')
    return mark_inert("\n".join(items))


def _request(context: Any) -> HttpRequest | None:
    """The request, unless what it gets is an error or a page that is in the site's own language only."""
    request: HttpRequest | None = context.get("request")
    found = request.resolver_match if request else None
    return None if found is None or "exception" in context or found.url_name == "preview" else request


@register.simple_tag(takes_context=True)
def permanent_address(context: Any, address: str) -> str:
    """The whole address at which a page stays, whatever language it is read in."""
    return permanent_url(context["request"], address)

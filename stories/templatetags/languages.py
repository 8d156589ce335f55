"""The language of the interface, beside that of a story; and the same page in the others."""

from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.base import Node, Parser, Token, Variable
from django.template.context import Context
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from stories.interface import attributes_of, interface_attributes, interface_language
from stories.permanent import in_language, permanent_url
from stories.rich_text import mark_inert

register = template.Library()
register.simple_tag(interface_attributes)


class Said(Node):
    """Words that are the same wherever they stand, looked up once in each language."""

    def __init__(self, translating: TranslateNode) -> None:
        self.translating = translating
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = self.translating.render(context)
        return self.said[language]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Django's own, for templates that load this library behind `i18n`. A story's page has threescore of such words,
    and to look each up anew took a twentieth of its time."""
    node = do_translate(parser, token)
    expression = node.filter_expression
    is_constant = isinstance(expression.var, Variable) and expression.var.literal is not None and not expression.filters
    return Said(node) if is_constant and node.asvar is None and node.message_context is None else node


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
    current, path = interface_language(), request.get_full_path()
    items = []
    for code, name in settings.LANGUAGES:
        mark = ' aria-current="true"' if code == current else ""
        address = escape(in_language(path, code))
        items.append(f'<li><a href="{address}" hreflang="{code}" {attributes_of(code)}{mark}>{name}</a></li>')
    return mark_inert("\n".join(items))


@register.simple_tag
def folding() -> SafeString:
    """For a `<summary>`: what stands at its end, while its part is folded and while it is not."""
    return _folding(interface_language())


@lru_cache(maxsize=16)
def _folding(language: str) -> SafeString:
    show, hide = escape(pgettext("a part of the page", "Show")), escape(pgettext("a part of the page", "Hide"))
    return mark_inert(f'data-show="{show}" data-hide="{hide}"')


def _request(context: Any) -> HttpRequest | None:
    """The request, unless what it gets is an error or a page that is in the site's own language only."""
    request: HttpRequest | None = context.get("request")
    found = request.resolver_match if request else None
    return None if found is None or "exception" in context or found.url_name == "preview" else request


@register.simple_tag(takes_context=True)
def permanent_address(context: Any, address: str) -> str:
    """The whole address at which a page stays, whatever language it is read in."""
    return permanent_url(context["request"], address)

"""A picture in the files that a browser chooses from, and what other programs read of it."""

import json
from typing import Any

from django import template
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from stories.images.choosing import Chosen, Offer
from stories.images.showing import PictureOnPage
from stories.permanent import permanent, permanent_url
from stories.reading import PublishedStory
from stories.rich_text import mark_inert
from stories.structured_data import image_object, news_article

register = template.Library()
# A script element ends at "</script" whatever its text is, and "<!--" begins a comment in it (HTML, 4.12.1.3).
_ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


@register.filter
def media_url(file: str) -> str:
    return default_storage.url(file)


@register.inclusion_tag("stories/_picture.html")
def picture(chosen: Chosen, alt: str, language: str, *, sizes: str, is_lead: bool = False) -> dict[str, Any]:
    """The picture; `sizes` says how wide the page shows it. The lead is fetched first, all others when near."""
    return {
        "modern": [(kind, _srcset(offers)) for kind, offers in chosen.modern.items()],
        "srcset": _srcset(chosen.jpegs) if len(chosen.jpegs) > 1 else "",
        "usual": chosen.usual,
        "alt": alt,
        "language": language,
        "sizes": sizes,
        "is_lead": is_lead,
    }


def _srcset(offers: list[Offer]) -> str:
    return ", ".join(f"{default_storage.url(offer.file)} {offer.width}w" for offer in offers)


@register.simple_tag(takes_context=True)
def whole_url(context: Any, address: str) -> str:
    """The permanent address with this site in front, unless it is whole already."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(permanent(address))


@register.simple_tag(takes_context=True)
def story_data(context: Any, version: PublishedStory, pictures: list[PictureOnPage]) -> SafeString:
    """The story and its pictures for search engines."""
    request: HttpRequest = context["request"]
    article = news_article(
        version.document,
        url=permanent_url(request, version.get_absolute_url()),
        dates=(version.first_published, version.updated),
        images=[picture_object(request, one) for one in pictures],
    )
    return as_script(article)


@register.simple_tag(takes_context=True)
def picture_data(context: Any, shown: PictureOnPage) -> SafeString:
    """One picture for search engines."""
    return as_script({"@context": "https://schema.org", **picture_object(context["request"], shown)})


def picture_object(request: HttpRequest, shown: PictureOnPage) -> dict[str, Any]:
    offer = shown.whole.widest
    return image_object(shown.entry, offer, request.build_absolute_uri(default_storage.url(offer.file)))


def as_script(data: Any) -> SafeString:
    """JSON-LD as a data block, which no browser runs."""
    written = json.dumps(data, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_inert(written))

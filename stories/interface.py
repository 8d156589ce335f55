"""The language that the interface of a page is in, which may be another than its story's."""

from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from stories.rich_text import mark_inert


def interface_language() -> str:
    """Its code; that of the desk's English is "en"."""
    language = get_language() or settings.LANGUAGE_CODE
    return "en" if language.startswith("en") else language


def interface_attributes() -> SafeString:
    """`lang="ar" dir="rtl"`, for words of ours among those of a story."""
    return attributes_of(interface_language())


@lru_cache(maxsize=16)
def attributes_of(language: str) -> SafeString:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return mark_inert(f'lang="{language}" dir="{direction}"')

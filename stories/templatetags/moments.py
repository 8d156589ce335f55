"""Moments and days as readers see them: in the language of the page, absolute, with their zone, in `<time>`."""

import datetime as dt
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from stories.rich_text import mark_inert
from timelines.printing import print_day, print_moment
from timelines.wording import Words, current_words

register = template.Library()


@register.simple_tag
def moment(value: dt.datetime, zone: dt.tzinfo | None = None, words: Words | None = None) -> SafeString:
    """“Feb 18 2026, 14:05 UTC”, in the site's time zone; long lists ask for that, and for the words, once."""
    local = value.astimezone(zone or timezone.get_current_timezone())
    told = print_moment(local, words or current_words())
    return mark_inert(f'<time datetime="{local.isoformat(timespec="seconds")}">{told}</time>')


@register.simple_tag
def day(value: dt.date, words: Words | None = None) -> SafeString:
    """“Feb 18 2026”."""
    return _day(value, words or current_words())


@register.simple_tag
def month_name(value: dt.date) -> str:
    """“February”, without its year."""
    return current_words().alone.months[value.month - 1]


@lru_cache(maxsize=4096)
def _day(value: dt.date, words: Words) -> SafeString:
    return mark_inert(f'<time datetime="{value.isoformat()}">{print_day(value, words)}</time>')

"""Moments and days as readers see them: absolute, with their zone, in `<time>`."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from stories.rich_text import mark_inert

register = template.Library()

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.simple_tag
def moment(value: dt.datetime, zone: dt.tzinfo | None = None) -> SafeString:
    """“Feb 18 2026, 14:05 UTC”, in the site's time zone; long lists ask for that once and give it."""
    local = value.astimezone(zone or timezone.get_current_timezone())
    words = f"{MONTHS[local.month - 1]} {local.day} {local.year}, {local.hour:02}:{local.minute:02} {local.tzname()}"
    return mark_inert(f'<time datetime="{local.isoformat(timespec="seconds")}">{words}</time>')


@register.simple_tag
def day(value: dt.date) -> SafeString:
    """“Feb 18 2026”."""
    words = f"{MONTHS[value.month - 1]} {value.day} {value.year}"
    return mark_inert(f'<time datetime="{value.isoformat()}">{words}</time>')

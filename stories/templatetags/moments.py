"""Moments and days as readers see them: absolute, with their zone, in `<time>`."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.html import format_html

register = template.Library()

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.simple_tag
def moment(value: dt.datetime) -> str:
    """“Feb 18 2026, 14:05 UTC”, in the site's time zone."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{} {} {}, {} {}</time>',
        local.isoformat(timespec="seconds"),
        MONTHS[local.month - 1],
        local.day,
        local.year,
        f"{local.hour:02}:{local.minute:02}",
        local.tzname(),
    )


@register.simple_tag
def day(value: dt.date) -> str:
    """“Feb 18 2026”."""
    return format_html('<time datetime="{}">{} {} {}</time>', value, MONTHS[value.month - 1], value.day, value.year)

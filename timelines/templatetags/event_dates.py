"""The date of an event as HTML."""

from functools import lru_cache

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from timelines.dates import EventDate, TimePart, UnreadableDate

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=8192)
def event_time(edtf: str, label: str = "") -> SafeString:
    """`<time>` markup for an EDTF date; the label in place of the date's English where there is one.

    A range has two times, and what HTML has no value for (“1990s”, “since”, “c.”) stands outside them.
    """
    parts = _parts(edtf)
    if not label:
        return format_html_join("", "{}", ((_time(part),) for part in parts))
    datetime = parts[0].datetime if len(parts) == 1 else None
    return _time(TimePart(label, datetime))


def _parts(edtf: str) -> list[TimePart]:
    try:
        return EventDate.from_edtf(edtf).parts() if edtf else []
    except UnreadableDate:
        return [TimePart(edtf)]


def _time(part: TimePart) -> SafeString:
    text = escape(part.text)
    return format_html('<time datetime="{}">{}</time>', part.datetime, text) if part.datetime else text

"""The date of an event as HTML."""

from functools import lru_cache

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from timelines.dates import EventDate, TimePart, UnreadableDate
from timelines.wording import Words, current_words

register = template.Library()


@register.simple_tag
def event_time(edtf: str, label: str = "", words: Words | None = None) -> SafeString:
    """`<time>` markup for an EDTF date in the language of the page; the label in its place where there is one.

    A range has two times, and what HTML has no value for (“1990s”, “since”, “c.”) stands outside them. Long lists ask
    for the words of the language once and give them.
    """
    return _event_time(edtf, label, words or current_words())


@lru_cache(maxsize=8192)
def _event_time(edtf: str, label: str, words: Words) -> SafeString:
    parts = _parts(edtf, words)
    if not label:
        return format_html_join("", "{}", ((_time(part),) for part in parts))
    datetime = parts[0].datetime if len(parts) == 1 else None
    return _time(TimePart(label, datetime))


def _parts(edtf: str, words: Words) -> list[TimePart]:
    try:
        return EventDate.from_edtf(edtf).parts(words) if edtf else []
    except UnreadableDate:
        return [TimePart(edtf)]


def _time(part: TimePart) -> SafeString:
    text = escape(part.text)
    return format_html('<time datetime="{}">{}</time>', part.datetime, text) if part.datetime else text

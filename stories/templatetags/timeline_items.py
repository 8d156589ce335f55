"""The rows of a story's timeline, written here for the reason that `story_rows` gives."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stories.interface import interface_attributes
from stories.rich_text import mark_inert
from stories.timeline_choice import OfferedSource, TimelineChoice
from stories.timeline_rows import EventRow, Month, Year
from timelines.templatetags.event_dates import event_time
from timelines.wording import Words, current_words

register = template.Library()


@register.filter
def year_name(year: Year) -> str:
    return str(year.number) if year.number else _("Undated")


@register.simple_tag
def year_items(years: Iterable[Year]) -> SafeString:
    """The years with their months and events; headings and dates are in the site's language."""
    page = _Page(interface_attributes(), current_words())
    return mark_inert("\n".join(_year(year, page) for year in years))


class _Page(NamedTuple):
    """What the rows have in common: the attributes of what is in the site's language, and its words for dates."""

    tongue: str
    words: Words


def _year(year: Year, page: _Page) -> str:
    heading = f'<h3 id="{year.id}" {page.tongue}>{escape(year_name(year))}</h3>'
    months = "\n".join(_month(month, page, is_named=year.names_months) for month in year.months)
    return f'<li class="of-year">{heading}\n<ol class="months">\n{months}\n</ol></li>'


def _month(month: Month, page: _Page, *, is_named: bool) -> str:
    heading = f"<h4{_id(month)} {page.tongue}>{escape(_name(month, page.words))}</h4>\n" if is_named else ""
    events = "\n".join(_event(event, page) for event in month.events)
    return f'<li class="of-month">{heading}<ol class="events">\n{events}\n</ol></li>'


def _id(month: Month) -> str:
    return f' id="{month.id}"' if month.id else ""


def _name(month: Month, words: Words) -> str:
    name = words.alone.months[month.number - 1] if month.number else _("No month known")
    return name[:1].upper() + name[1:]


def _event(row: EventRow, page: _Page) -> str:
    """A label is in the words of whoever wrote the story."""
    tongue = 'dir="auto"' if row.label else page.tongue
    return (
        f'<li class="event {row.shape}" id="{escape(row.id)}"><p class="when" {tongue}>'
        f'{event_time(row.date, row.label, page.words)}</p> <p class="what">{row.html}</p></li>'
    )


@register.simple_tag
def source_options(choice: TimelineChoice) -> SafeString:
    """The sources that events cite, to choose one from."""
    chosen = choice.chosen.row.number if choice.chosen else 0
    return mark_inert(
        "".join(
            f'<option value="{one.row.number}"{" selected" if one.row.number == chosen else ""}>'
            f"{escape(_option(one))}</option>"
            for one in choice.offered
        )
    )


def _option(offered: OfferedSource) -> str:
    return f"[{offered.row.number}] {offered.row.publisher or offered.row.title} ({offered.events})"


@register.simple_tag
def told_of_source() -> str:
    """What is told of a timeline of which one source is chosen, with a place for its name."""
    return _("Shown are only the events that rest on {source}.")


@register.simple_tag
def timeline_told(choice: TimelineChoice) -> str:
    return told_of_source().replace("{source}", _option(choice.chosen)) if choice.chosen else ""

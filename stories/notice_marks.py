"""Marks of notices: a link to each, on the page of a story, where the passage stands that it is about. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from typing import Protocol

from stories.interface import interface_attributes
from stories.rich_text import mark_inert
from stories.story_page import SectionRow, StoryPage
from stories.timeline_rows import EventRow, with_events

_SENTENCE = re.compile(r'<span class="sentence(?: [^"]*)?" id="([^"]+)">')
_SPAN = re.compile(r'<span class="sentence(?: [^"]*)?"( id=)?')
_CLOSING = re.compile(r"(?:</(?:a|em|strong|sub|sup)>)*")


class Noticed(Protocol):
    """What a mark needs of a notice: its passage, its id on the page, and the words of the mark."""

    @property
    def passage(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def mark(self) -> str: ...


def passages_on(page: StoryPage) -> frozenset[str]:
    """The ids under which passages stand on the page."""
    events = [event for year in page.years for event in year.events]
    rows: list[SectionRow | EventRow] = [*page.sections, *events]
    return frozenset([row.id for row in rows] + [id for row in rows for id in _SENTENCE.findall(row.html)])


def with_marks(page: StoryPage, notices: Iterable[Noticed]) -> StoryPage:
    """The page with a link to each notice behind its sentence or event, or above the text of its section."""
    links: dict[str, str] = {}
    for notice in notices:
        if notice.passage:
            links[notice.passage] = links.get(notice.passage, "") + _link(notice)
    if not links:
        return page
    return replace(
        page,
        sections=[_in_section(section, links) for section in page.sections],
        years=with_events(page.years, lambda event: _in_event(event, links)),
    )


def _link(notice: Noticed) -> str:
    """In the language of the interface, whatever the story's is."""
    tongue = interface_attributes()
    return f' <a class="notice-mark" href="#{escape(notice.id)}" {tongue}>{escape(notice.mark)}</a>'


def _in_section(section: SectionRow, links: Mapping[str, str]) -> SectionRow:
    about_all = f'<p class="notice-marks">{links[section.id].strip()}</p>' if section.id in links else ""
    return replace(section, html=mark_inert(about_all + _behind_sentences(section.html, links)))


def _in_event(event: EventRow, links: Mapping[str, str]) -> EventRow:
    return replace(event, html=mark_inert(_behind_sentences(event.html, links) + links.get(event.id, "")))


def _behind_sentences(html: str, links: Mapping[str, str]) -> str:
    for found in reversed(list(_SENTENCE.finditer(html))):
        if found[1] in links:
            end = _end_of_sentence(html, found.end())
            html = html[:end] + links[found[1]] + html[end:]
    return html


def _end_of_sentence(html: str, start: int) -> int:
    """Where a mark may stand behind the sentence that begins at `start`: past the last of its spans, and never within
    another link."""
    end = _end_of_span(html, start)
    while (later := _SPAN.search(html, end)) and not later[1]:
        end = _end_of_span(html, later.end())
    end = _CLOSING.match(html, end).end()  # type: ignore[union-attr]  # it matches everywhere
    if html.rfind("<a ", 0, end) > html.rfind("</a>", 0, end):
        end = html.index("</a>", end) + len("</a>")
    return end


def _end_of_span(html: str, start: int) -> int:
    return html.index("</span>", start) + len("</span>")

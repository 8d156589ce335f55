"""Passages that are marked on a story's page: what is new, or what rests on a source or an outlet. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.citations.markers import without_markers
from stories.rich_text import mark_inert
from stories.story_page import StoryPage
from stories.timeline_rows import with_events

MOST_PLACES, LONGEST_PLACE = 8, 70
_SENTENCE = re.compile(r'<span class="(sentence[\w -]*)" id="([^"]+)">')


class Place(NamedTuple):
    """A passage by its id on the page, and its first words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on some sources: the ids of its sentences, how many of them stand in sections, how many events, and
    where the first are."""

    ids: frozenset[str]
    sentences: int
    events: int
    places: list[Place]

    @property
    def told(self) -> str:
        """“2 sentences and 1 event”."""
        sentences = ngettext("%(count)d sentence", "%(count)d sentences", self.sentences) % {"count": self.sentences}
        events = ngettext("%(count)d event", "%(count)d events", self.events) % {"count": self.events}
        if self.sentences and self.events:
            return _("%(sentences)s and %(events)s") % {"sentences": sentences, "events": events}
        return sentences if self.sentences else events if self.events else _("No sentences and events")

    @property
    def more(self) -> int:
        return len(self.ids) - len(self.places)


def resting_on(document: Mapping[str, Any], numbers: Collection[int]) -> Resting:
    """What of a StoryDocument, as a Version stores it, cites one of the numbers, in the order of the page."""
    sections, events = (
        [[one for one in part["sentences"] if set(numbers) & set(one["cites"])] for part in document[name]]
        for name in ("sections", "timeline")
    )
    found = [one for part in (*sections, *events) for one in part]
    return Resting(
        ids=frozenset(one["id"] for one in found),
        sentences=sum(map(len, sections)),
        events=sum(map(bool, events)),
        places=[Place(one["id"], first_words(without_markers(one["text"]))) for one in found[:MOST_PLACES]],
    )


def first_words(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_PLACE else f"{text[:LONGEST_PLACE].rsplit(' ', 1)[0]} …"


def marked(page: StoryPage, ids: Collection[str], name: str) -> StoryPage:
    """The page with the sentences of these ids marked: each has the class `name` besides its own."""
    if not ids:
        return page

    def of(html: str) -> Any:
        return mark_inert(_SENTENCE.sub(opening, html))

    def opening(found: re.Match[str]) -> str:
        return f'<span class="{found[1]} {name}" id="{found[2]}">' if found[2] in ids else found[0]

    sections = [replace(section, html=of(section.html)) for section in page.sections]
    years = with_events(page.years, lambda event: replace(event, html=of(event.html)))
    return replace(page, sections=sections, years=years)

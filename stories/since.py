"""What a returning reader finds otherwise than in the Version they saw: in numbers, and marked on the page. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from stories.rich_text import mark_inert
from stories.story_page import StoryPage
from stories.version_changes import How, Json, PartChange, SentenceChange, VersionChanges, version_changes

MOST_PLACES, LONGEST_PLACE = 8, 70
MARKED = {How.ADDED, How.CHANGED, How.RESOURCED}
PHRASES = {
    How.ADDED: "{count} new {name}",
    How.CHANGED: "{count} {name} reworded",
    How.RESOURCED: "{count} {name} on other sources",
    How.MOVED: "{count} {name} moved",
    How.REMOVED: "{count} {name} gone",
}
_SENTENCE = re.compile(r'<span class="sentence" id="([^"]+)">')


class Place(NamedTuple):
    """A passage that is new or says something else: its id on the page, and its first words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Since:
    """`told` are phrases such as “2 new sentences”; `marked` the ids of the passages to mark."""

    told: list[str]
    places: list[Place]
    marked: frozenset[str]


def since(before: Json, after: Json) -> Since:
    changes = version_changes(before, after)
    sentences = [sentence for part in (*changes.sections, *changes.events) for sentence in part.differing]
    marked = [sentence for sentence in sentences if sentence.how in MARKED]
    places = [Place(sentence.id, _first_words(sentence)) for sentence in marked[:MOST_PLACES]]
    return Since(list(_told(changes)), places, frozenset(sentence.id for sentence in marked))


def marked(page: StoryPage, ids: Collection[str]) -> StoryPage:
    """The page with the sentences of these ids marked."""
    if not ids:
        return page
    sections = [replace(section, html=_marked(section.html, ids)) for section in page.sections]
    years = [
        replace(year, events=[replace(event, html=_marked(event.html, ids)) for event in year.events])
        for year in page.years
    ]
    return replace(page, sections=sections, years=years)


def _marked(html: str, ids: Collection[str]) -> str:
    def opening(found: re.Match[str]) -> str:
        return f'<span class="sentence is-new" id="{found[1]}">' if found[1] in ids else found[0]

    return mark_inert(_SENTENCE.sub(opening, html))


def _told(changes: VersionChanges) -> Iterator[str]:
    if any(field.name == "Headline" for field in changes.head):
        yield "another headline"
    yield from _counted("sentence", _in_sections(changes.sections))
    yield from _counted("event", (event.how for event in changes.events))
    yield from _counted("source", (row.how for row in changes.sources))
    yield from _counted("picture", (row.how for row in changes.pictures))
    yield from _counted("quote", (row.how for row in changes.quotes))


def _in_sections(sections: Iterable[PartChange]) -> Iterator[How]:
    return (sentence.how for section in sections for sentence in section.differing)


def _counted(name: str, hows: Iterable[How]) -> Iterator[str]:
    counts = Counter(hows)
    for how, phrase in PHRASES.items():
        if count := counts[how]:
            words = "{count} {name} changed" if how is How.CHANGED and name != "sentence" else phrase
            yield words.format(count=count, name=name if count == 1 else f"{name}s")


def _first_words(sentence: SentenceChange) -> str:
    text = "".join(run.text for run in sentence.words if run.how != "del").strip()
    return text if len(text) <= LONGEST_PLACE else f"{text[:LONGEST_PLACE].rsplit(' ', 1)[0]} …"

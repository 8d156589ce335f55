"""What a returning reader finds otherwise than in the Version they saw: in numbers, and where it is. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stories.marking import MOST_PLACES, Place, first_words
from stories.version_changes import How, Json, PartChange, SentenceChange, VersionChanges, version_changes

MARKED = {How.ADDED, How.CHANGED, How.RESOURCED}
PHRASES = {
    How.ADDED: "{count} new {name}",
    How.CHANGED: "{count} {name} reworded",
    How.RESOURCED: "{count} {name} on other sources",
    How.MOVED: "{count} {name} moved",
    How.REMOVED: "{count} {name} gone",
}


@dataclass(frozen=True, slots=True)
class Since:
    """`told` are phrases such as “2 new sentences”; `marked` are the ids of the passages that are new or say something
    else, `places` the first of them."""

    told: list[str]
    places: list[Place]
    marked: frozenset[str]


def since(before: Json, after: Json) -> Since:
    changes = version_changes(before, after)
    sentences = [sentence for part in (*changes.sections, *changes.events) for sentence in part.differing]
    marked = [sentence for sentence in sentences if sentence.how in MARKED]
    places = [Place(sentence.id, _first_words(sentence)) for sentence in marked[:MOST_PLACES]]
    return Since(list(_told(changes)), places, frozenset(sentence.id for sentence in marked))


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
    return first_words("".join(run.text for run in sentence.words if run.how != "del"))

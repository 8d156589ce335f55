"""What a returning reader finds otherwise than in the Version they saw: in numbers, and where it is. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext_lazy

from stories.marking import MOST_PLACES, Place, first_words
from stories.version_changes import How, Json, PartChange, SentenceChange, VersionChanges, version_changes

MARKED = {How.ADDED, How.CHANGED, How.RESOURCED}
PHRASES = {
    "sentence": {
        How.ADDED: ngettext_lazy("%(count)d new sentence", "%(count)d new sentences", "count"),
        How.CHANGED: ngettext_lazy("%(count)d sentence reworded", "%(count)d sentences reworded", "count"),
        How.RESOURCED: ngettext_lazy(
            "%(count)d sentence on other sources", "%(count)d sentences on other sources", "count"
        ),
        How.MOVED: ngettext_lazy("%(count)d sentence moved", "%(count)d sentences moved", "count"),
        How.REMOVED: ngettext_lazy("%(count)d sentence gone", "%(count)d sentences gone", "count"),
    },
    "event": {
        How.ADDED: ngettext_lazy("%(count)d new event", "%(count)d new events", "count"),
        How.CHANGED: ngettext_lazy("%(count)d event changed", "%(count)d events changed", "count"),
        How.REMOVED: ngettext_lazy("%(count)d event gone", "%(count)d events gone", "count"),
    },
    "source": {
        How.ADDED: ngettext_lazy("%(count)d new source", "%(count)d new sources", "count"),
        How.CHANGED: ngettext_lazy("%(count)d source changed", "%(count)d sources changed", "count"),
        How.REMOVED: ngettext_lazy("%(count)d source gone", "%(count)d sources gone", "count"),
    },
    "picture": {
        How.ADDED: ngettext_lazy("%(count)d new picture", "%(count)d new pictures", "count"),
        How.CHANGED: ngettext_lazy("%(count)d picture changed", "%(count)d pictures changed", "count"),
        How.REMOVED: ngettext_lazy("%(count)d picture gone", "%(count)d pictures gone", "count"),
    },
    "quote": {
        How.ADDED: ngettext_lazy("%(count)d new quote", "%(count)d new quotes", "count"),
        How.CHANGED: ngettext_lazy("%(count)d quote changed", "%(count)d quotes changed", "count"),
        How.REMOVED: ngettext_lazy("%(count)d quote gone", "%(count)d quotes gone", "count"),
    },
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
        yield gettext("another headline")
    yield from _counted("sentence", _in_sections(changes.sections))
    yield from _counted("event", (event.how for event in changes.events))
    yield from _counted("source", (row.how for row in changes.sources))
    yield from _counted("picture", (row.how for row in changes.pictures))
    yield from _counted("quote", (row.how for row in changes.quotes))


def _in_sections(sections: Iterable[PartChange]) -> Iterator[How]:
    return (sentence.how for section in sections for sentence in section.differing)


def _counted(name: str, hows: Iterable[How]) -> Iterator[str]:
    counts = Counter(hows)
    for how, phrase in PHRASES[name].items():
        if count := counts[how]:
            yield phrase % {"count": count}


def _first_words(sentence: SentenceChange) -> str:
    return first_words("".join(run.text for run in sentence.words if run.how != "del"))

"""Where in a story the words stand: its headline and the passages that say most of them, marked. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from stories.search.folding import is_unspaced, stem, words_in

MOST = 2  # passages that are shown of a story
LENGTH = 220  # characters that are shown of a passage
BEFORE = 60  # of them before the first marked word, where the passage is longer


class Piece(NamedTuple):
    """Of a text that is shown in pieces: one that is marked, or one that stands between such."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Excerpt:
    """A passage, shortened around its marked words. `anchor` is its id on the story's page, "" where it has none;
    `forms` are the words of the query that it has."""

    pieces: list[Piece]
    anchor: str
    forms: frozenset[str]


def marked(text: str, forms: frozenset[str], language: str) -> Excerpt:
    """The whole text, with the words marked that are among the forms."""
    return _excerpt(text, forms, language, "", whole=True)


def excerpts_of(document: Mapping[str, Any], forms: frozenset[str]) -> list[Excerpt]:
    """The passages that have most of the words, each only for what those before it lack."""
    language = document.get("language", "en")
    found = [_excerpt(text, forms, language, anchor) for anchor, text in _texts(document)]
    found = [one for one in found if one.forms]
    chosen: list[Excerpt] = []
    seen: set[str] = set()
    while found and len(chosen) < MOST:
        best = max(found, key=lambda one: len(one.forms - seen))
        if not best.forms - seen and chosen:
            break
        chosen.append(best)
        seen |= best.forms
        found.remove(best)
    return chosen


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Anchor and text of all that is searched but the headline."""
    if document.get("standfirst"):
        yield "", document["standfirst"]
    for passage in (*document.get("sections", ()), *document.get("timeline", ())):
        for name in ("heading", "label"):
            if passage.get(name):
                yield passage["id"], passage[name]
        yield from ((sentence["id"], sentence["text"]) for sentence in passage.get("sentences", ()))
    for source in document.get("sources", ()):
        told = [source.get("outlet", ""), source.get("title", ""), *source.get("authors", ())]
        yield f"source-{source['number']}", ": ".join(filter(None, told))


def _excerpt(text: str, forms: frozenset[str], language: str, anchor: str, *, whole: bool = False) -> Excerpt:
    places = list(_places(text, forms, language))
    start, end = (0, len(text)) if whole else _window(text, [place[:2] for place in places])
    pieces = [Piece("…", False)] if start else []
    at = start
    for first, last, _ in places:
        if first < at or last > end:
            continue
        pieces += [Piece(text[at:first], False)] * (first > at) + [Piece(text[first:last], True)]
        at = last
    pieces += [Piece(text[at:end], False)] * (at < end) + [Piece("…", False)] * (end < len(text))
    return Excerpt(pieces, anchor, frozenset(form for *_, form in places))


def _places(text: str, forms: frozenset[str], language: str) -> Iterator[tuple[int, int, str]]:
    """Where the words stand, by characters, and which of the forms each is."""
    for word in words_in(text):
        if is_unspaced(word.form):
            yield from _in_run(word.start, word.form, forms)
        elif (form := word.form) in forms or (form := stem(word.form, language)) in forms:
            yield word.start, word.end, form


def _in_run(start: int, run: str, forms: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(run):
        form = next((run[at : at + length] for length in (2, 1) if run[at : at + length] in forms), None)
        if form is not None:
            yield start + at, start + at + len(form), form
        at += len(form or " ")


def _window(text: str, places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Which characters are shown: between words, around the first place."""
    first = next(iter(places), (0, 0))[0]
    if len(text) <= LENGTH:
        return 0, len(text)
    start = text.rfind(" ", 0, max(0, first - BEFORE)) + 1 if first > BEFORE else 0
    end = min(len(text), start + LENGTH)
    cut = text.rfind(" ", first + 1, end) if end < len(text) else end
    return start, cut if cut > first else end

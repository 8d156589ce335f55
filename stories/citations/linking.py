"""Linking: the HTML of a document in which every marker leads to its source and every source back to its citations.

It works on the JSON of a StoryDocument as a Version stores it, and trusts none of it: bodies are sanitised again,
all other text is escaped, and ids that do not look like ids are left out.
"""

import html as html_entities
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stories.citations.markers import Marker, find_markers
from stories.citations.passages import PICTURE, STANDFIRST
from stories.rich_text import BLOCKS, mark_inert, pieces, sanitise
from timelines.dates import printed
from timelines.wording import Words, current_words

Json = Mapping[str, Any]

_PASSAGE_ID = re.compile(r"[st][0-9]+(\.[0-9]+)?|standfirst|picture-[0-9]+")
_SPACE = re.compile(r"\s*")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
)  # Hebrew to Arabic, and their presentation forms


class Place(NamedTuple):
    """Where a text cites a source. `anchor` is an id on the page, `label` is short, `name` says it aloud."""

    anchor: str
    label: str
    name: str


@dataclass(frozen=True)
class LinkedStory:
    """The HTML of each section and event by its id, and the places that cite each source, in the page's order.

    `texts` has that of a standfirst ("standfirst") and of captions ("picture-2") in which a marker stands.
    """

    sections: dict[str, SafeString] = field(default_factory=dict)
    events: dict[str, SafeString] = field(default_factory=dict)
    texts: dict[str, SafeString] = field(default_factory=dict)
    citing: dict[int, list[Place]] = field(default_factory=dict)

    def section(self, id: str) -> SafeString:
        return self.sections[id]

    def event(self, id: str) -> SafeString:
        return self.events[id]

    def places(self, number: int) -> list[Place]:
        return self.citing.get(number, [])


def link(document: Json, *, page: str = "") -> LinkedStory:
    """Link the document's markers, on its own page or, given the address of that `page`, for reading elsewhere.

    On its own page each sentence stands in `<span class="sentence" id="s1.2">`, and each number of a marker is a
    link with the id `cite-s1.2-6`. The first that cites a source in a section or an event has what a margin says of it
    in `data-side`. Elsewhere there are no ids. A number without a source stays text.
    """
    linked = LinkedStory()
    writer = _Writer(document.get("sources", ()), linked.citing, page)
    for id, name, text in _loose_texts(document):
        writer.where = name
        linked.texts[id] = mark_inert(writer.write(_of_text(text), (), id))
    for count, section in enumerate(document.get("sections", ()), 1):
        writer.where = _in_section(section["heading"], count)
        html = writer.write(_of_body(sanitise(section["body"])), section["sentences"], section["id"])
        linked.sections[section["id"]] = mark_inert(html)
    writer.where = _("in the timeline")
    for event in document.get("timeline", ()):
        html = writer.write(_of_text(event["text"]), event["sentences"], event["id"])
        linked.events[event["id"]] = mark_inert(html)
    return linked


def _loose_texts(document: Json) -> Iterator[tuple[str, str, str]]:
    """The standfirst and the captions that hold a bracket: most hold none, and stay the plain text that they are."""
    if "[" in document.get("standfirst", ""):
        yield STANDFIRST, _("in the standfirst"), document["standfirst"]
    for count, picture in enumerate(document.get("gallery", ()), 1):
        if "[" in picture["caption"]:
            yield f"{PICTURE}{count}", _("in the caption of picture %(count)d") % {"count": count}, picture["caption"]


def _in_section(heading: str, count: int) -> str:
    return _("in “%(heading)s”") % {"heading": heading} if heading else _("in section %(count)d") % {"count": count}


class _Run(NamedTuple):
    """A tag, as `written`; or a text of its passage, from `start` to `end`. `depth` counts the tags open behind it."""

    written: str
    start: int = 0
    end: int = 0
    depth: int = 0


class _Passage(NamedTuple):
    """A section's body or an event: its runs, its whole text, and the markers in that."""

    runs: list[_Run]
    text: str
    markers: list[Marker]


class _Span(NamedTuple):
    """A sentence by its place in the passage's text."""

    id: str
    start: int
    end: int


def _of_text(text: str) -> _Passage:
    return _Passage([_Run("", 0, len(text))], text, find_markers(text))


def _of_body(html: str) -> _Passage:
    """Take sanitised HTML apart. Markers are sought with the words of links crossed out, and cross no line."""
    runs: list[_Run] = []
    texts: list[str] = []
    citable: list[str] = []
    at = depth = 0
    in_link = False
    for name, slash, written in pieces(html):
        if name:
            depth += 0 if name == "br" else -1 if slash else 1
            runs.append(_Run(written, depth=depth))
            in_link = not slash if name == "a" else in_link
            words, seen = ("\n\n", "\n|") if name in BLOCKS or name == "br" else ("", "")
        else:
            words = html_entities.unescape(written) if "&" in written else written
            seen = "x" * len(words) if in_link else words
            runs.append(_Run("", at, at + len(words), depth))
        texts.append(words)
        citable.append(seen)
        at += len(words)
    return _Passage(runs, "".join(texts), find_markers("".join(citable)))


def _spans(text: str, sentences: Sequence[Json], given: dict[str, int]) -> list[_Span]:
    """Where the sentences stand in the text; none at all if they are not the text's own. No id is `given` twice."""
    spans: list[_Span] = []
    at = 0
    for sentence in sentences:
        at = start = _end_of_space(text, at)
        words = sentence["text"]
        at = at + len(words) if text.startswith(words, at) else _end_of_words(text, at, words)
        if at <= start:
            return []
        id = sentence["id"]
        spans.append(_Span(id if id not in given and _PASSAGE_ID.fullmatch(id) else "", start, at))
        given[id] = 1
    return [] if text[at:].strip() else spans


def _end_of_space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere


def _end_of_words(text: str, at: int, words: str) -> int:
    """Where `words` end in the text if they stand at `at`, whatever the spaces; else -1."""
    for word in words.split():
        at = _end_of_space(text, at)
        if not text.startswith(word, at):
            return -1
        at += len(word)
    return at


def _with_spans(runs: Sequence[_Run], spans: Sequence[_Span]) -> Iterator[tuple[str, int, int, str]]:
    """What to write: a tag, or else the text from start to end, in the sentence of that id.

    Each sentence gets a span around it; one that tags cut across gets a span around each of its parts.
    """
    ahead = deque(spans)
    one = False
    for place, run in enumerate(runs):
        if run.written:
            yield run.written, 0, 0, ""
        at = run.start
        while at < run.end:
            span = ahead[0] if ahead else None
            if span is None or at < span.start:
                end = min(run.end, span.start) if span else run.end
                yield "", at, end, ""
            else:
                first, end = at == span.start, min(run.end, span.end)
                last = end == span.end
                one = (last or _is_balanced(runs, place, span.end)) if first else one
                if first or not one:
                    yield _opening(span.id if first else ""), 0, 0, ""
                yield "", at, end, span.id
                if last or not one:
                    yield "</span>", 0, 0, ""
                if last:
                    ahead.popleft()
            at = end


def _opening(id: str) -> str:
    return f'<span class="sentence" id="{id}">' if id else '<span class="sentence">'


def _is_balanced(runs: Sequence[_Run], place: int, end: int) -> bool:
    """Whether the tags between the text run at `place` and the one that reaches `end` close what they open."""
    depth = runs[place].depth
    for run in (runs[later] for later in range(place, len(runs))):
        if run.depth < depth:
            return False
        if run.end >= end:
            return run.depth == depth
    return False


class _Writer:
    """Writes passages one after the other, and notes where each source is cited."""

    def __init__(self, sources: Sequence[Json], citing: dict[int, list[Place]], page: str) -> None:
        page, named = html_entities.escape(page), _("source %(number)s")
        self.links = {source["number"]: _link_start(source, page, named) for source in sources}
        words = current_words()
        self.back = _("back to citation %(label)s, %(where)s")
        self.citing, self.with_ids, self.where = citing, not page, ""
        self.sides = {source["number"]: _side(source, words) for source in sources} if self.with_ids else {}
        self.given: dict[str, int] = {}
        self.aside: set[int] = set()

    def write(self, passage: _Passage, sentences: Sequence[Json], id: str) -> str:
        """The passage's HTML; `id` names it in the anchors of markers outside all sentences."""
        own = id if _PASSAGE_ID.fullmatch(id) else ""
        self.aside = set()
        spans = _spans(passage.text, sentences, self.given) if self.with_ids else []
        markers = deque(passage.markers)
        out: list[str] = []
        done = 0
        for written, start, end, sentence in _with_spans(passage.runs, spans):
            if written:
                out.append(written)
                continue
            start = max(start, done)
            while markers and markers[0].start < end:
                marker = markers.popleft()
                out.append(_before_marker(passage.text[start : marker.start]))
                out.append(self.marker(marker, passage.text, sentence or own))
                start = done = marker.end
            out.append(_escape(passage.text[start:end]))
        return "".join(out)

    def marker(self, marker: Marker, text: str, passage: str) -> str:
        """The marker with each number that has a source linked to it; as it was written if none has."""
        if self.links.keys().isdisjoint(marker.numbers):
            return _escape(text[marker.start : marker.end])
        return f'<sup class="markers">[{", ".join([self.number(number, passage) for number in marker.numbers])}]</sup>'

    def number(self, number: int, passage: str) -> str:
        if number not in self.links:
            return str(number)
        start, end = self.links[number]
        if not self.with_ids:
            return f"{start}{end}"
        own = anchor(passage, number)
        self.given[own] = count = self.given.get(own, 0) + 1
        if count > 1:
            own = f"{own}-{count}"
        places = self.citing.setdefault(number, [])
        label = str(len(places) + 1)
        places.append(Place(own, label, self.back % {"label": label, "where": self.where}))
        side = "" if number in self.aside else self.sides[number]
        self.aside.add(number)
        return f'{start}{side} id="{own}"{end}'


def anchor(passage: str, number: int) -> str:
    """The id on a page of the first marker in that passage which cites that source."""
    return f"cite-{passage}-{number}"


def _link_start(source: Json, page: str, named: str) -> tuple[str, str]:
    """What stands before and behind the id in a link to the source."""
    number = source["number"]
    title = ": ".join(filter(None, [source["outlet"], source["title"]]))
    titled = f' title="{html_entities.escape(title)}"' if title else ""
    name = html_entities.escape(named % {"number": number})
    start = f'<a class="marker" role="doc-noteref" href="{page}#source-{number}" aria-label="{name}"{titled}'
    return start, f">{number}</a>"


def _side(source: Json, words: Words) -> str:
    """What a margin says of the source, in two lines: who published it and when, and its title."""
    published = printed(source.get("published") or "", words)
    facts = ", ".join(_isolated(fact) for fact in (source["outlet"], published) if fact)
    lines = [f"[{source['number']}] {facts}".strip(), source["title"]]
    return f' data-side="{html_entities.escape(chr(10).join(filter(None, lines)))}"'


def _isolated(text: str) -> str:
    """A text that runs from right to left keeps its figures in their places within a line that may not (UAX #9)."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if _RIGHT_TO_LEFT.search(text) else text


def _escape(text: str) -> str:
    return html_entities.escape(text, quote=False)


def _before_marker(text: str) -> str:
    """The text with its last space, if any, made one at which no line breaks: a marker stays with its word."""
    return _escape(text[:-1]) + "\u202f" if text.endswith(" ") else _escape(text)

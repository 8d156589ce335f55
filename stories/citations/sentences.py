"""Sentences: the text of a body or an event cut into the units that are cited, linked and corrected.

A sentence keeps its id from one reading to the next while it is the same or nearly the same, also when it moves to
another passage. Ids are `<passage>.<n>`; once given, a number is never given again.
"""

import html as html_entities
import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import sentencex  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process

from stories.citations.markers import Marker, find_markers
from stories.rich_text import BLOCKS, pieces

NEARLY_THE_SAME = 60.0  # of 100: shares of words in order; the larger part of a sentence cut in two reaches 67
DECISIVE = 75.0  # within one passage
CANDIDATES = 20
TELLING = 200  # a word in more sentences than these does not lead to the one that is sought
PIECE = 5_000  # characters

_SPACES = re.compile(r"[ \t\n\r\f]+")
_SPACE_RUN = re.compile(r" {2,}")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its stable id; `text` is plain and keeps its markers, `cites` are the sources they name."""

    id: str
    text: str
    cites: tuple[int, ...] = ()


class Read(Protocol):
    """What is needed of a sentence as last read."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


class Block(NamedTuple):
    """A run of text that no sentence crosses; `citable` is the text with the words of links crossed out."""

    text: str
    citable: str


def html_blocks(html: str) -> list[Block]:
    """The paragraphs, list items and lines of sanitised HTML."""
    blocks: list[Block] = []
    text: list[str] = []
    citable: list[str] = []
    in_link = False
    for piece in pieces(html):
        if not piece.name:
            words = html_entities.unescape(piece.written)
            text.append(words)
            citable.append("x" * len(words) if in_link else words)
        elif piece.name == "a":
            in_link = not piece.slash
        elif piece.name in BLOCKS or piece.name == "br":
            blocks.append(Block("".join(text), "".join(citable)))
            text, citable = [], []
    blocks.append(Block("".join(text), "".join(citable)))
    return [block for block in blocks if block.text.strip()]


def text_blocks(text: str) -> list[Block]:
    """The paragraphs of a plain text, which blank lines part."""
    return [Block(part, part) for part in _BLANK_LINE.split(text) if part.strip()]


def split(block: Block, language: str = "en") -> Iterator[tuple[str, tuple[int, ...]]]:
    """Text and cited numbers of each sentence of a block.

    Markers are hidden from the splitter, so that one behind a full stop belongs to the sentence before it.
    """
    markers = deque(find_markers(block.citable))
    masked = _masked(block.text, markers)
    for start, end in _cuts(masked, language):
        cites: dict[int, None] = {}
        while markers and markers[0].start < end:
            cites.update(dict.fromkeys(markers.popleft().numbers))
        text = _SPACES.sub(" ", block.text[start:end]).strip()
        if text:
            yield text, tuple(cites)


def _masked(text: str, markers: Iterable[Marker]) -> str:
    parts, at = [], 0
    for marker in markers:
        parts += [text[at : marker.start], " " * (marker.end - marker.start)]
        at = marker.end
    masked = "".join([*parts, text[at:]])
    return _HALF_CHARACTER.sub("\ufffd", _SPACES.sub(lambda run: " " * len(run[0]), masked))


def _cuts(masked: str, language: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; blank ones belong to the sentence before them."""
    start = end = 0
    for segment in _segments(_SPACE_RUN.sub(" ", masked), language):
        if end > start and segment.strip():
            yield start, end
            start = end
        end = _behind(segment, masked, end)
    yield start, len(masked)


def _behind(segment: str, masked: str, at: int) -> int:
    """Where the segment ends in the text, in which a space may be a run of them (a marker is one)."""
    for words in re.split("( )", segment):
        at += len(words)
        while words == " " and at < len(masked) and masked[at] == " ":
            at += 1
    return at


def _segments(masked: str, language: str) -> Iterator[str]:
    """The splitter's segments, taken from a piece at a time: on one long text it takes quadratic time.

    The last segment of a piece begins the next one, and a piece without a cut goes on in the next, so that only the
    sentences' own ends show.
    """
    at, begun = 0, ""
    while at < len(masked):
        piece = masked[at : at + PIECE]
        is_last = at + PIECE >= len(masked)
        segments = [segment for segment in sentencex.segment(language, piece) if segment] or [piece]
        if not is_last and len(segments) > 1:
            segments.pop()
        elif not is_last:
            begun, at = begun + piece, at + len(piece)
            continue
        at += sum(map(len, segments))
        yield begun + segments[0]
        yield from segments[1:]
        begun = ""


def read_sentences(
    passages: Mapping[str, Sequence[Block]],
    previous: Mapping[str, Iterable[Read]],
    last_numbers: Mapping[str, int],
    language: str = "en",
) -> tuple[dict[str, list[Sentence]], dict[str, int]]:
    """The sentences of each passage (`s1`, `t4`, …) in order, and the last number given in each.

    `previous` are the sentences as last read, by the passage in which they stood. Sections and timeline are matched
    apart. A number is never at or below the passage's one in `last_numbers` unless a sentence kept it.
    """
    last = _last_numbers(previous, last_numbers)
    found = {key: [cut for block in blocks for cut in split(block, language)] for key, blocks in passages.items()}
    ids: dict[tuple[str, int], str] = {}
    for pool in "st":
        new = [_Unit(key, n, text) for key in found if key[0] == pool for n, (text, _) in enumerate(found[key])]
        ids.update(_matched(new, _pool(previous, pool)))
    read: dict[str, list[Sentence]] = {}
    for key, cuts in found.items():
        read[key] = []
        for n, (text, cites) in enumerate(cuts):
            if (key, n) not in ids:
                last[key] = last.get(key, 0) + 1
            read[key].append(Sentence(ids.get((key, n)) or f"{key}.{last[key]}", text, cites))
    return read, last


def _last_numbers(previous: Mapping[str, Iterable[Read]], last_numbers: Mapping[str, int]) -> dict[str, int]:
    last = dict(last_numbers)
    for sentences in previous.values():
        for sentence in sentences:
            key, _, number = sentence.id.partition(".")
            last[key] = max(last.get(key, 0), int(number))
    return last


class _Unit:
    """A sentence to be matched: where it stands, and what of it is compared."""

    __slots__ = ("id", "passage", "place", "plain", "text", "words")

    def __init__(self, passage: str, place: int, text: str, id: str = "") -> None:
        self.passage, self.place, self.text, self.id = passage, place, text, id
        self.plain = " ".join(_without_markers(text).split())
        self.words = ""


def _without_markers(text: str) -> str:
    parts, at = [], 0
    for marker in find_markers(text):
        parts.append(text[at : marker.start])
        at = marker.end
    return "".join([*parts, text[at:]])


def _pool(previous: Mapping[str, Iterable[Read]], pool: str) -> list[_Unit]:
    units: dict[str, _Unit] = {}
    for key, sentences in previous.items():
        for place, sentence in enumerate(sentences):
            if sentence.id[0] == pool:
                units.setdefault(sentence.id, _Unit(key, place, sentence.text, sentence.id))
    return list(units.values())


def _matched(new: list[_Unit], old: list[_Unit]) -> dict[tuple[str, int], str]:
    """Ids for the new sentences that continue an old one, by passage and place."""
    ids: dict[tuple[str, int], str] = {}
    alike: list[Callable[[_Unit], object]] = [
        lambda unit: (unit.passage, unit.text),
        lambda unit: (unit.passage, unit.plain),
        lambda unit: unit.text,
        lambda unit: unit.plain,
    ]
    for pairs in (*(_exactly(likeness) for likeness in alike), _in_their_passage, _anywhere):
        for one, other in pairs(new, old):
            ids[one.passage, one.place] = other.id
            one.id = other.id
        given = {unit.id for unit in new}
        new, old = [unit for unit in new if not unit.id], [unit for unit in old if unit.id not in given]
        if not new or not old:
            break
    return ids


Pairs = Iterable[tuple[_Unit, _Unit]]


def _exactly(likeness: Callable[[_Unit], object]) -> Callable[[list[_Unit], list[_Unit]], Pairs]:
    """Pairs that are alike, the first of the new ones with the first of the old."""

    def pairs(new: list[_Unit], old: list[_Unit]) -> Pairs:
        waiting: dict[object, deque[_Unit]] = defaultdict(deque)
        for unit in old:
            waiting[likeness(unit)].append(unit)
        return [(unit, waiting[likeness(unit)].popleft()) for unit in new if waiting.get(likeness(unit))]

    return pairs


def _in_their_passage(new: list[_Unit], old: list[_Unit]) -> Pairs:
    """Pairs within one passage that hardly differ."""
    _spell_words(new + old)
    by_passage: dict[str, list[_Unit]] = defaultdict(list)
    for unit in old:
        by_passage[unit.passage].append(unit)
    scored = (pair for unit in new for pair in _candidates([unit], by_passage[unit.passage], DECISIVE))
    return _best_first(scored)


def _anywhere(new: list[_Unit], old: list[_Unit]) -> Pairs:
    return _best_first(_candidates(new, old, NEARLY_THE_SAME))


def _spell_words(units: list[_Unit]) -> None:
    """Write each sentence with one character a word, so that the comparison is of words and fast."""
    letters: dict[str, str] = {}
    for unit in units:
        words = _WORD.findall(unit.plain.casefold())
        unit.words = "".join(letters.setdefault(word, chr(0xE000 + len(letters) % 1_000_000)) for word in words)


Scored = tuple[float, _Unit, _Unit]


def _candidates(new: list[_Unit], old: list[_Unit], cutoff: float) -> Iterator[Scored]:
    neighbours = _Neighbours(old)
    for unit in new:
        near = neighbours.of(unit)
        words = [other.words for other in near]
        best = process.extract(unit.words, words, scorer=fuzz.ratio, score_cutoff=cutoff, limit=CANDIDATES)
        for _, score, index in best:
            yield score, unit, near[index]


class _Neighbours:
    """Which old sentences are worth comparing: those of the same passage, and those that share a telling word.

    Comparing all with all takes seconds for some thousand sentences. In stories of usual size every word is telling.
    """

    def __init__(self, old: list[_Unit]) -> None:
        self.old = old
        self.by_passage: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for index, unit in enumerate(old):
            self.by_passage[unit.passage].append(index)
            for word in set(unit.words):
                self.by_word[word].append(index)

    def of(self, unit: _Unit) -> list[_Unit]:
        found = set(self.by_passage.get(unit.passage, ())) if unit.words else set()
        for word in set(unit.words):
            having = self.by_word.get(word, ())
            if len(having) <= TELLING:
                found.update(having)
        return [self.old[index] for index in sorted(found) if self.old[index].words]


def _best_first(scored: Iterable[Scored]) -> Pairs:
    """Each sentence once, the nearest pairs first; of equals those in one passage and at one place in it."""

    def rank(pair: Scored) -> tuple[object, ...]:
        score, one, other = pair
        same = one.passage == other.passage
        return -score, not same, abs(one.place - other.place), one.passage, one.place, other.id

    taken: set[object] = set()
    for _, one, other in sorted(scored, key=rank):
        if other.id not in taken and (one.passage, one.place) not in taken:
            taken.update((other.id, (one.passage, one.place)))
            yield one, other

"""The words of a line as the heading split sees them, and what the running text tells about words. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from stories.importing.words import ABBREVIATIONS, SMALL

MOST_PASSAGES, MOST_TOKENS = 3000, 300  # enough to know a story's names by
GLUE = "\u00a0\u202f"
OPENING = "“‘\"'«„([{"
MARKED = re.compile(r"\[[0-9]")
INITIAL = re.compile(r"[^\W\d_]\.")
POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True)
class Token:
    """A word with what clings to it. `gap` is the white space before it."""

    text: str
    start: int
    gap: str

    @cached_property
    def core(self) -> str:
        """Without quotes and punctuation, but with the full stops of “U.S.”."""
        bare = self.text.strip("“”‘’\"'«»„()[]{}…!?;:,")
        return bare if self._is_abbreviation(bare) else bare.rstrip(".")

    @staticmethod
    def _is_abbreviation(bare: str) -> bool:
        return bare.lower() in ABBREVIATIONS or bool(INITIAL.fullmatch(bare))

    @cached_property
    def word(self) -> str:
        """In lower case, without possessive; a title's full stop (“Dr.”) is dropped too, not those of “U.S.”."""
        word = POSSESSIVE.sub("", self.core).lower()
        return word[:-1] if word.endswith(".") and "." not in word[:-1] and len(word) > 2 else word

    @property
    def is_glued(self) -> bool:
        """Bound to the word before by a space that does not break."""
        return bool(self.gap) and all(char in GLUE for char in self.gap)

    @cached_property
    def is_capitalised(self) -> bool:
        first = self.core[:1]
        return first.isdigit() or any(char.isupper() for char in self.core)

    @property
    def is_small(self) -> bool:
        return not self.is_capitalised and (self.core.lower() in SMALL or not self.core)

    @property
    def is_marked(self) -> bool:
        return bool(MARKED.search(self.text))

    @property
    def pauses(self) -> bool:
        """A comma, colon or semicolon follows it."""
        return self.text.rstrip("”’\"'»)")[-1:] in {",", ";", ":"}

    @property
    def ends_sentence(self) -> bool:
        bare = self.text.rstrip("”’\"'»)")
        return bare[-1:] in {"?", "!", "…"} or (bare.endswith(".") and not self.core.endswith("."))

    @property
    def opens_quote(self) -> bool:
        return self.text[:1] in OPENING and self.text[:1] not in "([{"


def tokens_of(line: str, most: int | None = None) -> list[Token]:
    """The first `most` words of a line, or all."""
    found, end = [], 0
    for match in re.finditer(r"\S+", line):
        found.append(Token(match[0], match.start(), line[end : match.start()]))
        end = match.end()
        if len(found) == most:
            break
    return found


@dataclass(frozen=True)
class Told:
    """What the running text tells: which capitalised words stand together, which stand alone, which are common."""

    pairs: frozenset[tuple[str, str]]
    common: frozenset[str]
    stems: frozenset[str]

    def is_common(self, word: str) -> bool:
        return word in self.common or (len(word) >= 6 and word[:6] in self.stems)


def told_by(passages: Iterable[str]) -> Told:
    """Read the evidence out of sentences; give paragraphs without their headings."""
    pairs: set[tuple[str, str]] = set()
    common: set[str] = set()
    for passage in islice(passages, MOST_PASSAGES):
        before: Token | None = None
        for token in tokens_of(passage, MOST_TOKENS):
            if not token.is_capitalised:
                common.add(token.word)
            elif before is not None:
                pairs.add((before.word, token.word))
            breaks = token.pauses or token.ends_sentence or token.text != token.text.rstrip(".")
            before = token if token.is_capitalised and not (breaks and not token.core.endswith(".")) else None
    return Told(frozenset(pairs), frozenset(common), frozenset(word[:6] for word in common if len(word) >= 6))

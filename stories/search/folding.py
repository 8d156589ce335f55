"""Words as search compares them: folded, and cut to their stem by the language of the story. Pure.

Both sides go this way, what is indexed and what is asked for, so the two databases answer alike, and a letter without
its accent finds the one with it.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

ALGORITHMS = dict(  # by the first part of a BCP 47 tag
    pair.split(":")
    for pair in """
    ar:arabic ca:catalan cs:czech da:danish de:german el:greek en:english es:spanish et:estonian eu:basque fi:finnish
    fr:french ga:irish hi:hindi hu:hungarian hy:armenian id:indonesian it:italian lt:lithuanian nb:norwegian ne:nepali
    nl:dutch nn:norwegian no:norwegian pl:polish pt:portuguese ro:romanian ru:russian sr:serbian sv:swedish ta:tamil
    tr:turkish
    """.split()
)
LONGEST = 60  # characters of a word; what is longer is cut, here and there alike
JOINERS = "\u00ad\u200b\u200c\u200d\u2060\u0640"  # soft hyphen, zero widths, tatweel: nothing of the word
SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u109f\u1780-\u17ff"
WORD = re.compile(rf"(?:[^\W_]|[{SIGNS}{JOINERS}])+")
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
RUNS = re.compile(rf"{UNSPACED.pattern}+|(?:(?!{UNSPACED.pattern}).)+", re.DOTALL)
MARKERS = re.compile(r"\[[\d\s,\u2013-]+\]")
APOSTROPHES = frozenset("'’ʼ")
POINTS = range(10, 36)  # combining classes of Hebrew points and Arabic vowels
ACCENTS = 200  # and from here on
WHOLE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})  # that never come apart


class Word(NamedTuple):
    """A word of a text, from character `start` to before `end`, folded."""

    start: int
    end: int
    form: str


def words_in(text: str) -> Iterator[Word]:
    """The words of a plain text; its markers, and a letter beside an apostrophe (l’, ’s), are none."""
    masked = MARKERS.sub(lambda found: " " * len(found[0]), text)
    for found in WORD.finditer(masked):
        start, end = found.span()
        if end - start == 1 and (masked[start - 1 : start] in APOSTROPHES or masked[end : end + 1] in APOSTROPHES):
            continue
        for run in RUNS.finditer(found[0]):
            if form := fold(run[0]):
                yield Word(start + run.start(), start + run.end(), form)


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Without case, accents, width and joiners; Cyrillic letters stay what they are, but for ё, which is often е."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(WHOLE | dict.fromkeys(map(ord, JOINERS))))
    kept: list[str] = []
    for char in decomposed:
        accent = unicodedata.combining(char)
        if (accent in POINTS or accent >= ACCENTS) and not _is_letter_of_its_own(kept, char):
            continue
        kept.append(char)
    whole = unicodedata.normalize("NFC", "".join(kept))
    return "".join(WORD.findall(whole))[:LONGEST]  # some letters come apart into a space and a sign


def _is_letter_of_its_own(before: list[str], accent: str) -> bool:
    """Whether it makes й, ї or ў of the letter before it."""
    return bool(before) and before[-1] + accent in ("и\u0306", "і\u0308", "у\u0306")


_own = threading.local()  # a stemmer holds the word that it is at, so each thread has its own


def _stemmer(algorithm: str) -> Any:
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return stemmers[algorithm]


@lru_cache(maxsize=100_000)
def stem(form: str, language: str) -> str:
    """A folded word's stem by a BCP 47 tag; the word itself where no stemmer knows the language."""
    algorithm = ALGORITHMS.get(language.lower().partition("-")[0])
    if algorithm is None or form.isdigit():
        return form
    return fold(_stemmer(algorithm).stemWord(form)) or form


def is_unspaced(form: str) -> bool:
    """Whether it is of a script that sets no spaces between words: it is searched by pairs of its characters."""
    return bool(UNSPACED.match(form))


def pairs(run: str) -> list[str]:
    """Each two characters that stand side by side, then the last one alone."""
    return [run[at : at + 2] for at in range(len(run))]


def index_words(text: str, language: str) -> Iterator[str]:
    """What the index holds of a text, in its order."""
    for word in words_in(text):
        if is_unspaced(word.form):
            yield from pairs(word.form)
        else:
            yield stem(word.form, language)

"""What a reader asks for, read: words, "phrases", -words that must not stand there. Pure; every text is a query."""

import re
from dataclasses import dataclass

from stories.search.folding import ALGORITHMS, is_unspaced, pairs, stem, words_in

LONGEST = 2_000  # characters that are read of what was typed
MOST = 16  # words; a search for more finds nothing but the text they were taken from
PIECES = re.compile(r'(?P<minus>(?<!\S)[-\u2212\u2011])?(?:"(?P<phrase>[^"“”«»„]*)["“”«»„]|(?P<words>[^\s"“”«»„]+))')
QUOTES = str.maketrans(dict.fromkeys("“”«»„", '"'))


@dataclass(frozen=True)
class Term:
    """Words that stand side by side: one choice for each way the languages have of writing them, as typed first. A
    prefix is the beginning of its last word."""

    choices: tuple[tuple[str, ...], ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Query:
    """`wanted` must all stand in a story, of `unwanted` none. `is_cut`: more was typed than is searched for."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def forms(self) -> frozenset[str]:
        """Each word as a text is marked by it: folded words, stems, and pairs of unspaced scripts."""
        return frozenset(form for term in self.wanted for choice in term.choices for form in choice)


def read_query(typed: str) -> Query:
    """Read what was typed; what is no word is passed over, and so is a minus where nothing else is asked for."""
    text = typed[:LONGEST].translate(QUOTES)
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for piece in PIECES.finditer(text):
        terms = _terms(piece["phrase"] or piece["words"] or "", is_phrase=piece["phrase"] is not None)
        (unwanted if piece["minus"] else wanted).extend(terms)
    if not wanted:
        wanted, unwanted = unwanted, []
    wanted, unwanted = (list(dict.fromkeys(terms)) for terms in (wanted, unwanted))
    is_cut = len(typed) > LONGEST or len(wanted) > MOST or len(unwanted) > MOST
    return Query(tuple(wanted[:MOST]), tuple(unwanted[:MOST]), is_cut)


def beginning(typed: str) -> Query:
    """What is typed so far: the last word may go on."""
    read = read_query(typed)
    if not read.wanted or typed[-1:].isspace() or read.wanted[-1].is_prefix:
        return read
    *before, last = read.wanted
    return Query((*before, Term(last.choices, is_prefix=True)), read.unwanted, read.is_cut)


def _terms(text: str, *, is_phrase: bool) -> list[Term]:
    words = [word.form for word in words_in(text)]
    if is_phrase:
        return [Term(_choices(words[:MOST]))] if words else []
    return [_term(form) for form in words]


def _term(form: str) -> Term:
    """One character of an unspaced script may begin a pair."""
    return Term(_choices([form]), is_prefix=is_unspaced(form) and len(form) == 1)


def _choices(words: list[str]) -> tuple[tuple[str, ...], ...]:
    """A story has one language, so the words of a phrase are cut to their stems together."""
    pieces = [piece for word in words for piece in _pieces(word)]
    stemmed = (tuple(stem(piece, language) for piece in pieces) for language in ALGORITHMS)
    return tuple(dict.fromkeys([tuple(pieces), *stemmed]))


def _pieces(form: str) -> list[str]:
    return (pairs(form)[:-1] or [form]) if is_unspaced(form) else [form]

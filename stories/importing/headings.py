"""Telling a heading from the paragraph that runs on behind it, on one line. Pure.

A heading of capitalised words has no mark at its end, so the split is a guess: it rests on words that begin
sentences, on honorifics, and on names that the rest of the text repeats.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stories.importing.tokens import Token, Told, tokens_of
from stories.importing.words import (
    COMPOUND,
    DANGLING,
    GIVEN_NAMES,
    HEADS,
    HONORIFICS,
    MODIFIERS,
    NUMBERS,
    OPENERS,
    PARTICLES,
    SMALL,
    STARTERS,
    WEAK_STARTERS,
)

MOST_WORDS = 25
MOST_DASHED = 10
DASHES = frozenset("–—-|")
MOST_LETTERS = 300
SENTENCE_CASE_STARTERS = STARTERS - {"a", "i", "to", "by", "that"} | {"after", "before", "when", "while", "since"}
ORIGIN_ENDINGS = ("ian", "ean", "can", "ish", "ese", "aeli", "aqi", "ench")
ORIGINS = frozenset("u.s. u.k. u.n. us uk eu nato dutch german greek czech thai swiss".split())


@dataclass(frozen=True)
class Split:
    heading: str
    body: str


def split_heading(line: str, told: Told) -> Split | None:
    """The line's heading and what follows it, or None where no heading can be told."""
    tokens = tokens_of(line, MOST_WORDS + 12)
    end = head_end(tokens)
    if end >= len(tokens) and len(tokens) < MOST_WORDS + 12:
        return None  # capitalised throughout: a heading alone
    start = _marked_end(tokens, end) or _dashed_end(tokens) or _title_case(tokens, end, told) or _sentence_case(tokens)
    if not start or not 2 <= start <= MOST_WORDS:
        return None
    heading = line[: tokens[start].start].strip(" \t\u00a0\u202f–—|:-")
    if not heading or len(heading) > MOST_LETTERS:
        return None
    return Split(heading, line[tokens[start].start :])


def head_end(tokens: Sequence[Token]) -> int:
    """How many words from the line's beginning could be a heading's: capitalised ones and the small ones among them."""
    for index, token in enumerate(tokens):
        if token.is_marked or not (token.is_capitalised or token.is_small):
            return index
    return len(tokens)


def _marked_end(tokens: Sequence[Token], end: int) -> int | None:
    """Where a question mark, a full stop, a wide gap or a delimiter ends the heading."""
    for index in range(2, min(end + 1, len(tokens))):
        before, token = tokens[index - 1], tokens[index]
        begins = token.is_capitalised or token.opens_quote
        if begins and (len(token.gap) > 1 or "\t" in token.gap) and not token.is_glued:
            return index
        if begins and before.ends_sentence and index >= 3:
            return index
        if before.text in {"|", "–", "—", ":"} and begins and end - index <= 3 and index >= 3:
            return index
    return None


def _dashed_end(tokens: Sequence[Token]) -> int | None:
    """Behind the dash of “Talks resume – The delegations met …”: a sentence begins there, and no second dash follows.

    One word, or capitals throughout, before a dash is the place that a report comes from.
    """
    dashes = [index for index, token in enumerate(tokens) if token.text in DASHES]
    if not dashes or not 2 <= dashes[0] <= MOST_DASHED or dashes[0] + 4 > len(tokens):
        return None
    before, after = tokens[: dashes[0]], tokens[dashes[0] + 1]
    is_place = all(token.text == token.text.upper() for token in before)
    breaks = any(token.is_marked or token.ends_sentence for token in before) or before[-1].pauses
    goes_on = len(dashes) > 1 and not any(token.ends_sentence for token in tokens[dashes[0] : dashes[1]])
    if is_place or breaks or goes_on or not (after.core[:1].isupper() or after.opens_quote):
        return None
    return dashes[0] + 1 if before[0].is_capitalised else None


def _title_case(tokens: Sequence[Token], end: int, told: Told) -> int | None:
    last = next((i for i in range(end - 1, 1, -1) if tokens[i].is_capitalised), None)
    if last is None:
        return None
    start = _by_starter(tokens, last, end, told)
    if start is None:
        start = _name_start(tokens, last, told)
        if start < 3:
            return None
    return start if _can_end(tokens, start) else None


def _can_end(tokens: Sequence[Token], start: int) -> bool:
    """Whether a heading can end before this word."""
    before = tokens[start - 1]
    unfinished = before.pauses or before.core.lower() in DANGLING or (before.opens_quote and not _closed(before))
    return not unfinished and any(token.is_capitalised for token in tokens[:start])


def _closed(token: Token) -> bool:
    return token.text[-1:] in "”’\"'»"


def _by_starter(tokens: Sequence[Token], last: int, end: int, told: Told) -> int | None:
    """The word at which a sentence begins for sure, or nearly: “The …”, “After five …”, “Meanwhile, …”."""
    lowers_small = any(token.core in SMALL for token in tokens[1:last])
    for index in range(last, max(1, last - 8), -1):
        token, reach = tokens[index], end - index
        word = token.core.lower()
        if token.is_glued or not token.is_capitalised:
            continue
        certain = word in ("the", "a", "an") or (word in STARTERS and (lowers_small or reach <= 4))
        likely = word in WEAK_STARTERS and (index == last or index + 1 == _name_start(tokens, last, told))
        opener = word in OPENERS and (token.pauses or reach == 1)
        quoted = token.opens_quote and not any(_closed(other) for other in tokens[index:end])
        if certain or likely or opener or quoted:
            return _with_starters_before(tokens, index)
    return None


def _with_starters_before(tokens: Sequence[Token], index: int) -> int:
    """Back over “In” of “In The Hague”."""
    before = STARTERS | {"after", "before"}
    while index > 2 and tokens[index - 1].is_capitalised and tokens[index - 1].core.lower() in before:
        index -= 1
    return index


def _name_start(tokens: Sequence[Token], last: int, told: Told) -> int:
    """The first word of the subject that ends at `last`: “Minister Jane Roe”, “Teachers from the Isle of Man”."""
    start = _widened(tokens, _by_name(tokens, last, told), told)
    links = start
    while links > 0 and tokens[links - 1].is_small and not tokens[links - 1].pauses:
        links -= 1
    if links in (0, start):
        return start
    return _name_start(tokens, links - 1, told)


def _by_name(tokens: Sequence[Token], last: int, told: Told) -> int:
    """The first word of the name that ends at `last`: “New York”, “Bank of England”, “Jane Roe” where known."""
    first = last
    while first > 0:
        token, before = tokens[first], tokens[first - 1]
        if before.pauses or before.ends_sentence:
            break
        if _belongs(before, token, told) or before.text in PARTICLES:
            first -= 1
        elif before.text == "of" and first > 1 and tokens[first - 2].word in HEADS:
            first -= 2
        elif first == last and _has_title(tokens, first):
            first -= 1
        else:
            break
    return first


def _has_title(tokens: Sequence[Token], surname: int) -> bool:
    """A title stands two words before: “Minister Jane Roe”."""
    given = tokens[surname - 1]
    titled = surname > 1 and (tokens[surname - 2].word in HONORIFICS or _is_state_of_role(tokens, surname - 1))
    return titled and given.is_capitalised and given.text == given.core


def _belongs(before: Token, token: Token, told: Told) -> bool:
    if token.is_glued or (before.word, token.word) in told.pairs:
        return True
    if not before.is_capitalised or before.word.endswith(("’s", "'s")) or before.text != before.core:
        return False
    initial = len(before.core) == 2 and before.core.endswith(".")
    number = before.core[0].isdigit() or before.word.split("-")[0] in NUMBERS
    return initial or number or before.word in COMPOUND or before.word in GIVEN_NAMES


def _widened(tokens: Sequence[Token], first: int, told: Told) -> int:
    """Back over the honorific before a name, and what belongs to it: “Russian Foreign Minister”, “Former President”."""
    if first == 0 or (told.is_common(tokens[first].word) and tokens[first].word not in HONORIFICS):
        return first
    role = first
    if _is_state_of_role(tokens, role):
        role -= 3
    elif tokens[role - 1].word in HONORIFICS:
        role -= 1
    elif tokens[role].word not in HONORIFICS:
        return first
    while role > 0 and (tokens[role - 1].word in MODIFIERS or _is_origin(tokens[role - 1])):
        role -= 1
    return role


def _is_state_of_role(tokens: Sequence[Token], role: int) -> bool:
    """“Secretary of State” before the name."""
    return role >= 3 and tokens[role - 2].text == "of" and tokens[role - 3].word in HONORIFICS


def _is_origin(token: Token) -> bool:
    """“Russian”, “U.S.”: what says whose minister it is."""
    return token.word in ORIGINS or (token.core[:1].isupper() and token.core.endswith(ORIGIN_ENDINGS))


def _sentence_case(tokens: Sequence[Token]) -> int | None:
    """Where “The”, “In”, “After”, … stands capitalised amid small letters: “Talks resume in town The second …”."""
    for index in range(3, min(len(tokens) - 1, 18)):
        before, token, after = tokens[index - 1], tokens[index], tokens[index + 1]
        if before.is_marked or before.ends_sentence:
            return None
        if before.pauses or before.opens_quote:
            continue
        starts = token.core[:1].isupper() and token.core.lower() in SENTENCE_CASE_STARTERS and not token.opens_quote
        if starts and not after.is_capitalised and before.core.lower() not in DANGLING and not token.is_glued:
            return index
    return None

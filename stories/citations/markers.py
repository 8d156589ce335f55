"""Markers: the numbers in square brackets by which a text cites its sources."""

import re
from functools import lru_cache
from typing import NamedTuple

MOST_NUMBERS = 100
_NUMBER = r"[1-9][0-9]{0,2}"
_DASH = r"[-\u2010\u2011\u2012\u2013]"
_ITEM = rf"{_NUMBER}(?:\s*{_DASH}\s*{_NUMBER})?"
_MARKER = re.compile(rf"\[(?<!\\\[)\s*({_ITEM}(?:\s*,\s*{_ITEM})*)\s*\]")
_COMMA, _RANGE = re.compile(r"\s*,\s*"), re.compile(rf"\s*{_DASH}\s*")


class Marker(NamedTuple):
    """A marker at `text[start:end]`; `numbers` are the sources it cites, each once, in the order written."""

    numbers: tuple[int, ...]
    start: int
    end: int


def find_markers(text: str) -> list[Marker]:
    r"""The markers of a plain text: `[6]`, `[6, 9]`, `[4–6]`, `[1, 4-6]`; `[6][9]` is two.

    Numbers run from 1 to 999 without leading zeros and may stand apart by any spaces, no-break ones too. A bracket
    behind a backslash, a range that runs backwards, and brackets that hold anything else or more than 100 numbers are
    no markers.
    """
    if "[" not in text:
        return []
    found = [Marker(_numbers(match[1]), match.start(), match.end()) for match in _MARKER.finditer(text)]
    return [marker for marker in found if marker.numbers]


def cited_in(text: str) -> set[int]:
    """The numbers of all the markers of a plain text."""
    return {number for marker in find_markers(text) for number in marker.numbers}


@lru_cache(maxsize=4096)
def _numbers(items: str) -> tuple[int, ...]:
    """The numbers of `1, 4–6`; none if a range runs backwards, or if they are too many."""
    numbers: dict[int, None] = {}
    for item in _COMMA.split(items):
        ends = [int(number) for number in _RANGE.split(item)]
        if ends[0] > ends[-1]:
            return ()
        numbers.update(dict.fromkeys(range(ends[0], ends[-1] + 1)))
    return tuple(numbers) if len(numbers) <= MOST_NUMBERS else ()


def without_markers(text: str) -> str:
    """The words of a text alone."""
    for marker in reversed(find_markers(text)):
        text = text[: marker.start].rstrip() + text[marker.end :]
    return text.strip()

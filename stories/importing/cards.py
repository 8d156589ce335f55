"""Sources written as cards, with title, outlet, date and address on lines of their own: one line each again. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from stories.importing.lines import Line
from stories.source_lists.references import URL

DATE_ALONE = re.compile(r"[\w .,-]{4,30}[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER_ALONE = re.compile(r"[\[(]?([1-9][0-9]{0,2})[\])]?[.:]?")
MOST_LINES = 5


def is_detail(line: Line) -> bool:
    """Whether the line is a date or an address alone."""
    return bool(URL.fullmatch(line.plain) or DATE_ALONE.fullmatch(line.plain))


def with_numbers_joined(lines: Sequence[Line]) -> list[Line]:
    """The lines with a number that stands alone, in a count 1, 2, 3, …, put before the line below it."""
    joined: list[Line] = []
    last, waiting = 0, False
    for line in lines:
        match = NUMBER_ALONE.fullmatch(line.plain)
        if match and int(match[1]) == last + 1:
            last, waiting = last + 1, True
            joined.append(replace(line, text=f"{last}."))
        elif waiting:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.plain}")
            waiting = False
        else:
            joined.append(line)
    return joined


def cards_joined(lines: Sequence[Line]) -> list[Line]:
    """Each card as one line, if the list is one of cards: bullets, blocks between blank lines, runs up to a date."""
    for cards in (_from_bullets(lines), _between_blank_lines(lines), _ending_with_details(lines)):
        if len(cards) > 1 and all(2 <= len(card) <= MOST_LINES for card in cards) and _is_one_each(cards):
            return _titles_first(cards)
    return list(lines)


def _is_one_each(cards: Sequence[Sequence[Line]]) -> bool:
    """No card holds two reports: at most one address, and no address behind a title but in its last line."""
    return all(not URL.search(line.text) or URL.fullmatch(line.plain) for card in cards for line in card[:-1]) and all(
        (not is_detail(card[0]) and not is_detail(card[1])) or len(card) == 2 for card in cards
    )


def _from_bullets(lines: Sequence[Line]) -> list[list[Line]]:
    return _cut(lines, [line.has_bullet for line in lines])


def _between_blank_lines(lines: Sequence[Line]) -> list[list[Line]]:
    return _cut(lines, [line.opens for line in lines])


def _ending_with_details(lines: Sequence[Line]) -> list[list[Line]]:
    """Of one length each, at least title, outlet and date; a card begins behind the details of the one before."""
    details = [is_detail(line) for line in lines]
    begins = [not now and (index == 0 or details[index - 1]) for index, now in enumerate(details)]
    cards = _cut(lines, begins)
    return cards if len({len(card) for card in cards}) == 1 and cards and len(cards[0]) > 2 else []


def _cut(lines: Sequence[Line], begins: Sequence[bool]) -> list[list[Line]]:
    if not any(begins) or not begins[0]:
        return []
    cards: list[list[Line]] = []
    for line, begun in zip(lines, begins, strict=True):
        if begun:
            cards.append([])
        cards[-1].append(line)
    return cards


def _titles_first(cards: Sequence[Sequence[Line]]) -> list[Line]:
    """Joined by dashes. Where the first line of every card is shorter than the second, it is the outlet."""
    named = [[line.plain for line in card if not is_detail(line)] for card in cards]
    outlet_first = all(len(words) == 2 and len(words[0].split()) < len(words[1].split()) for words in named)
    joined = []
    for card, words in zip(cards, named, strict=True):
        details = [line.plain for line in card if is_detail(line)]
        parts = [*(reversed(words) if outlet_first else words), *details]
        joined.append(replace(card[0], text=" – ".join(parts)))
    return joined

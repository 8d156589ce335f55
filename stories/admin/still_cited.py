"""Where the texts of a posted story form cite a source: one that is cited is not removed."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stories.citations.markers import find_markers
from stories.citations.sentences import html_blocks, text_blocks
from stories.rich_text import sanitise

CITING = re.compile(r"((sections|timeline|gallery)-[0-9]+)-(body|text|caption)")
CALLED = {"sections": "Section", "timeline": "Event", "gallery": "Caption of a picture"}
HINT = {"sections": "heading", "timeline": "date"}
MOST_SHOWN = 12


class CitingField(NamedTuple):
    """A field whose text cites, by its id on the page, and what an editor calls it."""

    id: str
    name: str
    numbers: frozenset[int]


def citing_fields(data: Mapping[str, str]) -> Iterator[CitingField]:
    """The fields of a posted form whose texts cite, in the order of the page; those of rows to be removed do not."""
    for name, value in data.items():
        match = CITING.fullmatch(name)
        if match is None or "[" not in value or data.get(f"{match[1]}-DELETE"):
            continue
        blocks = html_blocks(sanitise(value)) if match[3] == "body" else text_blocks(value)
        numbers = {number for block in blocks for marker in find_markers(block.citable) for number in marker.numbers}
        if numbers:
            hint = data.get(f"{match[1]}-{HINT.get(match[2], '')}", "").strip()
            called = f"{CALLED[match[2]]} “{hint[:60]}”" if hint else CALLED[match[2]]
            yield CitingField(f"id_{name}", called, frozenset(numbers))


def still_cited(number: int, fields: list[CitingField]) -> SafeString | None:
    """The sentence that leads to every place which cites the number; None where there is none."""
    places = [field for field in fields if number in field.numbers]
    if not places:
        return None
    shown = format_html_join(", ", '<a href="#{}">{}</a>', ((place.id, place.name) for place in places[:MOST_SHOWN]))
    more = f" and {len(places) - MOST_SHOWN} more" if len(places) > MOST_SHOWN else ""
    sentence = "Source {} stays, because it is cited: {}{}. Take its marker out there first, or leave the source."
    return format_html(sentence, number, shown, more)

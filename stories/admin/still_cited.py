"""Where the texts of a posted story form cite a source: one that is cited is not removed."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from stories.citations.markers import cited_in
from stories.citations.sentences import html_blocks, text_blocks
from stories.models import Image
from stories.rich_text import sanitise

CITING = re.compile(r"((sections|timeline|gallery)-[0-9]+)-(body|text|caption)")
IMAGE = re.compile(r"(gallery-[0-9]+)-image")
CALLED = {"sections": "Section", "timeline": "Event", "gallery": "Caption of a picture"}
HINT = {"sections": "heading", "timeline": "date"}
MOST_SHOWN = 12


class CitingField(NamedTuple):
    """A field whose text cites, by its id on the page, and what an editor calls it."""

    id: str
    name: str
    numbers: frozenset[int]


def citing_fields(data: Mapping[str, str]) -> Iterator[CitingField]:
    """The fields of a posted form whose texts cite, in the order of the page; those of rows to be removed do not.

    A caption that a row leaves to its picture counts as the row's. One query where the gallery has such rows.
    """
    if numbers := cited_in(data.get("standfirst", "")):
        yield CitingField("id_standfirst", "Standfirst", frozenset(numbers))
    for name, value in _texts(data):
        match = CITING.fullmatch(name)
        if match is None or "[" not in value or data.get(f"{match[1]}-DELETE"):
            continue
        blocks = html_blocks(sanitise(value)) if match[3] == "body" else text_blocks(value)
        numbers = {number for block in blocks for number in cited_in(block.citable)}
        if numbers:
            hint = data.get(f"{match[1]}-{HINT.get(match[2], '')}", "").strip()
            called = f"{CALLED[match[2]]} “{hint[:60]}”" if hint else CALLED[match[2]]
            yield CitingField(f"id_{name}", called, frozenset(numbers))


def _texts(data: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields with their texts; a blank caption with its picture's own."""
    shown = {match[1]: value for name, value in data.items() if (match := IMAGE.fullmatch(name)) and value.isdecimal()}
    blank = {row: image for row, image in shown.items() if not data.get(f"{row}-caption", "").strip()}
    own = dict(Image.objects.filter(pk__in=set(blank.values())).values_list("pk", "caption")) if blank else {}
    captions = {f"{row}-caption": own.get(int(image), "") for row, image in blank.items()}
    return ((name, captions.get(name, value)) for name, value in data.items())


def still_cited(number: int, fields: list[CitingField]) -> SafeString | None:
    """The sentence that leads to every place which cites the number; None where there is none."""
    places = [field for field in fields if number in field.numbers]
    if not places:
        return None
    shown = format_html_join(", ", '<a href="#{}">{}</a>', ((place.id, place.name) for place in places[:MOST_SHOWN]))
    more = f" and {len(places) - MOST_SHOWN} more" if len(places) > MOST_SHOWN else ""
    sentence = "Source {} stays, because it is cited: {}{}. Take its marker out there first, or leave the source."
    return format_html(sentence, number, shown, more)

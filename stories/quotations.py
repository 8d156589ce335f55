"""A passage as others quote it: its words, the reports that it rests on, and the address at which it stays. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from stories.citations.markers import without_markers
from timelines.dates import printed
from timelines.printing import print_long_day
from timelines.wording import current_words

Json = Mapping[str, Any]
SITE = "Newsdesk"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of a section or of an event. `cites` are its numbers that have a source, `text` is for pasting."""

    id: str
    words: str
    cites: list[int]
    text: str


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """A section under its heading, or an event under its date."""

    id: str
    name: str
    quotations: list[Quotation]


def quoted_parts(document: Json, *, number: int, live_from: datetime, address: str) -> Iterator[QuotedPart]:
    """The sections, then the events, of a StoryDocument as a Version stores it, each with its sentences.

    `address` is that of the Version, whole; `live_from` is aware.
    """
    sources = {source["number"]: source for source in document["sources"]}
    words = current_words()
    published = words.moment % {
        "day": print_long_day(live_from, words),
        "time": f"{live_from:%H:%M}",
        "zone": live_from.tzname(),
    }
    where = _("%(site)s, “%(headline)s”, version %(number)d, %(published)s") % {
        "site": SITE,
        "headline": document["headline"],
        "number": number,
        "published": published,
    }
    named = [(section, section["heading"]) for section in document["sections"]]
    named += [(event, event["label"] or printed(event["date"])) for event in document["timeline"]]
    for part, name in named:
        quotations = [_quotation(one, sources, where, f"{address}#{one['id']}") for one in part["sentences"]]
        if quotations:
            yield QuotedPart(part["id"], name, quotations)


def _quotation(sentence: Json, sources: Mapping[int, Json], where: str, address: str) -> Quotation:
    cites = [number for number in sentence["cites"] if number in sources]
    words = without_markers(sentence["text"])
    lines = [_("“%(words)s”") % {"words": words}, f"{where}, {address}"]
    if cites:
        lines += [_("It rests on:"), *(f"[{number}] {_report(sources[number])}" for number in cites)]
    return Quotation(sentence["id"], words, cites, "\n".join(lines))


def _report(source: Json) -> str:
    day = date.fromisoformat(source["published"]) if source["published"] else None
    published = print_long_day(day, current_words()) if day else ""
    title = _("“%(words)s”") % {"words": source["title"]} if source["title"] else ""
    by = ", ".join(source["authors"])
    return ", ".join(filter(None, [by, title, source["outlet"], published, source["url"]])) or _("details unknown")

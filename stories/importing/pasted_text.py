"""A story pasted as plain text: headline, status line, gallery, sections, sources, timeline, counted lists. Pure."""

import html
import uuid
from dataclasses import dataclass, field

from django.utils.text import slugify
from pydantic import ValidationError

from stories.document import ResourceEntry, StoryDocument, complete, direction_of
from stories.importing.events import PastedEvent, read_events
from stories.importing.faults import Place, faults
from stories.importing.findings import Places, find
from stories.importing.head import Head, read_head
from stories.importing.imported import Imported
from stories.importing.languages import NAMES, guess_language
from stories.importing.lines import Labelled, Layout, Line, Part, layout_of, lines_of
from stories.importing.lists import read_resources, read_sub_stories
from stories.importing.pictures import Picture, take_pictures
from stories.importing.report import Code, Entry, Refused, Report
from stories.importing.sections import PastedSection, read_sections
from stories.importing.sources import Given, read_sources

NAMESPACE = uuid.UUID("6f3c1f5e-0d0b-5c55-9d0e-8e2f4f1f7a51")


@dataclass
class _Pasted:
    """The parts of a text, each with the lines that it comes from."""

    head: Head
    pictures: list[Picture]
    sections: list[PastedSection]
    sources: list[Given]
    events: list[PastedEvent]
    resources: list[tuple[Line, ResourceEntry]] = field(default_factory=list)
    sub_stories: list[str] = field(default_factory=list)
    language: str = "en"


def read_pasted_text(text: str) -> Imported:
    """The story that a text tells, with every guess and fault by its line. Never raises: a refusal is in the report.

    The uid follows from the headline, so that reading the same text twice gives the same document.
    """
    report = Report()
    try:
        pasted = _read(text, report)
        document = _document(pasted)
    except Refused as refusal:
        return Imported(None, (*report.in_order(), refusal.entry()), tuple(report.asides))
    except ValidationError as error:
        refused = [Entry(_line_of(place, pasted), Code.REFUSED, sentence) for place, sentence in faults(error)]
        return Imported(None, (*report.in_order(), *refused), tuple(report.asides))
    places = _places(pasted)
    find(document, places, report)
    told = tuple(report.in_order()), tuple(report.asides)
    return Imported(document, *told, tuple(pasted.sub_stories), places=places)


def _read(text: str, report: Report) -> _Pasted:
    layout = layout_of(lines_of(text), report)
    head = read_head(layout.front, report)
    pictures, running = take_pictures(head.rest)
    timeline = layout.parts.get(Part.TIMELINE, Labelled(1))
    events = read_events(timeline.lines, timeline.line, report)
    pasted = _Pasted(
        head,
        pictures,
        read_sections(running, [event.text for event in events], report),
        read_sources(layout, _announced(head, layout), report),
        events,
        read_resources(layout, report),
        read_sub_stories(layout, report),
        guess_language(text),
    )
    report.add(
        head.headline.number,
        Code.GUESSED_LANGUAGE,
        f"The text does not say its language; it was taken for {NAMES[pasted.language]} (“{pasted.language}”).",
    )
    return pasted


def _announced(head: Head, layout: Layout) -> list[tuple[int, int]]:
    """Every count of articles in the text, with its line."""
    said = [(head.count, head.status)]
    said += [(part.count, part.line) for name in (Part.SOURCES, Part.ARTICLES) if (part := layout.parts.get(name))]
    return [(count, line) for count, line in said if count is not None and line is not None]


def _document(pasted: _Pasted) -> StoryDocument:
    headline = pasted.head.headline.text
    values = {
        **named_by(headline),
        "headline": headline,
        "standfirst": " ".join(line.text for line in pasted.head.standfirst),
        "byline": pasted.head.byline,
        "language": pasted.language,
        "direction": direction_of(pasted.language),
        "gallery": [_gallery_entry(picture) for picture in pasted.pictures],
        "sections": [_section_entry(k, section) for k, section in enumerate(pasted.sections, 1)],
        "sources": [_source_entry(source) for source in pasted.sources],
        "timeline": [_event_entry(k, event) for k, event in enumerate(pasted.events, 1)],
        "resources": [entry for _, entry in pasted.resources],
    }
    return complete(StoryDocument.model_validate(values))


Entries = dict[str, object]


def named_by(headline: str) -> Entries:
    """The uid and the slug that a headline gives: the same headline, the same story."""
    slug = slugify(headline, allow_unicode=True)[:120].strip("-_")
    return {"uid": uuid.uuid5(NAMESPACE, slug or headline), "slug": slug}


def _gallery_entry(picture: Picture) -> Entries:
    return {name: getattr(picture, name) for name in ("alt_text", "caption", "credit_line", "source_name")}


def _section_entry(key: int, section: PastedSection) -> Entries:
    body = "".join(f"<p>{html.escape(line.text, quote=False)}</p>" for line in section.paragraphs)
    return {"id": f"s{key}", "heading": section.heading, "body": body}


def _source_entry(given: Given) -> Entries:
    return {"number": given.number} | {
        name: getattr(given.reference, name) for name in ("title", "url", "outlet", "published")
    }


def _event_entry(key: int, event: PastedEvent) -> Entries:
    return {"id": f"t{key}", "date": event.date, "label": event.label, "text": event.text}


def _places(pasted: _Pasted) -> Places:
    return Places(
        default=pasted.head.headline.number,
        passages={
            f"s{k}": [*section.paragraphs, Line(section.line, "")] for k, section in enumerate(pasted.sections, 1)
        }
        | {f"t{k}": [Line(event.line, event.text)] for k, event in enumerate(pasted.events, 1)},
        sources={given.number: given.line for given in pasted.sources},
        pictures=[picture.line for picture in pasted.pictures],
        alt_texts=[picture.alt_line or picture.line for picture in pasted.pictures],
        standfirst=pasted.head.standfirst,
    )


def _line_of(place: Place, pasted: _Pasted) -> int:
    """The line from which the faulty value comes."""
    kind, index = (*place, "", "")[:2]
    lines = {
        "gallery": [picture.line for picture in pasted.pictures],
        "sections": [section.line for section in pasted.sections],
        "sources": [given.line for given in pasted.sources],
        "timeline": [event.line for event in pasted.events],
        "resources": [line.number for line, _ in pasted.resources],
    }.get(str(kind), [])
    return lines[index] if isinstance(index, int) and index < len(lines) else pasted.head.headline.number

"""A story in full, as HTML to be read elsewhere: every address absolute, no ids, no scripts or styles.

It is written here, not in a template, because a feed holds the source lists of thirty stories: a template takes
three times as long for them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.citations.linking import link
from stories.interface import interface_attributes
from stories.templatetags.moments import day
from timelines.dates import printed

Json = Mapping[str, Any]

# Validators advise against attributes for assistive technology, and feed readers drop them.
_MARKER = re.compile(r'<a class="marker" role="doc-noteref" href="([^"]*)" aria-label="[^"]*"')


def full_text(document: Json, *, page: str, picture: Json | None) -> str:
    """Standfirst, lead picture, sections and the sources these cite, as inert HTML.

    Markers lead to the sources on the story's `page`; the timeline, which can be many times longer, is left to it,
    but for a story that has nothing else.
    `picture` is the lead picture with its `url`, and what readers are `told` of how it came to be.
    """
    story = [
        f'<div lang="{escape(document["language"])}" dir="{escape(document["direction"])}">',
        *([f"<p><strong>{escape(document['standfirst'])}</strong></p>"] if document["standfirst"] else []),
        *([_figure(picture)] if picture else []),
        *_sections(document, page),
        "</div>",
    ]
    ours = [f"<div {interface_attributes()}>", *_sources(document), _way_back(document, page), "</div>"]
    return "\n".join([*story, *ours])


def _figure(picture: Json) -> str:
    size = f'width="{picture["width"]:d}" height="{picture["height"]:d}"'
    credit = ". ".join(filter(None, [picture["credit_line"], picture["told"]]))
    words = f"{escape(picture['caption'])} <small>{escape(credit)}</small>".strip()
    shown = f'<img src="{escape(picture["url"])}" {size} alt="{escape(picture["alt_text"])}">'
    return f"<figure>{shown}<figcaption>{words}</figcaption></figure>"


def _sections(document: Json, page: str) -> Iterator[str]:
    """The sections; of a story that has none, its timeline."""
    linked = link({**document, "timeline": []} if document["sections"] else document, page=page)
    for section in document["sections"]:
        if section["heading"]:
            yield f"<h2>{escape(section['heading'])}</h2>"
        yield _plain_markers(linked.section(section["id"]))
    for event in document["timeline"] if not document["sections"] else []:
        yield f"<p><strong>{escape(_when(event))}</strong> {_plain_markers(linked.event(event['id']))}</p>"


def _plain_markers(html: str) -> str:
    return _MARKER.sub(r'<a href="\1"', html)


def _when(event: Json) -> str:
    return event["label"] or printed(event["date"])


def _sources(document: Json) -> Iterator[str]:
    """The cited sources under their numbers; not as `<ol>`, whose numbers feed readers count anew from 1."""
    told = document["sections"] or document["timeline"]
    cited = {number for passage in told for entry in passage["sentences"] for number in entry["cites"]}
    listed = [source for source in document["sources"] if source["number"] in cited]
    if listed:
        yield f"<h2>{escape(_('Sources'))}</h2>\n<ul>"
        yield from map(_source, listed)
        yield "</ul>"


def _source(source: Json) -> str:
    name = escape(source["title"] or source["url"] or _("details unknown"))
    shown = f'<a href="{escape(source["url"])}" dir="auto">{name}</a>' if source["url"] else f"<bdi>{name}</bdi>"
    outlet = f", <bdi>{escape(source['outlet'])}</bdi>" if source["outlet"] else ""
    published = f", {day(date.fromisoformat(source['published']))}" if source["published"] else ""
    return f"<li>[{source['number']:d}] {shown}{outlet}{published}</li>"


def _way_back(document: Json, page: str) -> str:
    events, articles = len(document["timeline"]), len(document["sources"])
    timeline = ngettext(", with a timeline of %(count)d event", ", with a timeline of %(count)d events", events)
    told = escape(timeline % {"count": events}) if events else ""
    count = escape(ngettext("%(count)d article", "%(count)d articles", articles) % {"count": articles})
    name = escape(_("The story on its page"))
    return f'<p><a href="{escape(page)}">{name}</a>{told} ({count})</p>'

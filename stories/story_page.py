"""What the page of a story shows, derived from its document: groups, orders and counts. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stories.citations.linking import LinkedStory, Place, anchor, link
from stories.citations.passages import PICTURE, STANDFIRST
from stories.evidence_summary import EvidenceSummary, evidence_summary
from stories.timeline_rows import Year, years_of

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quote:
    """What of a source carries the citation at that `anchor`: its words, and where in it they stand."""

    anchor: str
    text: str
    locator: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in a list. `title` is never empty; `places` are where the text cites it."""

    number: int
    title: str
    url: str
    archive_url: str
    language: str
    publisher: str
    published: date | None
    places: list[Place]
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class SectionRow:
    id: str
    heading: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class StoryPage:
    """`cited` are the Sources list, by number; `articles` all related articles, the newest first. The `caption_html`
    of `pictures` and the standfirst have their markers linked."""

    standfirst: str
    sections: list[SectionRow]
    cited: list[SourceRow]
    years: list[Year]
    event_count: int
    articles: list[SourceRow]
    pictures: list[Json]
    resources: list[Json]
    evidence: EvidenceSummary


def story_page(document: Json) -> StoryPage:
    """The page of a StoryDocument, given by its field names as a Version stores it."""
    linked = link(document)
    quotes = _quotes(document.get("evidence", ()))
    sources = [_source(entry, linked, quotes) for entry in document["sources"]]
    return StoryPage(
        standfirst=linked.texts.get(STANDFIRST) or document["standfirst"],
        sections=[SectionRow(s["id"], s["heading"], linked.section(s["id"])) for s in document["sections"]],
        cited=sorted((row for row in sources if row.places), key=lambda row: row.number),
        years=years_of(document["timeline"], linked.event),
        event_count=len(document["timeline"]),
        articles=sorted(sources, key=_newest_first),
        pictures=[
            {**entry, "caption_html": linked.texts.get(f"{PICTURE}{count}", entry["caption"])}
            for count, entry in enumerate(document["gallery"], 1)
            if entry["file"]
        ],
        resources=document["resources"],
        evidence=evidence_summary(document),
    )


def _quotes(evidence: Iterable[Json]) -> dict[int, list[Quote]]:
    found: dict[int, list[Quote]] = {}
    for entry in evidence:
        quote = Quote(anchor(entry["passage"], entry["number"]), entry["quote"], entry["locator"])
        found.setdefault(entry["number"], []).append(quote)
    return found


def _source(entry: Json, linked: LinkedStory, quotes: Mapping[int, list[Quote]]) -> SourceRow:
    return SourceRow(
        number=entry["number"],
        title=entry["title"] or entry["url"] or entry["outlet"] or _("Source %(number)d, details unknown") % entry,
        url=_web(entry["url"]),
        archive_url=_web(entry["archive_url"]),
        language=entry["language"],
        publisher=", ".join(filter(None, [entry["outlet"], *entry["authors"]])),
        published=date.fromisoformat(entry["published"]) if entry["published"] else None,
        places=linked.places(entry["number"]),
        quotes=quotes.get(entry["number"], []),
    )


def _web(address: str) -> str:
    """The address if a reader may follow it: a document is checked when it is made, and once more here."""
    return address if address.startswith(("https://", "http://")) else ""


def _newest_first(row: SourceRow) -> tuple[int, int]:
    return -row.published.toordinal() if row.published else 0, row.number

"""On what a story rests, in numbers that anybody can count: sentences, citations, reports by outlet and kind. Pure."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from stories.citations.markers import cited_in

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Share:
    """How many there are, and how many of them cite, or are cited."""

    count: int
    cited: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return self.cited * 100 // self.count if self.count else 0


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet ("" where none is known) with its reports in this story, and how many passages cite one of them."""

    name: str
    kind: str
    reports: int
    passages: int


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
    """`kinds` are (kind of outlet, how many reports); `newest` is the last day on which one was published."""

    sentences: Share
    events: Share
    reports: Share
    outlets: list[OutletRow]
    kinds: list[tuple[str, int]]
    newest: date | None


def evidence_summary(document: Json) -> EvidenceSummary:
    """Of a StoryDocument as a Version stores it. A number without a source is no citation."""
    sources = document["sources"]
    numbers = {source["number"] for source in sources}
    sentences = [numbers.intersection(one["cites"]) for section in document["sections"] for one in section["sentences"]]
    events = [
        {number for one in event["sentences"] for number in numbers.intersection(one["cites"])}
        for event in document["timeline"]
    ]
    loose = [document["standfirst"], *(picture["caption"] for picture in document["gallery"])]
    cited = numbers.intersection(chain(*sentences, *events, *map(cited_in, loose)))
    return EvidenceSummary(
        sentences=_share(sentences),
        events=_share(events),
        reports=Share(len(numbers), len(cited)),
        outlets=_outlets(sources, [*sentences, *events]),
        kinds=Counter(source["outlet_kind"] for source in sources).most_common(),
        newest=max((date.fromisoformat(one["published"]) for one in sources if one["published"]), default=None),
    )


def _share(citing: list[set[int]]) -> Share:
    return Share(len(citing), sum(map(bool, citing)))


def _outlets(sources: list[Json], citing: list[set[int]]) -> list[OutletRow]:
    """Those on whose reports most passages rest first."""
    kinds = {source["outlet"]: source["outlet_kind"] for source in sources}
    reports = Counter(source["outlet"] for source in sources)
    outlet_of = {source["number"]: source["outlet"] for source in sources}
    passages = Counter(outlet for numbers in citing for outlet in {outlet_of[number] for number in numbers})
    rows = [OutletRow(name, kind, reports[name], passages[name]) for name, kind in kinds.items()]
    return sorted(rows, key=lambda row: (-row.passages, -row.reports, not row.name, row.name))


def numbers_of(document: Json, outlet: str) -> AbstractSet[int]:
    """The numbers of the outlet's reports in the story."""
    return {source["number"] for source in document["sources"] if source["outlet"] == outlet}

"""The citation report: how far a document's sentences rest on sources, and on which. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from stories.document import SourceEntry, StoryDocument

UNNAMED = "no outlet"
KINDS = {
    "news": "news",
    "wire": "wire agency",
    "official": "official body",
    "ngo": "NGO",
    "academic": "academic",
    "social": "social media",
    "other": "other",
    "": "kind unknown",
}
Count = tuple[str, int]


@dataclass(frozen=True)
class CitationReport:
    """Counts of sentences (of sections and events) and of sources; `outlets` and `kinds` begin with the most frequent.

    `leading` is the source that most sentences cite, `leading_count` how many those are.
    """

    sentences: int = 0
    cited: int = 0
    on_one_source: int = 0
    sources: int = 0
    sources_cited: int = 0
    outlets: list[Count] = field(default_factory=list)
    kinds: list[Count] = field(default_factory=list)
    oldest: SourceEntry | None = None
    newest: SourceEntry | None = None
    leading: SourceEntry | None = None
    leading_count: int = 0

    @property
    def share(self) -> int:
        """Cited sentences of a hundred, rounded down: 100 means all of them."""
        return 100 * self.cited // self.sentences if self.sentences else 0


def report_on(document: StoryDocument) -> CitationReport:
    """The report on a document whose sentences are read (see `stories.document.complete`)."""
    cites = [set(sentence.cites) for sentence in document.sentences()]
    uses = Counter(number for numbers in cites for number in numbers)
    dated = sorted((one for one in document.sources if one.published), key=lambda one: str(one.published))
    leading = max(document.sources, key=lambda source: uses[source.number], default=None)
    leading = leading if leading is not None and uses[leading.number] else None
    return CitationReport(
        sentences=len(cites),
        cited=sum(1 for numbers in cites if numbers),
        on_one_source=sum(1 for numbers in cites if len(numbers) == 1),
        sources=len(document.sources),
        sources_cited=sum(1 for source in document.sources if uses[source.number]),
        outlets=_counted(source.outlet or UNNAMED for source in document.sources),
        kinds=_counted(KINDS[source.outlet_kind] for source in document.sources),
        oldest=dated[0] if dated else None,
        newest=dated[-1] if dated else None,
        leading=leading,
        leading_count=uses[leading.number] if leading else 0,
    )


def _counted(names: Iterable[str]) -> list[Count]:
    return sorted(Counter(names).items(), key=lambda count: (-count[1], count[0]))

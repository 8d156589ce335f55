"""What of a timeline a reader asks for, and in which order. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from stories.story_page import SourceRow, StoryPage
from stories.timeline_rows import cited_by_events, citing, newest_first

NEWEST_FIRST = "newest"


class OfferedSource(NamedTuple):
    """A source that events cite, and how many of them."""

    row: SourceRow
    events: int


@dataclass(frozen=True, slots=True)
class TimelineChoice:
    """The sources to choose from, the one that is chosen, if any, and whether the newest event stands first."""

    offered: list[OfferedSource]
    chosen: OfferedSource | None
    newest: bool


def timeline_choice(page: StoryPage, asked: Mapping[str, str]) -> TimelineChoice:
    """What `?cites=6&order=newest` asks of the page's timeline; of a source that no event cites, nothing."""
    counts = cited_by_events(page.years)
    offered = [OfferedSource(row, counts[row.number]) for row in page.cited if row.number in counts]
    chosen = next((one for one in offered if str(one.row.number) == asked.get("cites")), None)
    return TimelineChoice(offered, chosen, asked.get("order") == NEWEST_FIRST)


def as_chosen(page: StoryPage, choice: TimelineChoice) -> StoryPage:
    """The page with the events that are asked for, in their order; its counts stay those of the whole story."""
    years = citing(page.years, choice.chosen.row.number) if choice.chosen else page.years
    return replace(page, years=newest_first(years) if choice.newest else years)

"""Details: what was read of a page. Apart from the reading, whose libraries no server process has to load."""

from dataclasses import dataclass, field
from datetime import date

MOST_READ = 1_000_000  # bytes; what a page says of itself stands at its beginning


@dataclass(frozen=True)
class Details:
    """What could be read; blank is what the page does not say. `canonical` is an address on the page's own host."""

    title: str = ""
    outlet: str = ""
    authors: list[str] = field(default_factory=list)
    published: date | None = None
    language: str = ""
    canonical: str = ""

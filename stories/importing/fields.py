"""An imported document as the named fields of a form, and the same fields as they come back. Pure.

A part is counted (`sections-count`), its rows are numbered from 0 (`sections-0-heading`). A row that is ticked
(`sections-0-leave`) is left out; of the sub-stories those are made that are ticked (`sub_stories-0-make`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from stories.citations.sentences import html_blocks
from stories.document import ResourceEntry, StoryDocument
from stories.importing.imported import Imported
from timelines.dates import WordedDate

HEAD = ("headline", "standfirst", "byline", "language")
ROWS: dict[str, tuple[str, ...]] = {
    "sections": ("id", "heading", "body"),
    "sources": ("number", "url", "title", "outlet", "published"),
    "timeline": ("id", "date", "text"),
    "gallery": ("alt_text", "caption", "credit_line", "source_name"),
    "resources": ("url", "title", "publisher"),
    "sub_stories": ("headline",),
}
ADDED = "new_sub_stories"
TICKED = "sub_stories"
MOST_ROWS = 12_000
MOST_BLANK = 10
Fields = dict[str, str]


@dataclass(frozen=True)
class Row:
    """One row as it came back: its place in the form, what was typed, whether it is to be left out."""

    part: str
    index: int
    values: Mapping[str, str]
    leave: bool = False

    def name(self, field: str) -> str:
        return f"{self.part}-{self.index}-{field}"

    @property
    def is_blank(self) -> bool:
        return not any(value.strip() for name, value in self.values.items() if name not in ("id", "number"))


def fields_of(imported: Imported) -> Fields:
    """What the form shows of what was read. The import must have a document."""
    document = imported.document
    if document is None:
        raise ValueError("Nothing was read, so there is nothing to show.")
    fields = {name: getattr(document, name) for name in HEAD} | {ADDED: ""}
    for part, values in _rows_of(document, imported).items():
        fields[f"{part}-count"] = str(len(values))
        for index, row in enumerate(values):
            fields |= {f"{part}-{index}-{name}": value for name, value in zip(ROWS[part], row, strict=True)}
            if part == TICKED:
                fields[f"{part}-{index}-make"] = "1"
    return fields


def _rows_of(document: StoryDocument, imported: Imported) -> dict[str, list[tuple[str, ...]]]:
    announced = max((entry.count or 0 for entry in imported.report if entry.code == "announced_resources"), default=0)
    blank = [ResourceEntry(url="")] * min(MOST_BLANK, max(0, announced - len(document.resources)))
    return {
        "sections": [(entry.id, entry.heading, body_as_text(entry.body)) for entry in document.sections],
        "sources": [
            (str(one.number), one.url, one.title, one.outlet, one.published.isoformat() if one.published else "")
            for one in document.sources
        ],
        "timeline": [(one.id, WordedDate(one.date, one.label).wording, one.text) for one in document.timeline],
        "gallery": [tuple(getattr(entry, name) for name in ROWS["gallery"]) for entry in document.gallery],
        "resources": [(entry.url, entry.title, entry.publisher) for entry in (*document.resources, *blank)],
        "sub_stories": [(headline,) for headline in imported.sub_stories],
    }


def body_as_text(body: str) -> str:
    """A section's paragraphs, a blank line between; links and emphasis do not show."""
    return "\n\n".join(block.text.strip("\n") for block in html_blocks(body))


def posted(data: Mapping[str, str]) -> Fields:
    """The form's fields among those of a request, with the line ends that everything else here has."""
    wanted = {*HEAD, ADDED}
    return {
        name: value.replace("\r\n", "\n").replace("\r", "\n")
        for name, value in data.items()
        if name in wanted or name.partition("-")[0] in ROWS
    }


def rows(fields: Mapping[str, str], part: str) -> Iterator[Row]:
    """The rows of a part, in their order, those to be left out too."""
    said = fields.get(f"{part}-count", "0")
    count = int(said) if said.isdecimal() and len(said) < 6 else 0
    for index in range(min(count, MOST_ROWS)):
        values = {name: fields.get(f"{part}-{index}-{name}", "") for name in ROWS[part]}
        tick = f"{part}-{index}-{'make' if part == TICKED else 'leave'}"
        yield Row(part, index, values, leave=(tick in fields) != (part == TICKED))


def headlines(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the sub-stories to be made: the ticked ones, then those that were added, each once."""
    ticked = [row.values["headline"] for row in rows(fields, TICKED) if not row.leave]
    added = [line.strip() for line in fields.get(ADDED, "").split("\n")]
    return tuple(dict.fromkeys(filter(None, [*ticked, *added])))

"""The demo edition as values: which documents it has, what becomes of each, and when. Pure: reads files, no database.

Moments are given relative to the loading (`-3d4h`, `+30m`), so that the front page is of today whenever it is loaded;
the dates in the stories are absolute. A history is a list of further Versions. Each says what it changes, as a JSON
Merge Patch (RFC 7396) in which sections, events and sources are named by their id or number.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from stories.document import StoryDocument, TopicEntry
from timelines.dates import place_in_time

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
OFFSET = re.compile(r"([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
KEYS = {"sections": "id", "timeline": "id", "sources": "number"}


@dataclass(frozen=True)
class Step:
    """A Version: the document as of then, live from `at` (relative to the loading)."""

    at: timedelta
    kind: str
    note: str
    document: StoryDocument


@dataclass(frozen=True)
class Withdrawal:
    at: timedelta
    reason: str


@dataclass(frozen=True)
class DemoStory:
    """One story of the edition. Without steps it is only a draft; with `scheduled` its one Version lies ahead."""

    draft: StoryDocument
    steps: tuple[Step, ...] = ()
    scheduled: timedelta | None = None
    withdrawal: Withdrawal | None = None
    review_state: str = "ready"
    rank: int | None = None

    @cached_property
    def documents(self) -> list[StoryDocument]:
        return [step.document for step in self.steps] or [self.draft]


def read_edition(folder: Path = HERE) -> list[DemoStory]:
    """The stories in the order in which they are made: a parent stands before its sub-stories."""
    entries = json.loads((folder / "edition.json").read_text(encoding="utf-8"))["stories"]
    return [_story(folder, entry) for entry in entries]


def read_topics(folder: Path = HERE) -> list[TopicEntry]:
    """The topics in the order of the site's navigation."""
    entries = json.loads((folder / "edition.json").read_text(encoding="utf-8"))["topics"]
    return [TopicEntry.model_validate(entry) for entry in entries]


def read_offset(text: str) -> timedelta:
    """`-3d4h` is three days and four hours before the loading, `+30m` half an hour after it. Raises ValueError."""
    match = OFFSET.fullmatch(text)
    if not match or not any(match.groups()[1:]):
        raise ValueError(f"“{text}” is no offset. Write one such as “-3d4h” or “+30m”.")
    sign, *amounts = match.groups()
    days, hours, minutes = (int(amount or 0) for amount in amounts)
    offset = timedelta(days=days, hours=hours, minutes=minutes)
    return -offset if sign == "-" else offset


def _story(folder: Path, entry: dict[str, Any]) -> DemoStory:
    name = entry["document"]
    values = json.loads((folder / "documents" / f"{name}.json").read_text(encoding="utf-8"))
    withdrawn = entry.get("withdrawn")
    return DemoStory(
        draft=StoryDocument.model_validate(values),
        steps=tuple(_steps(folder / "histories" / f"{name}.json", values, entry)) if "published" in entry else (),
        scheduled=read_offset(entry["scheduled"]) if "scheduled" in entry else None,
        withdrawal=Withdrawal(read_offset(withdrawn["at"]), withdrawn["reason"]) if withdrawn else None,
        review_state=entry.get("review_state", "ready"),
        rank=entry.get("rank"),
    )


def _steps(history: Path, values: dict[str, Any], entry: dict[str, Any]) -> Iterator[Step]:
    yield Step(read_offset(entry["published"]), "publication", "", StoryDocument.model_validate(values))
    for further in json.loads(history.read_text(encoding="utf-8")) if history.exists() else []:
        values = changed(values, further["changes"])
        document = StoryDocument.model_validate(values)
        yield Step(read_offset(further["at"]), further["kind"], further["note"], document)


def changed(values: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """The document (as JSON values) after the changes; null takes a part out, a new id or number puts one in."""
    result = {**values, **changes}
    for name, key in KEYS.items():
        result[name] = _merged(values.get(name, []), key, changes.get(name, {}))
    result["timeline"].sort(key=lambda event: place_in_time(event["date"], event.get("label", "")))
    return result


def _merged(parts: list[dict[str, Any]], key: str, changes: dict[str, Any]) -> list[dict[str, Any]]:
    merged = {str(part[key]): part for part in parts}
    for name, change in changes.items():
        if change is None:
            del merged[name]
        else:
            identity = int(name) if key == "number" else name
            merged[name] = {**merged.get(name, {}), key: identity, **change}
    return list(merged.values())

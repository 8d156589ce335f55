"""Which notices touch a Version: those about a fault that stood in it, however many Versions before it was told. Pure.

Only words can tell. A notice about a passage touches the Versions from before it in which the passage says what it says
in the Version that the notice names. One about a whole Version touches all up to that: nobody can say since when the
fault stood there.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

Json = Mapping[str, Any]
Words = Mapping[str, str]
"""What each passage says, by its id."""


class Told(Protocol):
    """What is asked of a notice: `number` is that of the Version which it names."""

    @property
    def passage(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def issued_at(self) -> datetime: ...


Notice = TypeVar("Notice", bound=Told)


class Past(NamedTuple):
    """A Version by what it said. Of one whose document is gone there are no words, so that nothing tells of it."""

    number: int
    live_from: datetime
    words: Words


def words_of(document: Json) -> Words:
    """The words of each section, event and sentence of a StoryDocument, with single spaces.

    To a section belongs its heading and to an event its date: they can be the fault.
    """
    found: dict[str, str] = {}
    for section in document.get("sections", ()):
        sentences = [sentence["text"] for sentence in section["sentences"]]
        found[section["id"]] = _folded(section["heading"], *(sentences or [section["body"]]))
        found |= {sentence["id"]: _folded(sentence["text"]) for sentence in section["sentences"]}
    for event in document.get("timeline", ()):
        found[event["id"]] = _folded(event["date"], event["label"], event["text"])
        found |= {sentence["id"]: _folded(sentence["text"]) for sentence in event["sentences"]}
    return found


def _folded(*texts: str) -> str:
    return " ".join(" ".join(texts).split())


def touching(notices: Iterable[Notice], version: Past, faulty: Mapping[int, Words]) -> list[Notice]:
    """Those of the notices that touch the Version; `faulty` has the words of the Versions that they name."""
    return [notice for notice in notices if touches(notice, version, faulty.get(notice.number, {}))]


def touches(notice: Told, version: Past, faulty: Words) -> bool:
    if version.number == notice.number:
        return True
    if not notice.passage:
        return version.number < notice.number
    said = version.words.get(notice.passage)
    return version.live_from < notice.issued_at and said is not None and said == faulty.get(notice.passage)

"""Memento (RFC 7089): what leads from a page to its past and back, as headers and as a list. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.http import http_date, parse_http_date

LINK_FORMAT = "application/link-format"  # RFC 6690


class Memento(NamedTuple):
    """A Version of a page: its address, and since when readers had it; where its words are gone `title` says why."""

    uri: str
    since: datetime
    title: str = ""

    @property
    def http_date(self) -> str:
        return http_date(self.since.timestamp())


def asked_moment(header: str) -> datetime:
    """The moment that an Accept-Datetime header asks for, to the second. Raises ValueError."""
    return datetime.fromtimestamp(parse_http_date(header), UTC)


def link(uri: str, rel: str, **attributes: str) -> str:
    """One link as RFC 8288 writes it."""
    return "; ".join([f"<{uri}>", f'rel="{rel}"', *(f"{name}={_quoted(value)}" for name, value in attributes.items())])


def _quoted(value: str) -> str:
    """In one line, as a quoted string (RFC 9110, 5.6.4)."""
    return '"' + " ".join(value.split()).replace("\\", r"\\").replace('"', r"\"") + '"'


def gate_links(original: str, time_map: str) -> list[str]:
    """From the page that is its own TimeGate; `time_map` is "" where all Versions of a page cannot be listed."""
    return [link(original, "original timegate"), *([link(time_map, "timemap", type=LINK_FORMAT)] if time_map else [])]


def memento_links(mementos: Iterable[Memento], here: Memento) -> list[str]:
    """To the first, the one before, this, the one after and the last of a page's Versions, given in their order."""
    known = list(mementos)
    place = known.index(here)
    named: dict[Memento, list[str]] = {known[0]: ["first"]}
    named.setdefault(known[-1], []).append("last")
    for step, name in ((-1, "prev"), (1, "next")):
        if 0 <= place + step < len(known):
            named.setdefault(known[place + step], []).append(name)
    named.setdefault(here, [])
    return [
        link(one.uri, " ".join([*names, "memento"]), datetime=one.http_date)
        for one, names in sorted(named.items(), key=lambda item: known.index(item[0]))
    ]


def time_map(original: str, own: str, mementos: list[Memento]) -> str:
    """All Versions of a page, the oldest first (RFC 7089, 5.1.2)."""
    last = len(mementos) - 1
    span = {"from": mementos[0].http_date, "until": mementos[-1].http_date}
    rows = [link(original, "original timegate"), link(own, "self", type=LINK_FORMAT, **span)]
    for place, one in enumerate(mementos):
        names = [*(["first"] if place == 0 else []), *(["last"] if place == last else []), "memento"]
        titled = {"title": one.title} if one.title else {}
        rows.append(link(one.uri, " ".join(names), datetime=one.http_date, **titled))
    return ",\n".join(rows) + "\n"

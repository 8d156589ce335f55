"""CSL-JSON as reference managers export it, Zotero's own JSON, and a JSON list of addresses. Pure."""

import json
import re
from collections.abc import Iterator
from typing import Any

from stories.source_lists.found import Found, Given, Problem, too_many
from stories.source_lists.values import web_page_of_doi

LOOKS_LIKE = re.compile(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:[{\"\]]|$))")
LISTS = ("items", "references", "data", "results")
TITLES = ("title", "headline", "title-short", "shortTitle", "name")
URLS = ("URL", "url", "link")
OUTLETS = """container-title publicationTitle websiteTitle blogTitle newspaper publisher institution outlet
    container-title-short""".split()
DATES = ("issued", "date", "published", "original-date")
AUTHORS = ("author", "authors", "creators")
ARCHIVES = ("archive_url", "archive-url", "archiveURL")
NO_AUTHORS = frozenset({"editor", "translator", "seriesEditor", "contributor", "reviewedAuthor"})
MOST_AUTHORS = 200


def read_csl_json(text: str) -> Iterator[Found]:
    """Each item of the list."""
    try:
        read = json.loads(text)
    except RecursionError:
        yield Problem("", "This JSON is nested too deeply.", text)
        return
    except ValueError as error:
        yield Problem(_where(error), "This is not well-formed JSON from here on.", text)
        return
    items = _items(read)
    if refusal := too_many(len(items)):
        yield Problem("", refusal, text)
        return
    for number, item in enumerate(items, 1):
        place, words = f"Entry {number}", _as_words(item)
        if isinstance(item, str) and "://" in item:
            yield Given(place, words, url=item)
        elif isinstance(item, dict):
            yield _read(item, place, words)
        else:
            yield Problem(place, "This is no source: each has to be an object with URL, title and so on.", words)


def _where(error: ValueError) -> str:
    line = getattr(error, "lineno", None)
    return f"Line {line}" if line else ""


def _as_words(item: Any) -> str:
    try:
        return json.dumps(item, ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return ""


def _items(read: Any) -> list[Any]:
    if isinstance(read, dict):
        read = next((read[name] for name in LISTS if isinstance(read.get(name), list)), [read])
    return read if isinstance(read, list) else [read]


def _read(item: dict[str, Any], place: str, words: str) -> Given:
    if isinstance(item.get("data"), dict):  # as Zotero's own addresses answer
        item = item["data"]
    return Given(
        place,
        words,
        url=_text(item, URLS) or web_page_of_doi(_text(item, ("DOI", "doi"))),
        title=_text(item, TITLES),
        outlet=_text(item, OUTLETS),
        published=next(filter(None, (_date(item.get(name)) for name in DATES)), ""),
        authors=tuple(_authors(item)),
        archive_url=_text(item, ARCHIVES),
        language=_text(item, ("language", "lang")),
    )


def _text(item: dict[str, Any], names: Any) -> str:
    """The first of these that says something; a list stands for its first element, markup within titles goes."""
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value.strip():
            return re.sub(r"</?(?:i|b|sub|sup|span|sc|nc)(?: [^<>]{0,200})?>", "", value).strip()
    return ""


def _date(value: Any) -> str:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)[:200]
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(first := parts[0], list) and first:
        numbers = [str(part)[:10] for part in first[:3] if isinstance(part, str | int) and str(part).strip()]
        joined = "-".join(number.zfill(2) for number in numbers)
        return f"{joined}/…" if parts[1:] not in ([], [first]) else joined
    return next((value[name][:200] for name in ("raw", "literal") if isinstance(value.get(name), str)), "")


def _authors(item: dict[str, Any]) -> Iterator[str]:
    people: Any = next((item[name] for name in AUTHORS if isinstance(item.get(name), list | str) and item[name]), [])
    for person in [people] if isinstance(people, str) else people[:MOST_AUTHORS]:
        if isinstance(person, str):
            yield person
        elif isinstance(person, dict) and person.get("creatorType") not in NO_AUTHORS:
            whole = _text(person, ("literal", "name"))
            first = _text(person, ("given", "firstName"))
            parts = (first, _text(person, ("non-dropping-particle", "dropping-particle")), _last(person))
            yield whole or " ".join(filter(None, parts))


def _last(person: dict[str, Any]) -> str:
    return " ".join(filter(None, (_text(person, ("family", "lastName")), _text(person, ("suffix",)))))

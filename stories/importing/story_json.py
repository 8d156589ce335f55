"""StoryDocuments as JSON: one, or a list of them. Pure; each is read or refused by itself."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from stories.document import StoryDocument, complete
from stories.importing.decoding import CONTROL
from stories.importing.faults import faults
from stories.importing.findings import Places, find
from stories.importing.imported import Imported
from stories.importing.report import Code, Entry, Refused, Report

MOST_DOCUMENTS = 1000
SPACE = " \t\n\r"


def read_story_json(text: str) -> list[Imported]:
    """The documents of a file, in order; each is whole, or None with the reasons in its report. Never raises.

    Ids, numbers and text are taken as they are given; what follows from them (sentences, bounds) is read anew where
    it is missing. Lines are those at which each document begins.
    """
    try:
        return [_document(value, line) for value, line in _values(text)]
    except Refused as refusal:
        return [Imported(None, (refusal.entry(),))]


def _values(text: str) -> list[tuple[Any, int]]:
    """Each document's JSON value and the line where it begins. Raises Refused."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
    start = _after_space(text, 0)
    try:
        if text.startswith("[", start):
            return list(_items(text, start + 1, decoder))
        value, end = decoder.raw_decode(text, start)
        _refuse_rest(text, end)
        return [(value, _line(text, start))]
    except json.JSONDecodeError as error:
        raise Refused(
            f"The file is not valid JSON: {error.msg}, in line {error.lineno}, column {error.colno}.", error.lineno
        ) from error
    except RecursionError as error:
        raise Refused("The JSON is nested too deeply for a story.") from error
    except ValueError as error:
        raise Refused(f"The file is not valid JSON: {error}", 1) from error


def _items(text: str, at: int, decoder: json.JSONDecoder) -> Iterator[tuple[Any, int]]:
    at = _after_space(text, at)
    count = 0
    while not (count == 0 and text.startswith("]", at)):
        count += 1
        if count > MOST_DOCUMENTS:
            raise Refused(f"The list holds more than {MOST_DOCUMENTS} stories. Divide it.", _line(text, at))
        value, end = decoder.raw_decode(text, at)
        yield value, _line(text, at)
        at = _after_space(text, end)
        if text.startswith("]", at):
            break
        if not text.startswith(",", at):
            raise json.JSONDecodeError("Expecting ',' or ']' after a story", text, at)
        at = _after_space(text, at + 1)
    if count == 0:
        raise Refused("The list is empty: there is no story to import.", _line(text, at))
    _refuse_rest(text, at + 1)


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in SPACE:
        at += 1
    return at


def _refuse_rest(text: str, end: int) -> None:
    end = _after_space(text, end)
    if end < len(text):
        raise json.JSONDecodeError("Text after the end of the JSON", text, end)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the field “{name[:60]}” is given twice in one object. Remove one of them.")
        found[name] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number that JSON knows.")


def _document(value: Any, line: int) -> Imported:
    report = Report()
    if not isinstance(value, dict):
        return _refused("A story is a JSON object; this is something else.", line)
    try:
        _refuse_control_characters(value)
        given = StoryDocument.model_validate(value)
        document = complete(given)
    except ValidationError as error:
        return Imported(None, tuple(Entry(line, Code.REFUSED, sentence) for _, sentence in faults(error)))
    except (ValueError, OverflowError, RecursionError) as error:
        return _refused(f"The story cannot be read: {error}", line)
    _find_in_timeline(value, document, line, report)
    find(document, Places(default=line), report)
    numbered = any(passage.sentences for passage in given.passages())
    return Imported(document if numbered else without_sentences(document), tuple(report.in_order()), is_whole=True)


def without_sentences(document: StoryDocument) -> StoryDocument:
    """Without the sentences that were read here: in a story that is known, they continue those of its draft."""
    sections = [entry.model_copy(update={"sentences": []}) for entry in document.sections]
    timeline = [entry.model_copy(update={"sentences": []}) for entry in document.timeline]
    return document.model_copy(update={"sections": sections, "timeline": timeline})


def _find_in_timeline(value: dict[str, Any], document: StoryDocument, line: int, report: Report) -> None:
    """Report unreadable dates, and that the events were put in time order where they were not."""
    for event in document.timeline:
        if not event.date:
            report.add(line, Code.UNREADABLE_DATE, f"The date “{event.label}” of event {event.id} cannot be read.")
    given = [event["id"] for event in value.get("timeline", [])]
    if given != [event.id for event in document.timeline]:
        report.add(line, Code.OUT_OF_ORDER, "The events did not stand in time order; they were put in it.")


def _refuse_control_characters(value: Any) -> None:
    """Raises ValueError: no feed and no page can hold them."""
    for text in _texts(value):
        found = CONTROL.search(text)
        if found:
            raise ValueError(f"“{text[:40]!a}” contains the control character U+{ord(found[0]):04X}. Remove it.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _refused(message: str, line: int) -> Imported:
    return Imported(None, (Entry(line, Code.REFUSED, message),))

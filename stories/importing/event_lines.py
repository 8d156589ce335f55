"""Lines of a timeline as people paste them, `<date> – <text>`: what each says, and what is wrong with it. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from stories.importing.lines import Line, lines_of
from stories.importing.report import Refused
from timelines.dates import WordedDate, match_date_prefix, split_wording

MOST_LINES = 10_000
NUMBERING = re.compile(r"([1-9][0-9]{0,4})[.)]\s+")
SEPARATED = re.compile(
    r"(?P<wording>.{1,60}?)(?:\s+[–—-]\s+|\s*:(?=\s|[^\W\d])\s*|\s*[–—|\t]\s*)(?P<text>\S.*)", re.DOTALL
)
EMPHASISED = re.compile(r"(?P<mark>\*\*|__|\*)(?P<date>[^*_]{1,100}?)(?P=mark)\s*(?P<rest>.*)", re.DOTALL)
STOPS = re.compile(r"[.!?…][”’\"'»)\]]*$|\]$")
OPEN = "–—-|:"
WRITE_ONE = "The event was kept without a date; write one like “Feb 24 2022”."


@dataclass(frozen=True)
class EventLine:
    """One event of a pasted timeline. `line` counts from 1; `written` is the date as it stands there, "" for none.

    `problem` is "" or a sentence: no date, a date that cannot be read (its wording is then `date.label`), no text.
    """

    line: int
    date: WordedDate
    text: str
    problem: str = ""
    written: str = ""


def read_event_lines(text: str) -> list[EventLine]:
    """Every event in the text, in the text's order; no line is dropped. Raises Refused (`line`) beyond the limits.

    Date and text are divided by a dash, a colon, a vertical bar or a tab; bullets, numbering and emphasis go. The text
    may stand on the line below its date, and a line that only goes on with the one above belongs to it.
    """
    lines = lines_of(text.replace("\r\n", "\n").replace("\r", "\n"))
    bare, _ = without_numbering(lines)
    return event_lines_of(bare)


def event_lines_of(lines: list[Line]) -> list[EventLine]:
    """The events in lines that are taken apart already. Raises Refused for more than 10,000 of them."""
    if len(lines) > MOST_LINES:
        raise Refused(f"The timeline has {len(lines)} lines; at most {MOST_LINES} are read.", lines[MOST_LINES].number)
    return list(_with_texts_below(_goes_on_joined(lines)))


def without_numbering(lines: list[Line]) -> tuple[list[Line], int]:
    """The lines without a numbering 1, 2, 3, …, and its last number: “2. July 2024 – …” names no day there."""
    matches = [NUMBERING.match(line.plain) for line in lines]
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) < 2 or numbers != list(range(1, len(lines) + 1)):
        return lines, 0
    bare = [replace(line, text=line.plain[m.end() :]) for line, m in zip(lines, matches, strict=True) if m]
    return bare, numbers[-1]


def _goes_on_joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that only go on with the event above are joined to it."""
    above: Line | None = None
    for line in lines:
        if above is not None and _goes_on(line, above):
            above = replace(above, text=f"{above.text} {line.text}")
            continue
        if above is not None:
            yield above
        above = line
    if above is not None:
        yield above


def _goes_on(line: Line, above: Line) -> bool:
    """No blank line between, no bullet, nothing that divides it, and the line above has text that is not finished."""
    if line.opens or line.has_bullet or SEPARATED.match(line.text) or match_date_prefix(line.plain):
        return False
    dated = match_date_prefix(_bare(above))
    if dated is None or not dated.rest:
        return False
    return line.text[0].islower() or above.has_bullet or not STOPS.search(above.text)


def _bare(line: Line) -> str:
    """Without bullet, the bars at the edges of a table's row, and emphasis on the date."""
    plain = line.plain
    if plain.startswith("|"):
        plain = plain.strip("| \t")
    match = EMPHASISED.fullmatch(plain)
    if not match or match_date_prefix(match["date"].rstrip(" :")) is None:
        return plain
    divided = match["date"].rstrip().endswith(":") or match["rest"][:1] in OPEN
    return f"{match['date']} {'' if divided else '– '}{match['rest']}".strip()


def _with_texts_below(lines: Iterable[Line]) -> Iterator[EventLine]:
    """The events; a line without a date below a date alone is its text."""
    awaiting: Line | None = None
    for line in lines:
        bare = _bare(line)
        matched = match_date_prefix(bare)
        if awaiting is not None:
            taken = matched is None
            yield _event(awaiting.number, awaiting.text, bare if taken else "")
            awaiting = None
            if taken:
                continue
        if matched is None:
            yield _undated(line.number, bare)
        elif matched.rest:
            yield _event(line.number, matched.wording, matched.rest)
        else:
            awaiting = replace(line, text=matched.wording)
    if awaiting is not None:
        yield _event(awaiting.number, awaiting.text, "")


def _event(line: int, wording: str, text: str) -> EventLine:
    date = split_wording(wording)
    problem = date.error or ("" if text else f"Nothing is said after “{wording}”. Write what happened then.")
    return EventLine(line, date, " ".join(text.split("\t")), problem, wording)


def _undated(line: int, bare: str) -> EventLine:
    """What stands before the first dash is taken as the date if it has figures; else the line has none."""
    match = SEPARATED.fullmatch(bare)
    wording = match["wording"].strip() if match and re.search(r"[0-9]", match["wording"]) else ""
    if not match or not wording:
        return EventLine(line, WordedDate(), bare, f"No date stands before “{bare[:60]}”. {WRITE_ONE}")
    date = split_wording(wording)
    problem = f"The date “{wording}” cannot be read. {WRITE_ONE}" if date.error else ""
    return EventLine(line, date, " ".join(match["text"].split("\t")), problem, wording)

"""Telling a pasted list's kind by what it says, and reading it within bounds. Pure."""

import json
import re
from collections.abc import Iterable

from stories.source_lists import bibtex, csl_json, ris
from stories.source_lists.checking import check
from stories.source_lists.found import Found, Kind, Problem, SourceList, too_many
from stories.source_lists.plain_lines import read_lines
from stories.source_lists.references import MARKDOWN
from stories.source_lists.tables import Layout, header_of, layout_of, read_table

MAX_BYTES = 2_000_000
MOST_LINES = 50_000
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
STRING = re.compile(r"^@string[^\n]*[})][ \t]*$", re.IGNORECASE | re.MULTILINE)  # what entries may refer to
ENTRIES = {  # counted before they are read; those of JSON when it is taken apart
    Kind.BIBTEX: bibtex.LOOKS_LIKE,
    Kind.RIS: ris.LOOKS_LIKE,
    Kind.TABLE: re.compile(r"^.*\S", re.MULTILINE),
    Kind.LINES: re.compile(r"https?://|www\."),
}
ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")


def read_source_list(text: str) -> SourceList:
    """Read a list of sources, whatever it is written in. Never raises: what cannot be read is among the problems."""
    text = ENDS.sub("\n", text.removeprefix("\ufeff"))
    if not text.strip():
        return SourceList()
    if refusal := _refusal(text):
        return SourceList(problems=[Problem("", refusal, text)], unread=text)
    kind, layout = _kind_of(text)
    if kind in ENTRIES and (refusal := too_many(len(ENTRIES[kind].findall(text)))):
        return SourceList(kind, problems=[Problem("", refusal, text)], unread=text)
    checked = check(_found(text, kind, layout))
    unread = _left(checked.problems, kind, header_of(text, layout) if layout else "\n".join(STRING.findall(text)))
    return SourceList(kind, checked.entries, checked.problems, checked.notes, unread)


def _refusal(text: str) -> str:
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return f"The list is larger than {MAX_BYTES // 1_000_000} MB. Paste a part of it at a time."
    if NO_TEXT.search(text):
        return "This is no text but the inside of some other file. Export it as CSV, BibTeX, RIS or CSL-JSON (UTF-8)."
    if text.count("\n") > MOST_LINES:
        return f"The list has more than {MOST_LINES} lines. Paste a part of it at a time."
    return ""


def _kind_of(text: str) -> tuple[Kind, Layout | None]:
    if csl_json.LOOKS_LIKE.match(text) and not MARKDOWN.match(text.lstrip()):
        return Kind.CSL_JSON, None
    if bibtex.LOOKS_LIKE.search(text):
        return Kind.BIBTEX, None
    if ris.LOOKS_LIKE.search(text):
        return Kind.RIS, None
    layout = layout_of(text)
    return (Kind.TABLE, layout) if layout else (Kind.LINES, None)


def _found(text: str, kind: Kind, layout: Layout | None) -> Iterable[Found]:
    if layout:
        return read_table(text, layout)
    readers = {Kind.BIBTEX: bibtex.read_bibtex, Kind.RIS: ris.read_ris, Kind.CSL_JSON: csl_json.read_csl_json}
    return readers.get(kind, read_lines)(text)


def _left(problems: list[Problem], kind: Kind, header: str) -> str:
    """What the problems are about, written as it was, so that it can be mended and read again."""
    words = [problem.words for problem in problems if problem.words.strip()]
    if not words:
        return ""
    if kind == Kind.CSL_JSON:
        return _as_json(words)
    needed = header and (kind == Kind.TABLE or any("@" in one for one in words))
    return "\n".join([header, *words] if needed else words)


def _as_json(words: list[str]) -> str:
    if len(words) == 1 and words[0].lstrip().startswith("["):
        return words[0]
    try:
        return json.dumps([json.loads(one) for one in words], ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return "\n".join(words)

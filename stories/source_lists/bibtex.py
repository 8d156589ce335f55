"""BibTeX and BibLaTeX: bibtexparser finds entries and fields, their values are read here. Pure."""

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from stories.source_lists.found import Found, Given, Note, Problem
from stories.source_lists.latex import plain
from stories.source_lists.values import web_page_of_doi

LOOKS_LIKE = re.compile(r"^[ \t]*@[A-Za-z]{2,30}[ \t]*[{(]", re.MULTILINE)
MONTHS = dict(zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), range(1, 13), strict=True))
TITLES = ("title", "booktitle")
OUTLETS = """journaltitle journal maintitle newspaper magazine booktitle organization publisher institution
    howpublished""".split()
LANGUAGES = ("langid", "language", "hyphenation")
ARCHIVES = ("archiveurl", "archive-url", "urlarchive", "archivedurl")
ADDRESS = re.compile(r"https?://[^\s{}\"]+")
LONGEST = 20_000  # characters of one value, with all that it refers to
TOO_LONG = "\0"  # stands for a string that grew beyond that
NAMES = 5_000
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it would write what was pasted into the log


class TooLong(ValueError):
    """A value grows beyond what a source can hold."""


def read_bibtex(text: str) -> Iterator[Found]:
    """Each entry of the file."""
    strings: dict[str, str] = {name: str(number) for name, number in MONTHS.items()}
    for block in Splitter(text).split().blocks:
        yield from _read_block(block, strings)


def _read_block(block: Block, strings: dict[str, str]) -> Iterator[Found]:
    place, raw = f"Line {(block.start_line or 0) + 1}", (block.raw or "").strip("\n")
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if isinstance(block, DuplicateFieldKeyBlock):
            twice = ", ".join(sorted(block.duplicate_keys))[:200]
            yield Note(place, f"The entry gives {twice} twice; the first counts.")
        inner = block.ignore_error_block
        if inner is not None:
            yield from _read_block(inner, strings)
    elif isinstance(block, Entry):
        yield _read_entry(block, place, raw, strings)
    elif isinstance(block, String):
        _define(block, strings)
    elif isinstance(block, ParsingFailedBlock):
        yield Problem(place, "This entry is not closed, or a comma or an equals sign is missing in it.", raw)
    elif isinstance(block, ImplicitComment) and not all(_is_comment(line) for line in raw.split("\n")):
        yield Problem(place, "This stands between the entries and belongs to none.", raw)


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("%")


def _define(block: String, strings: dict[str, str]) -> None:
    name = block.key.strip().casefold()[:100]
    try:
        strings[name] = _value(str(block.value), strings)
    except TooLong:
        strings[name] = TOO_LONG


def _read_entry(entry: Entry, place: str, raw: str, strings: Mapping[str, str]) -> Given | Problem:
    try:
        told: dict[str, str] = {}
        for field in entry.fields:
            told.setdefault(field.key.casefold(), _value(str(field.value), strings))
    except TooLong as error:
        return Problem(place, str(error), raw)
    people = told.get("author") or told.get("editor") or ""
    if len(people) > NAMES:
        return Problem(place, f"Its authors take more than {NAMES} characters.", raw)
    title = next((plain(told[name]) for name in TITLES if told.get(name)), "")
    subtitle = plain(told.get("subtitle", ""))
    return Given(
        place,
        raw,
        url=_url(told),
        title=f"{title}: {subtitle}" if title and subtitle else title or subtitle,
        outlet=_outlet(told, title),
        published=_published(told),
        authors=tuple(filter(None, map(_name, split_multiple_persons_names(people)))),
        archive_url=next((_unescaped(told[name]) for name in ARCHIVES if told.get(name)), ""),
        language=next((plain(told[name]) for name in LANGUAGES if told.get(name)), ""),
    )


def _url(told: Mapping[str, str]) -> str:
    written = _unescaped(told.get("url", ""))
    if not written:
        match = ADDRESS.search(f"{told.get('howpublished', '')} {told.get('note', '')}")
        written = _unescaped(match[0].rstrip(".,;)")) if match else ""
    return written or web_page_of_doi(_unescaped(told.get("doi", "")))


def _unescaped(written: str) -> str:
    r"""An address without what LaTeX puts around it: `\url{…}`, braces, `\_`, `\%`, broken lines."""
    bare = re.sub(r"\\(?:url|href|path)\s*", "", written)
    return re.sub(r"\\([_%&#~$])|[{}\s]|\\", lambda match: match[1] or "", bare)


def _outlet(told: Mapping[str, str], title: str) -> str:
    for name in OUTLETS:
        outlet = plain(told.get(name, ""))
        if outlet and outlet != title and not ADDRESS.search(outlet) and "http" not in outlet:
            return outlet
    return ""


def _published(told: Mapping[str, str]) -> str:
    """The date as ISO where it is whole, else what there is of it."""
    if date := plain(told.get("date", "")):
        return date
    year, month, day = (plain(told.get(name, "")) for name in ("year", "month", "day"))
    if match := re.fullmatch(r"(?P<month>[A-Za-z]{3,9}|[0-9]{1,2})[. ~-]+(?P<day>[0-9]{1,2})", month):
        month, day = match["month"], day or match["day"]
    number = MONTHS.get(month[:3].casefold()) or (int(month) if month.isdecimal() and len(month) < 3 else 0)
    if year.isdecimal() and len(year) == 4 and 1 <= number <= 12:
        return f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdecimal() and len(day) < 3 else "")
    return " ".join(filter(None, (year, month, day)))


def _name(written: str) -> str:
    """“Last, First” and “{Corporate Author}” as they are spoken."""
    if written.strip().casefold() == "others":
        return ""
    return plain(parse_single_name_into_parts(written, strict=False).merge_first_name_first)


def _value(raw: str, strings: Mapping[str, str]) -> str:
    """What a value says: its braces or quotation marks taken off, names replaced, pieces joined at each #."""
    pieces = [_piece(piece, strings) for piece in _pieces(raw)]
    if sum(map(len, pieces)) > LONGEST:
        raise TooLong(f"One of its values is longer than {LONGEST} characters.")
    return "".join(pieces)


def _piece(piece: str, strings: Mapping[str, str]) -> str:
    piece = piece.strip()
    if len(piece) > 1 and (piece[0], piece[-1]) in (("{", "}"), ('"', '"')):
        return piece[1:-1]
    known = strings.get(piece.casefold(), piece)
    if known is TOO_LONG:
        raise TooLong(f"One of its values is longer than {LONGEST} characters.")
    return known


def _pieces(raw: str) -> Iterator[str]:
    """The value divided at each # that stands outside braces and quotation marks."""
    if len(raw) > LONGEST:
        raise TooLong(f"One of its values is longer than {LONGEST} characters.")
    begins = depth = 0
    quoted = False
    for match in re.finditer(r"(?<!\\)[{}\"#]", raw):
        if match[0] == '"' and not depth:
            quoted = not quoted
        elif match[0] == "#" and not depth and not quoted:
            yield raw[begins : match.start()]
            begins = match.end()
        elif match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
    yield raw[begins:]

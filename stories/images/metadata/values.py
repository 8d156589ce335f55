"""Values out of files made fit for the Image's fields: storable, in one form, as long as the field may be. Pure."""

import re
from collections.abc import Iterable
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from stories.images.digital_source import SOURCE_TYPES, VOCABULARY
from stories.images.metadata.fillers import is_filler
from stories.web_address import MAX_LENGTH as LONGEST_ADDRESS
from stories.web_address import UnusableAddress, check

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
MOST_PERSONS = 100
MOST_TEXTS = 500  # that are looked at for a list
LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
UNSTORABLE = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
BLANKS = re.compile(r"[ \t\n]+")
EDGES = " \t\n\u00a0"
SOURCE_TYPE = re.compile(
    r"(https?://cv\.iptc\.org/newscodes/digitalsourcetype/|digsrctype:|)([A-Za-z]{1,60})/?", re.IGNORECASE
)
TERMS = {term.lower(): term for term in SOURCE_TYPES}
web_address = URLValidator(schemes=["http", "https"])


def prose(text: str, most: int = LONGEST_TEXT) -> str:
    """Text that may have several lines, without blanks around it and at the ends of its lines."""
    storable = UNSTORABLE.sub("", LINE_BREAK.sub("\n", text[: 4 * most]))
    lines_of_text = (one.rstrip(EDGES) for one in storable.split("\n"))
    return _cut("\n".join(lines_of_text).strip(EDGES), most)


def line(text: str) -> str:
    """Text of one line; a line break becomes a space."""
    return _cut(BLANKS.sub(" ", prose(text)), LONGEST_LINE)


def caption(text: str) -> str:
    """Prose, "" where a camera or program filled it in by itself."""
    words = prose(text)
    return "" if is_filler(words) else words


def lines(texts: Iterable[str], most: int = MOST_PERSONS) -> tuple[str, ...]:
    """Each text as a line, none twice, none empty."""
    return tuple(dict.fromkeys(filter(None, map(line, islice(texts, MOST_TEXTS)))))[:most]


def in_one_line(texts: Iterable[str], between: str = ", ") -> str:
    return line(between.join(lines(texts)))


def address(text: str) -> str:
    """The http(s) address that the text is, "" where it is none."""
    url = text[: 2 * LONGEST_ADDRESS].strip(EDGES + "\0")
    try:
        url = check(f"https://{url}" if url.lower().startswith("www.") else url)
        if url:
            web_address(url)
    except (UnusableAddress, ValidationError):
        return ""
    return url


def digital_source_type(text: str) -> str:
    """The URI of the IPTC's digital source type that is named by URI, qcode or term; "" for anything else.

    A URI of the vocabulary is taken whatever its term: the vocabulary grows.
    """
    named = SOURCE_TYPE.fullmatch(text.strip())
    if not named:
        return ""
    known = TERMS.get(named[2].lower())
    term = known or (named[2] if named[1].lower().startswith("http") else "")
    return VOCABULARY + term if term else ""


def _cut(text: str, most: int) -> str:
    """At most so many characters; what is longer ends after a word, with “…”."""
    if len(text) <= most:
        return text
    whole_words = text[:most].rsplit(None, 1)[0]
    return whole_words[: most - 1].rstrip() + "…"

"""Searching the library by all that is said of its pictures, whatever the case and the accents of a word."""

import re
import unicodedata
from functools import cache
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce
from django.utils.text import smart_split, unescape_string_literal

from stories.images.digital_source import SOURCE_TYPES
from stories.lines_text import LinesText
from stories.models import Image

MOST_WORDS = 12
LETTERS = range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000)  # Latin, Greek, Cyrillic: those with accents
SEARCHED = (
    "headline", "caption", "alt_text", "extended_description", "creator", "credit_line", "copyright_notice",
    "source_name", "source_url", "usage_terms", "web_statement", "licensor_url", "place", "filename", "kill_reason",
)  # fmt: skip


class Joined(Func):
    """Texts as one; none of them may be null."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def matching(pictures: QuerySet[Image], typed: str) -> QuerySet[Image]:
    """Those that have every word of what was typed somewhere; words in quotation marks stand together."""
    words = [_bare(word) for word in smart_split(typed.replace("\x00", ""))][:MOST_WORDS]
    said: Any = Joined(*map(F, SEARCHED), Coalesce(LinesText("persons"), Value("")))
    pictures = pictures.alias(said=said) if words else pictures
    for word in words:
        pictures = pictures.filter(Q(said__iregex=pattern(word)) | _made_as(word))
    return pictures


def pattern(word: str) -> str:
    """A regular expression of the word, in which a letter without accents stands for itself with any."""
    return "".join(map(_letter, unicodedata.normalize("NFC", word)))


def _letter(letter: str) -> str:
    accented = _accented().get(letter.casefold())
    return f"[{letter}{accented}]" if accented else re.escape(letter)


@cache
def _accented() -> dict[str, str]:
    """By letter without accents all those with: “o” has “ö”, “Ó”, “ø” has “ǿ”. Of both cases: not every database knows
    which letters are a pair."""
    found: dict[str, str] = {}
    for letter in map(chr, (number for letters in LETTERS for number in letters)):
        plain = unicodedata.normalize("NFD", letter)[0].casefold()
        if len(plain) == 1 and letter.casefold() != plain:
            found[plain] = found.get(plain, "") + letter
    return found


def _bare(word: str) -> str:
    quoted = len(word) > 1 and word[0] in "\"'" and word[0] == word[-1]
    return unescape_string_literal(word) if quoted else word


def _made_as(word: str) -> Q:
    """Pictures whose digital source type is called so."""
    term = re.compile(pattern(word), re.IGNORECASE)
    called = [kind.uri for kind in SOURCE_TYPES.values() if term.search(f"{kind.label} {kind.told}")]
    return Q(digital_source_type__in=called)

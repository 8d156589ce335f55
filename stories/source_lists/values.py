"""Single values of a list's entries: days, languages, people. Pure."""

import re
from datetime import date

from stories.document import LANGUAGE
from timelines.dates import EventDate, Precision, UnreadableDate

PRECISE = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}:[0-9]{2}[0-9:.,+Zz \-]*")
COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
WEEKDAY = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+(?P<day>.+?)(?:\s+[0-9]{1,2}:[0-9]{2}.*)?", re.IGNORECASE
)
LONGEST_DATE = 100
LANGUAGES = {
    **dict.fromkeys("english american british usenglish ukenglish eng".split(), "en"),
    **dict.fromkeys("german ngerman deutsch austrian naustrian ger deu".split(), "de"),
    **dict.fromkeys("french français francais fre fra".split(), "fr"),
    **dict.fromkeys("spanish español espanol castellano spa".split(), "es"),
    **dict.fromkeys("italian italiano ita".split(), "it"),
    **dict.fromkeys("portuguese português portugues por".split(), "pt"),
    **dict.fromkeys("dutch nederlands dut nld".split(), "nl"),
    **dict.fromkeys("polish polski pol".split(), "pl"),
    **dict.fromkeys("russian русский rus".split(), "ru"),
    **dict.fromkeys("ukrainian українська ukr".split(), "uk"),
    **dict.fromkeys("turkish türkçe tur".split(), "tr"),
    **dict.fromkeys("arabic ara".split(), "ar"),
    **dict.fromkeys("hebrew heb".split(), "he"),
    **dict.fromkeys("persian farsi fas per".split(), "fa"),
    **dict.fromkeys("chinese zho chi".split(), "zh"),
    **dict.fromkeys("japanese jpn".split(), "ja"),
    **dict.fromkeys("korean kor".split(), "ko"),
    **dict.fromkeys("swedish svenska swe".split(), "sv"),
    **dict.fromkeys("danish dansk dan".split(), "da"),
    **dict.fromkeys("norwegian norsk nor".split(), "no"),
    **dict.fromkeys("finnish suomi fin".split(), "fi"),
    **dict.fromkeys("greek ell gre".split(), "el"),
    **dict.fromkeys("hungarian magyar hun".split(), "hu"),
    **dict.fromkeys("czech čeština ces cze".split(), "cs"),
}
DIVIDED = re.compile(r"\s*;\s*|\s*\|\s*|\n+")
AND = re.compile(r"\s+(?:and|&)\s+")


def day_of(written: str) -> tuple[date | None, str]:
    """The day that is written, and a sentence where it is none: a year or a month alone is not a day."""
    written = written.strip()
    if not written:
        return None, ""
    if len(written) > LONGEST_DATE:
        return None, "Its date is too long to be one and was left out."
    try:
        read = EventDate.parse(_plain(written))
    except UnreadableDate:
        return None, f"Its date “{written}” is not a day that can be told for sure; “Published” was left empty."
    if read.precision == Precision.DAY:
        return read.earliest, ""
    return None, f"Its date “{written}” is not a single day; “Published” was left empty."


def _plain(written: str) -> str:
    """Without a clock time or a weekday, which programs write around days."""
    if match := PRECISE.fullmatch(written):
        return match["day"]
    if match := COMPACT.fullmatch(written):
        return f"{match['year']}-{match['month']}-{match['day']}"
    if match := WEEKDAY.fullmatch(written):
        return match["day"]
    return written


def language_of(written: str) -> tuple[str, str]:
    """The language tag that is written or named, and a sentence where it is none."""
    tag = written.strip().replace("_", "-")
    known = LANGUAGES.get(tag.casefold())
    if known or not tag:
        return known or "", ""
    if len(tag) <= 35 and LANGUAGE.fullmatch(tag) and len(tag.split("-")[0]) <= 3:
        return tag, ""
    return "", f"“{written.strip()[:40]}” is no language tag such as “en”; “Language” was left empty."


def people_of(written: str) -> tuple[tuple[str, ...], str]:
    """The names in one cell of a table, as they are spoken, and a sentence where their order is a guess."""
    parts = [part for part in DIVIDED.split(written.strip()) if part]
    if len(parts) > 1:
        return tuple(spoken(part) for part in parts), ""
    parts = [part for part in AND.split(written.strip()) if part]
    if len(parts) > 1 and not any("," in part for part in parts[1:]):
        parts = [name for part in parts for name in (part.split(",") if " " in part.split(",")[0].strip() else [part])]
        return tuple(spoken(part) for part in parts if part.strip()), ""
    if "," not in written:
        return tuple(parts), ""
    names = [name.strip() for name in written.split(",") if name.strip()]
    if len(names) == 2 and " " not in names[0]:
        return (f"{names[1]} {names[0]}",), f"“{written.strip()[:80]}” was taken as one author."
    return tuple(names), f"“{written.strip()[:80]}” was taken as {len(names)} authors."


def spoken(name: str) -> str:
    """“Last, First” and “Last, First, Jr.” as they are spoken: “First Last Jr.”."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    last, first, *rest = [*parts, "", ""] if len(parts) == 1 else [*parts, ""]
    return " ".join(part for part in (first, last, *rest) if part)


def web_page_of_doi(doi: str) -> str:
    """The address at which a DOI leads to its report, "" for what is none."""
    match = re.search(r"10\.[0-9]{4,9}/\S{1,500}", doi)
    return f"https://doi.org/{match[0]}" if match else ""

"""From what a list gives to sources that a story can hold; nothing is cut off, nothing dropped silently. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from stories.document import MAX_SOURCE_NUMBER, SourceEntry, is_visible
from stories.source_lists.found import Found, Given, Note, Problem, short
from stories.source_lists.values import day_of, language_of

WITHOUT_SCHEME = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?::[0-9]{1,5})?(?:[/?#]\S*)?")
MISREAD = re.compile("[\u00c3\u00c2][\u0080-\u00bf]|\u00e2(?:\u20ac|\u0080)|\ufffd")
LABELS = {"archive_url": "archived copy", "url": "address"}
MOST_REPORTED = 200
LONGEST_GUESSED = 300
SPACE = re.compile(r"[ \t\r\n\f\v]+")


@dataclass
class Checked:
    """The sources of a list as far as it has been gone through."""

    entries: list[SourceEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    places: dict[object, int] = field(default_factory=dict)

    def add(self, found: Found) -> None:
        if isinstance(found, Given):
            self._add_given(found)
        elif isinstance(found, Problem):
            self.problems.append(found)
        else:
            self.note(found.place, found.sentence)

    def note(self, place: str, sentence: str) -> None:
        if sentence and len(self.notes) < MOST_REPORTED:
            self.notes.append(Note(place, sentence))

    def _add_given(self, given: Given) -> None:
        notes = list(given.notes)
        entry = _entry(given, notes)
        if isinstance(entry, Problem):
            self.problems.append(entry)
            return
        index = self.places.get(_key(entry))
        if index is None and len(self.entries) == MAX_SOURCE_NUMBER:
            sentence = f"At most {MAX_SOURCE_NUMBER} sources can be added; this one is left."
            self.problems.append(Problem(given.place, sentence, given.words))
            return
        for sentence in notes:
            self.note(given.place, sentence)
        if index is None:
            self.places[_key(entry)] = len(self.entries)
            self.entries.append(entry.model_copy(update={"number": len(self.entries) + 1}))
        else:
            self._join(index, entry, given)

    def _join(self, index: int, entry: SourceEntry, given: Given) -> None:
        """The same report once more: what the first left blank is filled in."""
        first = self.entries[index]
        said = {name: value for name, value in entry if value and name not in ("number", "url")}
        blank = {name: value for name, value in said.items() if not getattr(first, name)}
        left = [name for name, value in said.items() if name not in blank and getattr(first, name) != value]
        self.entries[index] = first.model_copy(update=blank)
        name = short(first.url or first.title)
        words = f" Its {', '.join(LABELS.get(one, one) for one in left)} as given here was left aside." if left else ""
        self.note(given.place, f"“{name}” is in the list twice and is one source.{words}")


def _key(entry: SourceEntry) -> object:
    return entry.url or (entry.title, entry.outlet, entry.published, tuple(entry.authors))


def _entry(given: Given, notes: list[str]) -> SourceEntry | Problem:
    """The source, or why it cannot be one; what is a guess or left out goes to `notes`."""
    url = _in_full(given.url.strip(), notes)
    if not url and not is_visible(given.title):
        return Problem(given.place, "This has neither an address nor a title.", given.words)
    published, no_day = day_of(given.published)
    language, no_language = language_of(given.language)
    if MISREAD.search(f"{given.title} {given.outlet} {' '.join(given.authors)}"):
        notes.append("Some letters look as if the list was read in the wrong encoding. Check its words.")
    notes.extend(filter(None, (no_day, no_language)))
    try:
        return SourceEntry(
            number=1,
            url=url,
            title=_one_line(given.title),
            outlet=_one_line(given.outlet),
            published=published,
            authors=list(dict.fromkeys(name for name in map(_one_line, given.authors) if name)),
            archive_url=given.archive_url.strip(),
            language=language,
        )
    except ValidationError as error:
        return Problem(given.place, _sentence(error), given.words)


def _in_full(url: str, notes: list[str]) -> str:
    if not url or "://" in url or len(url) > LONGEST_GUESSED or not WITHOUT_SCHEME.fullmatch(url):
        return url
    notes.append(f"“{short(url)}” was taken as https://{short(url)}.")
    return f"https://{url}"


def _one_line(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _sentence(error: ValidationError) -> str:
    fault = error.errors()[0]
    name = str(fault["loc"][0])
    label = LABELS.get(name, name)
    if fault["type"] == "string_too_long":
        return f"The {label} is longer than {fault['ctx']['max_length']} characters. Shorten it."
    if fault["type"] == "string_unicode":
        return f"The {label} contains half a character (a lone surrogate). Remove it."
    sentence = fault["msg"].removeprefix("Value error, ")
    return sentence if name == "url" else f"The {label}: {sentence}"


def check(found: Iterable[Found]) -> Checked:
    """Go through all that was found."""
    checked = Checked()
    for one in found:
        checked.add(one)
    return checked

"""Lines that name reports: addresses alone, within words, as Markdown links, numbered or not. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from stories.source_lists.found import Found, Given, Note, Problem, short
from stories.source_lists.references import LONGEST, MARKDOWN, URL, Reference, read_reference

NUMBERED = re.compile(r"^\s*(?:\[\^?[0-9]{1,4}\][.:)]?|[0-9]{1,3}(?:[.)]|\t))\s+(?=\S)")
BULLET = re.compile(r"^\s*[•·‣◦▪●*+–-]\s+")
BARE = re.compile(r"(?<![\w@./-])www\.[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s<>\"”“]*)?", re.IGNORECASE)
IN_ANGLES = re.compile(r"<((?:https?://|www\.)[^\s<>]+)>", re.IGNORECASE)
SEPARATORS = re.compile(r"[\s,;|<>()\[\]·•&/–—-]*(?:and|und|et|y)?[\s,;|<>()\[\]·•&/–—-]*")
YEAR = re.compile(r"[0-9]{4}")
ARCHIVE = re.compile(
    r"https?://(?:web\.archive\.org/web/|archive\.(?:ph|is|today|li|md|vn|fo)/|perma\.cc/|ghostarchive\.org/)", re.I
)
NO_ADDRESS = "There is no web address in this line. Add one that begins with https://, or add the source by hand."


def read_lines(text: str) -> Iterator[Found]:
    """Each line that names a report."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if _come_in_pairs([line for _, line in lines]):
        yield from _read_pairs(lines)
        return
    if any(NUMBERED.match(line) for _, line in lines):
        yield Note("", "The numbers of the list are not kept: the story gives each source its own.")
    for number, line in lines:
        yield from _read_line(f"Line {number}", line)


def _come_in_pairs(lines: list[str]) -> bool:
    """Whether every other line is an address alone, and the lines between them have none."""
    if len(lines) < 2 or len(lines) % 2:
        return False
    named = not any(_has_address(line) for line in lines[::2])
    return named and all(is_address(_bare(line)) for line in lines[1::2])


def _read_pairs(lines: list[tuple[int, str]]) -> Iterator[Found]:
    yield Note("", "Each line without an address was taken as the title of the address below it.")
    for (number, above), (_, below) in zip(lines[::2], lines[1::2], strict=True):
        place, words = f"Line {number}", f"{above}\n{below}"
        if len(words) > LONGEST:
            yield _too_long(place, words)
        else:
            told = read_reference(_bare(above))
            yield replace(_given(place, words, told), url=_address(_bare(below)))


def _read_line(place: str, line: str) -> Iterator[Found]:
    bare = _bare(line)
    if len(line) > LONGEST:
        yield _too_long(place, line)
    elif is_address(bare):
        yield Given(place, line, url=_address(bare))
    elif len(links := list(MARKDOWN.finditer(bare))) > 1:
        yield from _links(place, line, bare, links)
    elif links:
        yield from _worded(place, line, bare)
    elif len(addresses := _addresses(bare)) > 1:
        yield from _several(place, line, bare, addresses)
    elif addresses:
        yield from _worded(place, line, bare)
    else:
        yield from _without_address(place, line, bare)


def _bare(line: str) -> str:
    """Without bullet, number and the brackets around an address."""
    return IN_ANGLES.sub(r"\1", NUMBERED.sub("", BULLET.sub("", line))).strip()


def _has_address(line: str) -> bool:
    return "://" in line or bool(BARE.search(line))


def is_address(text: str) -> bool:
    """Whether this is one web address and nothing else."""
    return bool(URL.fullmatch(text) or BARE.fullmatch(text))


def _address(text: str) -> str:
    written = text.rstrip(".,;:!?»’'")
    while written.endswith(")") and written.count(")") > written.count("("):
        written = written[:-1]
    return written


def _addresses(text: str) -> list[str]:
    return [_address(match[0]) for match in URL.finditer(text)] or [match[0] for match in BARE.finditer(text)]


def _given(place: str, words: str, told: Reference) -> Given:
    published = told.published.isoformat() if told.published else ""
    return Given(place, words, told.url, told.title, told.outlet, published)


def _worded(place: str, line: str, bare: str) -> Iterator[Found]:
    """An address and words: what they are is told by their order and signs, which is a guess."""
    told = read_reference(bare)
    if not told.url:
        url = _addresses(bare)[0]
        told = replace(read_reference(bare.replace(url, " ", 1)), url=url)
    yield _given(place, line, told)


def _links(place: str, line: str, bare: str, links: list[re.Match[str]]) -> Iterator[Found]:
    for link in links:
        yield Given(place, line, url=link["url"], title=link["title"])
    rest = MARKDOWN.sub(" ", bare)
    if not SEPARATORS.fullmatch(rest):
        yield Note(place, f"Beside its links the line says “{short(rest)}”, which was left aside.")


def _several(place: str, line: str, bare: str, addresses: list[str]) -> Iterator[Found]:
    """Several addresses: each a source where they stand alone, a report and its archived copy, or not to be told."""
    copies = [address for address in addresses if ARCHIVE.match(address)]
    pages = [address for address in addresses if not ARCHIVE.match(address)]
    if len(copies) == len(pages) == 1:
        told = read_reference(bare.replace(copies[0], " ", 1))
        yield replace(_given(place, line, replace(told, url=pages[0])), archive_url=copies[0])
    elif SEPARATORS.fullmatch(_without(bare, addresses)):
        yield from (Given(place, line, url=address) for address in addresses)
    else:
        sentence = f"This line has {len(addresses)} addresses among its words. Put each on a line of its own."
        yield Problem(place, sentence, line)


def _without(text: str, addresses: list[str]) -> str:
    for address in sorted(addresses, key=len, reverse=True):
        text = text.replace(address, " ", 1)
    return text


def _without_address(place: str, line: str, bare: str) -> Iterator[Found]:
    told = read_reference(bare) if YEAR.search(bare) else Reference()
    if told.title and told.outlet and told.published:
        yield replace(_given(place, line, told), notes=("It has no address and was taken as a report without one.",))
    else:
        yield Problem(place, NO_ADDRESS, line)


def _too_long(place: str, words: str) -> Problem:
    return Problem(place, f"This is longer than {LONGEST} characters, too long for one source.", words)

"""Names: surnames that one story gives with two different first names. Pure.

A name is a run of capitalised words. What a program cannot tell from a name is left out by three rules: words that
the story also writes small, words from the lists below, and runs behind an article.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NOUNS_CAPITALISED = frozenset({"de", "lb", "als", "gsw", "nds"})
PARTICLES = frozenset("von van der den de da di du del della dos la le al el bin ibn ben ter ten zu".split())
ARTICLES = frozenset("the a an this that these those le la les el los las il o os as".split())
TITLES = frozenset(
    """president vice prime minister premier chancellor secretary state king queen prince princess duke duchess pope
    sir lord lady dame mr mrs ms miss mx dr prof professor general gen lieutenant lt colonel col captain capt
    admiral adm major maj sergeant sgt commander senator sen representative rep congressman congresswoman
    governor gov mayor judge justice chief ambassador envoy speaker chairman chairwoman chair director
    commissioner deputy former acting saint st father sister brother rev reverend bishop archbishop cardinal
    imam rabbi sheikh emir sultan leader foreign defence defense finance interior attorney inspector detective
    officer spokesman spokeswoman""".split()
)
FUNCTION_WORDS = frozenset(
    """a an the and or but nor so yet if as at by for from in into of off on onto out over to up with without after
    before while when where since until till because although though unless once than then that this these those
    there here he she it they we you i his her its their our your my who whom whose which what why how not no
    yes both either neither each every all any some many most more few several other another such same only also
    still even just now today yesterday tomorrow later earlier meanwhile however nevertheless moreover instead
    according despite during about against among between under within through across around near above below
    behind beyond amid per via like unlike had has have was were is are be been did does do will would can could
    may might must shall should let one two three four five six seven eight nine ten first second third last
    next""".split()
)
NO_FIRST_NAMES = frozenset(
    """north south east west northern southern eastern western central new old upper lower great greater big little san
    santa saint los las port fort mount lake cape early late mid spring summer autumn fall winter""".split()
)
NO_SURNAMES = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday council house street road
    avenue square minister ministry union party court bank city town county region province oblast district
    state states kingdom republic federation nations river sea lake ocean strait bay gulf island islands isles
    mountain mountains valley hills coast war day days week month year university institute college school
    academy department office agency authority commission committee board bureau service services centre center
    station terminal port airport harbour harbor bridge tower hall hotel museum theatre theater church park
    times post news herald tribune courier gazette journal guardian press radio television agreement accord
    treaty convention protocol act law bill plan summit talks forum conference congress parliament senate
    assembly administration government army force forces navy guard police group company corporation line lines
    ferries association foundation society club league cup games prize fund programme program project report
    review observatory korea guinea ireland africa america asia europe""".split()
)

_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*\.?")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A surname with two first names, each with the place where it stands first."""

    surname: str
    first_names: tuple[str, str]
    places: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Mention:
    names: tuple[str, ...]
    surname: str
    place: str


def name_conflicts(texts: Iterable[tuple[str, str]], language: str = "en") -> list[Conflict]:
    """Surnames with two first names in texts given as (place, text); one conflict a surname, in the texts' order.

    Relatives are found as well. Languages that capitalise all nouns are left alone.
    """
    if language.lower().split("-")[0] in NOUNS_CAPITALISED:
        return []
    texts = list(texts)
    small = {word for _, text in texts for word in re.findall(r"[^\W\d_]+", text) if word.islower()}
    mentions: dict[str, list[_Mention]] = defaultdict(list)
    for place, text in texts:
        for mention in _mentions(place, text, small):
            mentions[mention.surname].append(mention)
    found = (_first_conflict(group) for group in mentions.values())
    return [conflict for conflict in found if conflict]


def _first_conflict(mentions: list[_Mention]) -> Conflict | None:
    one = mentions[0]
    for other in mentions[1:]:
        if not any(_may_be_one(a, b) for a in one.names for b in other.names):
            return Conflict(one.surname, (one.names[-1], other.names[-1]), (one.place, other.place))
    return None


def _may_be_one(one: str, other: str) -> bool:
    """Equal names, and short forms: Alex and Alexander."""
    one, other = one.casefold(), other.casefold()
    return one.startswith(other) or other.startswith(one)


def _mentions(place: str, text: str, small: set[str]) -> Iterator[_Mention]:
    for run in _runs(text):
        *names, surname = [word for word in run if not _is_title(word)] or [""]
        names = [name for name in names if _is_first_name(name, small)]
        if names and _is_surname(surname, small):
            yield _Mention(tuple(names), surname, place)


def _runs(text: str) -> Iterator[list[str]]:
    """Capitalised words that stand behind one another, with no article before them."""
    run: list[str] = []
    end, ended, before, last = 0, False, "", ""
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".")
        goes_on = word[0].isupper() or word in PARTICLES
        if ended or not goes_on or text[end : match.start()].strip():
            if before not in ARTICLES:
                yield run
            run = []
        if word[0].isupper():
            before = before if run else last
            run.append(_POSSESSIVE.sub("", word))
        ended = bool(_POSSESSIVE.search(word)) or (match[0] != word and not _is_title(word))
        last, end = word.casefold(), match.end()
    if before not in ARTICLES:
        yield run


def _is_title(word: str) -> bool:
    return len(word) == 1 or word.casefold() in TITLES


def _is_first_name(word: str, small: set[str]) -> bool:
    key = word.casefold()
    return word[1:].islower() and not {key} & (small | FUNCTION_WORDS | NO_FIRST_NAMES | NO_SURNAMES)


def _is_surname(word: str, small: set[str]) -> bool:
    key = word.casefold()
    return len(word) > 2 and not word.isupper() and not {key} & (small | FUNCTION_WORDS | NO_SURNAMES)

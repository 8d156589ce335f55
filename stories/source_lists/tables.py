"""Tables of sources: CSV, with tabs or with semicolons, with or without a line that names the columns. Pure."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from stories.source_lists.found import Found, Given, Note, Problem, short
from stories.source_lists.plain_lines import is_address
from stories.source_lists.values import day_of, people_of, web_page_of_doi

DELIMITERS = "\t;,|"
SPELLINGS = {
    "url": """url urls link links address webaddress website webpage uri href sourceurl articleurl pageurl permalink
        onlineat adresse lien enlace direccion indirizzo verweis internetadresse""",
    "title": """title headline articletitle name titel titre titulo titolo uberschrift schlagzeile report article
        primarytitle""",
    "outlet": """outlet publication publicationtitle publisher source newspaper site websitetitle sitename media medium
        journal journaltitle containertitle publishedin publishedby quelle zeitung herausgeber publikation editeur
        journalname medio fuente testata verlag""",
    "published": """published date publicationdate publishdate publisheddate publishedon dateofpublication pubdate
        issued datum erschienen veroffentlicht datepublication fecha data""",
    "year": "year publicationyear jahr annee ano anno",
    "authors": """author authors byline by writer writers creator creators autor autoren auteur auteurs autores autore
        verfasser""",
    "archive_url": """archive archiveurl archived archivedat archivelink archivedurl archivedcopy archivecopy snapshot
        waybackurl archiv archivadresse""",
    "language": "language lang languages sprache langue idioma lingua",
    "doi": "doi",
}
MEANINGS = {spelling: name for name, spellings in SPELLINGS.items() for spelling in spellings.split()}
NO_ASIDE = frozenset({"", "no", "nr", "number", "id", "key", "n", "index", "accessed", "accessdate", "itemtype"})
SHOWN = {"url": "address", "published": "day of publication"}
DAY_LIKE = re.compile(r"[0-9]{1,4}[./ -][0-9]{1,2}[./ -][0-9]{1,4}")
RULE = re.compile(r"[\s|:+-]+")
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Row:
    """A row of a table: the line on which it begins, its words to the letter, its cells."""

    line: int
    words: str
    cells: list[str]


@dataclass(frozen=True)
class Layout:
    """How a table is written. `columns` are the meanings of its columns, "" for one that means nothing here; `names`
    what its first line calls them, where it does. `guess` says how columns without names were taken."""

    delimiter: str
    columns: list[str]
    names: list[str] = field(default_factory=list)
    guess: str = ""

    def aside(self, index: int) -> str:
        """The name of a column that means nothing here and may be missed, "" for others."""
        if self.columns[index] or not self.names:
            return ""
        return "" if _folded(self.names[index]) in NO_ASIDE else self.names[index].strip()


def layout_of(text: str) -> Layout | None:
    """How the text is a table, or None where it is none."""
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:200]
    if not lines:
        return None
    for delimiter in DELIMITERS:
        names = next(_cells([lines[0]], delimiter), [])
        columns = [MEANINGS.get(_folded(name), "") for name in names[:MOST_COLUMNS]]
        meant = set(filter(None, columns))
        if ("url" in meant and len(lines) > 1) or ({"url", "title", "doi"} & meant and len(meant) > 1):
            once = [name if columns.index(name) == index else "" for index, name in enumerate(columns)]
            return Layout(delimiter, once, names)
    return next(filter(None, (_without_header(lines, delimiter) for delimiter in DELIMITERS)), None)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


def _cells(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    except csv.Error:
        return


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"“{short(name, 30)}”" for name in names[:12])
    return shown if len(names) <= 12 else f"{shown} and {len(names) - 12} more"


def _without_header(lines: list[str], delimiter: str) -> Layout | None:
    """A table without names: of one width, one column of addresses, the rest told by what it holds."""
    if delimiter == "," and any(re.search(r",\s", re.sub(r'"[^"]*"', "", line)) for line in lines):
        return None
    rows = list(_cells(lines, delimiter))
    width = len(rows[0]) if rows else 0
    if not 2 <= width <= MOST_COLUMNS or any(len(row) != width for row in rows):
        return None
    by_column = [[row[index].strip() for row in rows] for index in range(width)]
    addresses = [index for index, cells in enumerate(by_column) if all(is_address(cell) for cell in cells)]
    if len(addresses) != 1:
        return None
    columns = ["url" if index == addresses[0] else _meaning(cells) for index, cells in enumerate(by_column)]
    _name_texts(columns, by_column)
    named = ", ".join(f"{index} as {SHOWN.get(name, name)}" for index, name in enumerate(columns, 1) if name)
    aside = [str(index) for index, name in enumerate(columns, 1) if not name]
    rest = f" Left aside: column {', '.join(aside)}." if aside else ""
    return Layout(delimiter, columns, guess=f"The columns have no names. They were taken: {named}.{rest}")


def _meaning(cells: list[str]) -> str:
    filled = [cell for cell in cells if cell]
    if not filled or all(cell.isdecimal() and len(cell) < 4 for cell in filled):
        return ""
    return "published" if all(DAY_LIKE.fullmatch(cell) or day_of(cell)[0] for cell in filled) else "text"


def _name_texts(columns: list[str], by_column: list[list[str]]) -> None:
    """The longest texts are titles, the next column of texts is the outlet."""
    texts = [index for index, name in enumerate(columns) if name == "text"]
    titles = max(texts, key=lambda index: sum(map(len, by_column[index])), default=None)
    rest = [index for index in texts if index != titles]
    for index in texts:
        columns[index] = "title" if index == titles else "outlet" if index == rest[0] else ""
    for index in [index for index, name in enumerate(columns) if name == "published"][1:]:
        columns[index] = ""


def read_table(text: str, layout: Layout) -> Iterator[Found]:
    """Each row of the table."""
    if layout.guess:
        yield Note("", layout.guess)
    aside: dict[str, None] = {}
    for row in _rows(text, layout):
        if isinstance(row, Problem):
            yield row
        elif any(cell.strip() for cell in row.cells) and not RULE.fullmatch(row.words):
            yield _read_row(row, layout)
            said = zip(range(len(layout.columns)), row.cells, strict=False)
            aside.update({layout.aside(index): None for index, cell in said if cell.strip()})
    if names := list(filter(None, aside)):
        yield Note("", f"Left aside: the column{'s' if len(names) > 1 else ''} {_listed(names)}.")


def header_of(text: str, layout: Layout) -> str:
    """The line that names the columns, to be given back with the rows that could not be read."""
    return next(line for line in text.split("\n") if line.strip()) if layout.names else ""


def _rows(text: str, layout: Layout) -> Iterator[Row | Problem]:
    lines = text.split("\n")
    reader, begins, is_first = (
        csv.reader((f"{line}\n" for line in lines), delimiter=layout.delimiter, skipinitialspace=True),
        0,
        True,
    )
    while begins < len(lines):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            words = "\n".join(lines[begins:])
            yield Problem(f"Line {begins + 1}", "From here on this is no table: a quotation mark is not closed.", words)
            return
        words, line, begins = "\n".join(lines[begins : reader.line_num]), begins + 1, reader.line_num
        if words.strip() and not (is_first and layout.names):
            yield Row(line, words, cells)
        is_first = is_first and not words.strip()


def _read_row(row: Row, layout: Layout) -> Given | Problem:
    place = f"Line {row.line}"
    if any(cell.strip() for cell in row.cells[len(layout.columns) :]):
        sentence = f"The row has {len(row.cells)} cells, the table {len(layout.columns)} columns. Put quotation marks "
        return Problem(place, f"{sentence}around texts that hold “{layout.delimiter}”.", row.words)
    if row.words.count("\n") > 20:
        return Problem(place, "The row runs over many lines: a quotation mark is not closed.", row.words)
    told = {name: cell.strip() for name, cell in zip(layout.columns, row.cells, strict=False) if name}
    authors, guess = people_of(told.get("authors", "")[:20_000])
    return Given(
        place,
        row.words,
        url=told.get("url", "") or web_page_of_doi(told.get("doi", "")),
        title=told.get("title", ""),
        outlet=told.get("outlet", ""),
        published=told.get("published", "") or told.get("year", ""),
        authors=authors,
        archive_url=told.get("archive_url", ""),
        language=told.get("language", ""),
        notes=(guess,) if guess else (),
    )

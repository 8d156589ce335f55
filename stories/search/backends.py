"""What each database has for search, behind one interface: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Words are folded and stemmed before they come here, so neither database parses a text.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple, Protocol

from django.db import connection

from stories.search.query import Query, Term

FIELDS = ("headline", "standfirst", "body", "sources")  # from what weighs most to what weighs least
WEIGHTS = (10.0, 4.0, 1.5, 1.0)
POSITIONS = 16_383  # as many as a tsvector tells apart
MOST_BYTES = 900_000  # of a tsvector as it is written; PostgreSQL takes 1,048,575 of words and positions
FRESH = 60.0  # days after which a story counts for half of a new one that fits as well


class Fields(NamedTuple):
    """A Version's words by field, and those of its headline as they are written, for what is typed only in part."""

    headline: list[str]
    standfirst: list[str]
    body: list[str]
    sources: list[str]
    beginnings: list[str]


class Sql(NamedTuple):
    """A statement that selects `id` (of a SearchEntry) and `score` (more is better, above 0), with its parameters."""

    text: str
    parameters: list[Any]


class Backend(Protocol):
    def write(self, entries: dict[int, Fields]) -> None:
        """Put the words of entries that are new in the index."""

    def matching(self, query: Query, *, in_headlines: bool = False) -> Sql: ...

    def score(self, match: str, updated: str) -> str:
        """The SQL by which hits are ordered: how well the words fit, less for what is old; takes the moment twice."""


class Fts5:
    """SQLite. A trigger drops an entry's words with the entry."""

    TABLE = "stories_search_words"

    def write(self, entries: dict[int, Fields]) -> None:
        columns = ("rowid", *Fields._fields)
        sql = f"INSERT INTO {self.TABLE} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(key, *map(" ".join, fields)) for key, fields in entries.items()])

    def matching(self, query: Query, *, in_headlines: bool = False) -> Sql:
        columns = ["beginnings"] if in_headlines else FIELDS
        wanted = " AND ".join(map(self._term, query.wanted))
        unwanted = "".join(f" NOT {self._term(term)}" for term in query.unwanted)
        weights = ", ".join(map(str, (*WEIGHTS, 1.0)))
        text = (
            f"SELECT rowid AS id, -bm25({self.TABLE}, {weights}) AS score FROM {self.TABLE} WHERE {self.TABLE} MATCH %s"
        )
        return Sql(text, [f"{{{' '.join(columns)}}} : (({wanted}){unwanted})"])

    def _term(self, term: Term) -> str:
        star = "*" if term.is_prefix else ""
        return "(" + " OR ".join(f'"{" ".join(words)}"{star}' for words in term.choices) + ")"

    def score(self, match: str, updated: str) -> str:
        age = f"(julianday(%s) - julianday({updated}))"
        return f"{match} / (1.0 + max({age}, 0.0) / {FRESH})"


class TextSearch:
    """PostgreSQL. The vectors are columns of the entry."""

    def write(self, entries: dict[int, Fields]) -> None:
        sql = "UPDATE stories_searchentry SET words = %s::tsvector, beginnings = %s::tsvector WHERE id = %s"
        rows = [(vector(fields[:4]), vector([fields.beginnings]), key) for key, fields in entries.items()]
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def matching(self, query: Query, *, in_headlines: bool = False) -> Sql:
        column = "beginnings" if in_headlines else "words"
        wanted = " & ".join(map(self._term, query.wanted))
        unwanted = "".join(f" & !{self._term(term)}" for term in query.unwanted)
        weights = "{" + ", ".join(str(weight / WEIGHTS[0]) for weight in reversed(WEIGHTS)) + "}"
        fit = f"ts_rank(%s, {column}, %s::tsquery, 1)"
        text = f"SELECT id, {fit} AS score FROM stories_searchentry WHERE {column} @@ %s::tsquery"
        asked = f"({wanted}){unwanted}"
        return Sql(text, [weights, asked, asked])

    def _term(self, term: Term) -> str:
        star = ":*" if term.is_prefix else ""
        return "(" + " | ".join(f"({' <-> '.join(map(repr, words))}{star})" for words in term.choices) + ")"

    def score(self, match: str, updated: str) -> str:
        age = f"extract(epoch FROM (%s - {updated})) / 86400.0"
        return f"{match} / (1.0 + greatest({age}, 0.0) / {FRESH})"


def backend() -> Backend:
    return TextSearch() if connection.vendor == "postgresql" else Fts5()


def vector(fields: Collection[list[str]]) -> str:
    """A tsvector as PostgreSQL reads it: `'berth':3A,17C`. Words have no quotes in them.

    Of a text with more different words than PostgreSQL takes, the last new ones are left out.
    """
    places: dict[str, list[str]] = defaultdict(list)
    place, size = 0, 0
    for weight, words in zip("ABCD", fields, strict=False):
        for word in words:
            place += 1
            size += 8 + (0 if word in places else len(word.encode()))
            if size <= MOST_BYTES or word in places:
                places[word].append(f"{min(place, POSITIONS)}{weight}")
        place += 1  # a phrase does not go on from one field into the next
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())

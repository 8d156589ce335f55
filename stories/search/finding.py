"""What readers find: live Versions that say what is asked for, the best first, counted by topic, outlet and age."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from stories.models import SearchOutlet, Version
from stories.models.version import VersionQuerySet
from stories.search.backends import Sql, backend
from stories.search.query import Query

PAGE_LENGTH = 20
AGES = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30), "year": timedelta(days=365)}
BY_FIT = "ORDER BY fit DESC, live.updated DESC, live.pk DESC LIMIT %s OFFSET %s"
MOST_OUTLETS = 12  # that are offered to choose from


@dataclass(frozen=True)
class Narrowing:
    """Which of the hits are shown: of a topic (its slug), resting on an outlet (its name), updated within an age (of
    AGES) or between two moments. What is None narrows nothing."""

    topic: str | None = None
    outlet: str | None = None
    age: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def of(self, versions: VersionQuerySet, at: datetime) -> VersionQuerySet:
        if self.topic is not None:
            versions = versions.filter(topic__slug=self.topic)
        if self.outlet is not None:
            resting = SearchOutlet.objects.filter(name=self.outlet)
            versions = versions.filter(search_entry__in=resting.values("entry"))
        since = at - AGES[self.age] if self.age else self.since
        if since is not None:
            versions = versions.filter(updated__gte=since)
        return versions.filter(updated__lt=self.until) if self.until and not self.age else versions


class Count(NamedTuple):
    """One of what the hits can be narrowed to: its value in an address, its name, and how many hits it has."""

    value: str
    name: str
    hits: int


class Hit(NamedTuple):
    pk: int
    score: float


@dataclass(frozen=True)
class Search:
    """A query at a moment. Each method is one statement, whose cost grows with the hits alone."""

    query: Query
    narrowing: Narrowing
    at: datetime

    def hits(self, start: int = 0, length: int = PAGE_LENGTH) -> list[Hit]:
        scored = backend().score("found.score", "live.updated")
        columns = f"live.pk, {scored} AS fit"
        rows = self._rows(columns, self.narrowing, BY_FIT, before=[self.at], after=[length, start])
        return [Hit(*row) for row in rows]

    def count(self) -> int:
        [(count,)] = self._rows("count(*)", self.narrowing)
        return int(count)

    def topics(self) -> list[Count]:
        """With whatever else the hits are narrowed by, as `outlets` and `ages` are."""
        rest = replace(self.narrowing, topic=None)
        rows = self._rows(
            "topic.slug, topic.name, count(*)",
            rest,
            "JOIN stories_topic topic ON topic.id = live.topic GROUP BY topic.slug, topic.name, topic.position"
            " ORDER BY topic.position, topic.name",
        )
        return [Count(*row) for row in rows]

    def outlets(self) -> list[Count]:
        rest = replace(self.narrowing, outlet=None)
        rows = self._rows(
            "outlet.name, count(*)",
            rest,
            "JOIN stories_searchoutlet outlet ON outlet.entry_id = found.id GROUP BY outlet.name"
            " ORDER BY count(*) DESC, outlet.name LIMIT %s",
            after=[MOST_OUTLETS],
        )
        return [Count(name, name, count) for name, count in rows]

    def ages(self) -> dict[str, int]:
        rest = replace(self.narrowing, age=None, since=None, until=None)
        within = ", ".join(["count(CASE WHEN live.updated >= %s THEN 1 END)"] * len(AGES))
        [counts] = self._rows(within, rest, before=[self.at - age for age in AGES.values()])
        return dict(zip(AGES, counts, strict=True))

    def _rows(
        self,
        columns: str,
        narrowing: Narrowing,
        rest: str = "",
        *,
        before: Iterable[Any] = (),
        after: Iterable[Any] = (),
    ) -> list[tuple[Any, ...]]:
        versions = narrowing.of(Version.objects.live(self.at), self.at)
        return _select(backend().matching(self.query), versions, columns, rest, before, after)


def _select(
    found: Sql, versions: VersionQuerySet, columns: str, rest: str, before: Iterable[Any], after: Iterable[Any]
) -> list[tuple[Any, ...]]:
    """Rows of `found` (id, score) joined to the Versions as `live` (pk, entry, updated, topic)."""
    named = versions.filter(search_entry__isnull=False).order_by()
    live, parameters = named.values_list("pk", "search_entry", "updated", "topic").query.sql_with_params()
    tables = f"WITH found AS ({found.text}), live(pk, entry, updated, topic) AS ({live})"
    given = [*found.parameters, *parameters, *map(_stored, before), *after]
    with connection.cursor() as cursor:
        cursor.execute(f"{tables} SELECT {columns} FROM found JOIN live ON live.entry = found.id {rest}", given)
        return cursor.fetchall()


def _stored(value: Any) -> Any:
    """A moment as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def suggested(query: Query, at: datetime, length: int) -> list[int]:
    """Live Versions in whose headlines all the words stand, the best first."""
    found = backend().matching(query, in_headlines=True)
    scored = backend().score("found.score", "live.updated")
    rows = _select(found, Version.objects.live(at), f"live.pk, {scored} AS fit", BY_FIT, [at], [length, 0])
    return [pk for pk, _ in rows]

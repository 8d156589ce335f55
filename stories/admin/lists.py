"""What the newsroom's lists count, filter by, and search in."""

from typing import Any

from django.contrib import admin
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.http import HttpRequest


class LinesText(Func):
    """A JSON list of texts as one text, so that a search finds what stands in it.

    SQLite keeps JSON with all but ASCII escaped, hence takes it apart first.
    """

    template = "CAST(%(expressions)s AS text)"
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        apart = "(SELECT group_concat(value, ' ') FROM json_each(%(expressions)s))"
        return self.as_sql(compiler, connection, template=apart, **context)


class Choice(admin.SimpleListFilter):
    """A filter whose choices are each a condition."""

    conditions: dict[str, tuple[str, Q]]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.conditions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        _, condition = self.conditions.get(self.value() or "", ("", Q()))
        return queryset.filter(condition)


def count_of(rows: QuerySet[Any], by: str, *, distinct: str = "pk") -> Coalesce:
    """How many of `rows` point at each row of a list by their foreign key `by`. Costs only the rows of one page."""
    mine = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    counted = mine.annotate(count=Count(distinct, distinct=True)).values("count")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())

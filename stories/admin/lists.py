"""What the newsroom's lists count and filter by."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest


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

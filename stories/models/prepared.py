"""Prepared: a read that is built and compiled once in a process.

A reader's page needs three small reads. Django takes several times longer to build and compile each of them than to
send it and fetch its rows, and nothing of that depends on which story or which moment is asked for.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

Value = datetime | UUID | str | int
Converters = list[tuple[int, list[Any], Any]]

STAND_INS: dict[type, Callable[[int], Value]] = {
    datetime: lambda place: datetime(1000 + place, 1, 1, tzinfo=UTC),
    UUID: lambda place: UUID(int=2**128 - 1 - place),
    str: lambda place: f"\N{REPLACEMENT CHARACTER}{place}",
    int: lambda place: 1_900_000_000 + place,
}


class Plan(NamedTuple):
    """A compiled read: where `parameters` name an argument, its value goes there; the others are fixed."""

    sql: str
    parameters: list[tuple[str, Any]]
    converters: Converters


class Prepared:
    """The rows of the queryset that `build` makes of its arguments: `Prepared(build, at=datetime)(at=now)`.

    To be compiled, `build` gets a stand-in of the type named for each argument. It may only compare columns with
    them, none being None, and ends in `values_list()` of plain columns.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **types: type) -> None:
        self.build, self.types = build, types
        self.plans: dict[str, Plan] = {}

    def __call__(self, **values: Value) -> list[tuple[Any, ...]]:
        connection = connections[DEFAULT_DB_ALIAS]
        plan = self.plans.get(connection.vendor) or self.compile(connection)
        given = {name: _stored(value, connection) for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, [given[name] if name else fixed for name, fixed in plan.parameters])
            rows = cursor.fetchall()
        return [_converted(row, plan.converters, connection) for row in rows]

    def compile(self, connection: Any) -> Plan:
        stand_ins = {name: STAND_INS[kind](place) for place, (name, kind) in enumerate(self.types.items())}
        names = {_stored(value, connection): name for name, value in stand_ins.items()}
        compiler = self.build(**stand_ins).query.get_compiler(connection.alias)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select]).items()
        plan = self.plans[connection.vendor] = Plan(
            sql,
            [(names.get(parameter, ""), parameter) for parameter in parameters],
            [(place, functions, column) for place, (functions, column) in converters],
        )
        return plan


def _stored(value: Value, connection: Any) -> Any:
    """The value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _converted(row: Sequence[Any], converters: Converters, connection: Any) -> tuple[Any, ...]:
    values = list(row)
    for place, functions, column in converters:
        for function in functions:
            values[place] = function(values[place], column, connection)
    return tuple(values)

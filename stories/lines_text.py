"""A JSON list of texts as the databases search it."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField
from django.db.models.sql.compiler import SQLCompiler


class LinesText(Func):
    """The list as one text, so that a search finds what stands in it. Null for an empty list on SQLite.

    SQLite keeps JSON with all but ASCII escaped, hence takes it apart first.
    """

    template = "CAST(%(expressions)s AS text)"
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        apart = "(SELECT group_concat(value, ' ') FROM json_each(%(expressions)s))"
        return self.as_sql(compiler, connection, template=apart, **context)

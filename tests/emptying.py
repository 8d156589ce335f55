"""Emptying the database after a test that committed: what has rows, and never what migrations put there.

Django truncates every table and then makes all permissions anew. That takes most of a second on PostgreSQL, and there
are hundreds of such tests.
"""

from functools import cache
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
Rights = frozenset[tuple[str, str | None, str | None]]


def empty_quickly() -> None:
    """From now on, for this process; the database is as migrations made it."""
    rights = rights_of_groups()

    def tear_down(case: Any) -> None:
        for alias in case._databases_names(include_mirrors=False):
            empty(alias)
        if rights_of_groups() != rights:
            Group.objects.all().delete()  # whoever needs a role makes it (`member`)
            ContentType.objects.clear_cache()

    TransactionTestCase._fixture_teardown = tear_down  # type: ignore[attr-defined]


def empty(alias: str) -> None:
    connection = connections[alias]
    quoted = connection.ops.quote_name
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")  # PostgreSQL's are deferred by themselves
        full = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quoted(table)})" for table in tables(alias)
        )
        cursor.execute(full)
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {quoted(table)}")


@cache
def tables(alias: str) -> list[str]:
    found = connections[alias].introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(found) - KEPT)


def rights_of_groups() -> Rights:
    columns = ("name", "permissions__content_type__model", "permissions__codename")
    return frozenset(Group.objects.values_list(*columns))

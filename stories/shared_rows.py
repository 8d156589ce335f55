"""Holding what stories share: addresses, the tree of parents, Topics, Outlets, Articles and Images."""

from django.db import connection

LOCK = 5_213_377  # any number, the same in every process


def hold_shared_rows() -> None:
    """Let nobody else look for or make rows that stories share until the transaction ends.

    Take it before looking whether such a row is there, and after the Story row: always in that order, so that nobody
    waits for somebody who waits for them. On SQLite a transaction holds the whole database from its beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

"""Looks for values that must lie nowhere in the open: in every column of every table, as text or as bytes."""

from collections.abc import Collection

from django.db import connection
from psycopg import sql


def tables() -> list[str]:
    """Every table of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def found(values: Collection[str]) -> list[tuple[str, str]]:
    """Table and value, wherever one of the values stands in the open (whole rows are read as text, jsonb included)."""
    pattern = "|".join(f"{value}|{value.encode().hex()}" for value in sorted(values))
    hits: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for table in tables():
            query = sql.SQL("SELECT DISTINCT (regexp_matches(t::text, %s, 'g'))[1] FROM {} AS t").format(
                sql.Identifier(table)
            )
            cursor.execute(query, [f"({pattern})"])
            hits.extend((table, value) for (value,) in cursor.fetchall())
    return hits

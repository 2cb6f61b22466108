"""Set-based inserts for the hot path: one statement per table, its column list generated from the model."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], columns: tuple[str, ...], conflict: str, returning: str) -> str:
    quote = connection.ops.quote_name
    types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
    arrays = ", ".join(f"%s::{types[column]}[]" for column in columns)
    names = ", ".join(quote(column) for column in columns)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608
    if conflict:
        sql += f" ON CONFLICT ({conflict}) DO NOTHING"
    return sql + (f" RETURNING {returning}" if returning else "")


def insert_rows(
    model: type[models.Model], rows: Sequence[Mapping[str, Any]], *, conflict: str = "", returning: str = ""
) -> list[tuple]:
    """Insert plain column values (not field values: seal before) in one statement; columns as in the first row.

    `conflict` names the columns on which a second row is silently left out; `returning` the columns to hear back.
    """
    if not rows:
        return []
    columns = tuple(rows[0])
    json_columns = {f.column for f in model._meta.concrete_fields if isinstance(f, models.JSONField)}
    arrays = [
        [None if row[c] is None else Jsonb(row[c]) for row in rows] if c in json_columns else [row[c] for row in rows]
        for c in columns
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, columns, conflict, returning), arrays)
        return cursor.fetchall() if returning else []


def copy_rows(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert plain column values by COPY, columns as in the first row: for loads of thousands, arrays allowed."""
    if not rows:
        return
    columns = tuple(rows[0])
    quote = connection.ops.quote_name
    json_columns = {f.column for f in model._meta.concrete_fields if isinstance(f, models.JSONField)}
    sql = f"COPY {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(
                [Jsonb(row[c]) if c in json_columns and row[c] is not None else row[c] for c in columns]
            )  # fmt: skip

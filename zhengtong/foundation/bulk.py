"""Set-based statements for the hot path: one prepared statement per table, its columns generated from the model.

Rows travel as one JSON document, which PostgreSQL takes apart by the table's own column types: a tenth of what
arrays of parameters cost here, and less there too.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

Row = Mapping[str, Any]


def _plain(value: Any) -> Any:
    """What msgspec does not know: a text or a mapping of a class of ours."""
    return str(value) if isinstance(value, str) else dict(value)


_json = msgspec.json.Encoder(enc_hook=_plain)


@lru_cache(maxsize=128)
def _statement(model: type[models.Model], columns: tuple[str, ...], conflict: str, returning: str) -> str:
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    sql = f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
    if conflict:
        sql += f" ON CONFLICT ({conflict}) DO NOTHING"
    return sql + (f" RETURNING {returning}" if returning else "")


@lru_cache(maxsize=128)
def _columns_of(model: type[models.Model], kind: type[models.Field]) -> frozenset[str]:
    return frozenset(str(field.column) for field in model._meta.concrete_fields if isinstance(field, kind))


def _document(model: type[models.Model], rows: Sequence[Row]) -> str:
    binary = _columns_of(model, models.BinaryField) & rows[0].keys()
    if binary:
        rows = [
            {**row, **{column: row[column] and f"\\x{row[column].hex()}" for column in binary}} for row in rows
        ]  # fmt: skip
    return _json.encode(rows).decode()


def cursor() -> CursorWrapper:
    """A cursor whose parameters the server binds, so that its statements are prepared after a few uses."""
    connection.ensure_connection()
    return connection.make_cursor(ServerBindingCursor(connection.connection))  # type: ignore[call-arg, arg-type]


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements within are sent without waiting for each other; an error of any comes out at the end."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def fetch(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query that is prepared."""
    with cursor() as asking:
        asking.execute(sql, parameters)
        return asking.fetchall()


def insert_rows(
    model: type[models.Model], rows: Sequence[Row], *, conflict: str = "", returning: str = ""
) -> list[tuple[Any, ...]]:
    """Insert plain column values (not field values: seal before) in one statement; columns as in the first row.

    `conflict` names the columns on which a second row is silently left out; `returning` the columns to hear back.
    """
    if not rows:
        return []
    with cursor() as writing:
        writing.execute(_statement(model, tuple(rows[0]), conflict, returning), [_document(model, rows)])
        return writing.fetchall() if returning else []


def copy_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert plain column values by COPY, columns as in the first row: for loads of thousands, arrays allowed."""
    if not rows:
        return
    columns = tuple(rows[0])
    quote = connection.ops.quote_name
    json_columns = _columns_of(model, models.JSONField)
    sql = f"COPY {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.cursor() as copying, copying.cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(
                [_json.encode(row[c]).decode() if c in json_columns and row[c] is not None else row[c] for c in columns]
            )

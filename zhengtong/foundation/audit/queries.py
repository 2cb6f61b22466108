"""Read a stream as a person would; recount every chain."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models

from zhengtong.foundation import clock

from .chain import head_mac, leaf_mac
from .models import Audited, Leaf


@dataclass(frozen=True)
class Fault:
    """The first bad leaf of a stream and what is wrong with it."""

    stream: str
    seq: int
    what: str


@dataclass(frozen=True)
class Report:
    """What a verification counted and found."""

    streams: int
    leaves: int
    faults: tuple[Fault, ...]


def leaves_of(thing: Audited) -> models.QuerySet[Leaf]:
    """The thing's own trail, in order."""
    return Leaf.objects.filter(stream=thing.audit_stream).order_by("seq")


@dataclass(frozen=True)
class Leaves:
    """A page of leaves, and the cursors of its neighbours: leaves before or after a leaf, never so many of them."""

    rows: list[Leaf]
    newer: str = ""
    older: str = ""


def leaves_between(
    since: date, until: date, *, verb: str = "", who: str = "", stream: str = "", cursor: str = "", size: int = 50
) -> Leaves:
    """The leaves of a period (both days included), the newest first; for those who may read the trail.

    `who` is an actor's key. A cursor reads `<id` (older than a leaf) or `>id` (newer than it).
    """
    start, end = (datetime.combine(day, time.min, clock.CHINA) for day in (since, until + timedelta(days=1)))
    rows = Leaf.objects.filter(at__gte=start, at__lt=end)
    told = {"verb": verb, "actor": who, "stream": stream}
    rows = rows.filter(**{column: value for column, value in told.items() if value})
    side, leaf = cursor[:1], cursor[1:]
    has_cursor = side in ("<", ">") and leaf.isascii() and leaf.isdigit() and len(leaf) < 19
    if has_cursor and side == ">":
        found = list(rows.filter(pk__gt=int(leaf)).order_by("pk")[: size + 1])
        kept = found[:size][::-1]
        more = (len(found) > size, True)
    else:
        found = list((rows.filter(pk__lt=int(leaf)) if has_cursor else rows).order_by("-pk")[: size + 1])
        kept = found[:size]
        more = (has_cursor, len(found) > size)
    if not kept:
        return Leaves([])
    return Leaves(kept, f">{kept[0].pk}" if more[0] else "", f"<{kept[-1].pk}" if more[1] else "")


def leaves_of_stream(stream: str, *, after: int = 0, size: int = 50) -> tuple[list[Leaf], int]:
    """The leaves of one stream in order from after a number, and the number to go on from (0: no more)."""
    rows = list(Leaf.objects.filter(stream=stream, seq__gt=after).order_by("seq")[: size + 1])
    return rows[:size], rows[size - 1].seq if len(rows) > size else 0


def verify(stream: str | None = None) -> Report:
    """Recount the whole trail, or one stream: every leaf against its chain, every chain against its head."""
    streams = leaves = 0
    faults: list[Fault] = []
    for name, rows in _streams(stream):
        streams += 1
        real = [row for row in rows if row.seq is not None]
        leaves += len(real)
        fault = _first_fault(name, rows[0].head_count, rows[0].head, real)
        if fault:
            faults.append(fault)
    return Report(streams, leaves, tuple(faults))


@dataclass(slots=True)
class _Row:
    stream: str
    head_count: int | None
    head: bytes | None
    seq: int | None
    at: datetime
    verb: str
    actor: str
    acting_for: str
    data: dict[str, Any]
    mac: bytes


def _first_fault(stream: str, count: int | None, head: bytes | None, leaves: list[_Row]) -> Fault | None:
    previous = b""
    for expected, leaf in enumerate(leaves, start=1):
        if leaf.seq != expected:
            return Fault(stream, expected, "missing")
        mac = leaf_mac(
            previous, stream=stream, seq=leaf.seq, at=leaf.at, verb=leaf.verb, actor=leaf.actor,
            acting_for=leaf.acting_for, data=leaf.data,
        )  # fmt: skip
        if mac != bytes(leaf.mac):
            return Fault(stream, expected, "altered")
        previous = mac
    if count is None:
        return Fault(stream, 1, "no such thing")
    if count > len(leaves):
        return Fault(stream, len(leaves) + 1, "missing")
    if count < len(leaves):
        return Fault(stream, count + 1, "head cut back" if count else "head removed")
    if not leaves:
        return Fault(stream, 1, "missing")
    if head is None or bytes(head) != head_mac(stream, count, previous):
        return Fault(stream, count, "head altered")
    return None


def _heads(stream: str | None) -> tuple[str, list[Any]]:
    """The heads of all things, or of the one behind a stream (none, where no thing can bear the name)."""
    quote = connection.ops.quote_name
    parts: list[str] = []
    values: list[Any] = []
    for model in audited_models():
        noun, key = model._meta.model_name, model._meta.pk
        column = quote(str(key.column))
        head = (
            f"SELECT '{noun}:' || {column}::text AS stream, audit_count, audit_head "  # noqa: S608
            f"FROM {quote(model._meta.db_table)}"
        )
        if stream is None:
            parts.append(head)
        elif stream.startswith(f"{noun}:"):
            try:
                values.append(key.to_python(stream.partition(":")[2]))
            except ValidationError:
                continue
            parts.append(f"{head} WHERE {column} = %s")
    return " UNION ALL ".join(parts) or "SELECT NULL::text AS stream, 0, NULL::bytea LIMIT 0", values


def audited_models() -> list[type[Audited]]:
    """Every kind of thing with a stream."""
    return sorted((m for m in apps.get_models() if issubclass(m, Audited)), key=lambda m: m._meta.label)


def _streams(stream: str | None) -> Iterator[tuple[str, list[_Row]]]:
    heads, values = _heads(stream)
    leaves = "(SELECT * FROM audit_leaf WHERE stream = %s)" if stream else "audit_leaf"
    sql = f"""
        SELECT coalesce(l.stream, h.stream) COLLATE "C" AS name, h.audit_count, h.audit_head,
               l.seq, l.at, l.verb, l.actor, l.acting_for, l.data, l.mac
        FROM {leaves} l FULL JOIN ({heads}) h (stream, audit_count, audit_head) ON h.stream = l.stream
        ORDER BY name, l.seq
    """  # noqa: S608 - only our own table names
    connection.ensure_connection()
    with connection.connection.cursor("audit_verify", withhold=True) as cursor:
        cursor.itersize = 5_000
        cursor.execute(sql, [stream, *values] if stream else None)
        name: str | None = None
        rows: list[_Row] = []
        for raw in cursor:
            row = _Row(*raw)
            # Outside the ORM, Django leaves jsonb as text.
            row.data = json.loads(row.data) if isinstance(row.data, str) else row.data  # type: ignore[unreachable]
            if row.stream != name:
                if name is not None:
                    yield name, rows
                name, rows = row.stream, []
            rows.append(row)
        if name is not None:
            yield name, rows

"""Record a fact in the stream of the thing it happened to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.bulk import insert_rows

from .chain import check_plain, head_mac, leaf_mac
from .models import Audited, Leaf, stream_of


class Acting(Protocol):
    """What a leaf needs to know of whoever acted."""

    @property
    def key(self) -> str: ...
    @property
    def acting_for(self) -> str: ...


def record(verb: str, thing: Audited, *, actor: Acting, **data: Any) -> Leaf:
    """Append a leaf to the thing's stream and move its head; the caller holds the thing's row lock.

    `data` holds no plain personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record belongs inside the action's transaction")
    check_plain(data)
    stream, seq, at = thing.audit_stream, thing.audit_count + 1, clock.now()
    previous = b""
    if seq > 1:
        previous = bytes(Leaf.objects.values_list("mac", flat=True).get(stream=stream, seq=seq - 1))
    mac = leaf_mac(
        previous, stream=stream, seq=seq, at=at, verb=verb, actor=actor.key, acting_for=actor.acting_for, data=data
    )
    leaf = Leaf.objects.create(
        stream=stream, seq=seq, at=at, verb=verb, actor=actor.key, acting_for=actor.acting_for, data=data, mac=mac
    )
    thing.audit_count, thing.audit_head = seq, head_mac(stream, seq, mac)
    type(thing)._base_manager.filter(pk=thing.pk).update(audit_count=seq, audit_head=thing.audit_head)
    return leaf


def first_leaf(
    verb: str, model: type[Audited], pk: Any, *, actor: Acting, at: datetime, data: Mapping[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """The row of a new thing's first leaf and the head to store with the thing, for set-based writers."""
    stream = stream_of(model, pk)
    columns: dict[str, Any] = {
        "stream": stream,
        "seq": 1,
        "at": at,
        "verb": verb,
        "actor": actor.key,
        "acting_for": actor.acting_for,
        "data": data,
    }
    mac = leaf_mac(b"", **columns)
    return columns | {"mac": mac}, head_mac(stream, 1, mac)


def record_all(
    verb: str, things: Sequence[Audited], *, actor: Acting, data: Callable[[Any], Mapping[str, Any]]
) -> None:
    """`record` for many things of one kind in three statements; the caller holds their row locks."""
    if not things:
        return
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record_all belongs inside the action's transaction")
    model, at = type(things[0]), clock.now()
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(
            "SELECT l.stream, l.mac FROM audit_leaf l JOIN unnest(%s::text[], %s::int[]) AS w (stream, seq) "
            "ON w.stream = l.stream AND w.seq = l.seq",
            [[thing.audit_stream for thing in things], [thing.audit_count for thing in things]],
        )
        last = {stream: bytes(mac) for stream, mac in cursor.fetchall()}
    rows = []
    for thing in things:
        seq, said = thing.audit_count + 1, data(thing)
        check_plain(said)
        previous = last[thing.audit_stream] if thing.audit_count else b""
        columns: dict[str, Any] = {
            "stream": thing.audit_stream, "seq": seq, "at": at, "verb": verb, "actor": actor.key,
            "acting_for": actor.acting_for, "data": said,
        }  # fmt: skip
        mac = leaf_mac(previous, **columns)
        thing.audit_count, thing.audit_head = seq, head_mac(thing.audit_stream, seq, mac)
        rows.append(columns | {"mac": mac})
    insert_rows(Leaf, rows)
    quote = transaction.get_connection().ops.quote_name
    table, key = quote(model._meta.db_table), model._meta.pk
    kind = key.db_type(transaction.get_connection())
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET audit_count = n.count, audit_head = n.head "  # noqa: S608 - only our own table names
            f"FROM unnest(%s::{kind}[], %s::int[], %s::bytea[]) AS n (id, count, head) "
            f"WHERE {table}.{quote(key.column)} = n.id",
            [[t.pk for t in things], [t.audit_count for t in things], [t.audit_head for t in things]],
        )

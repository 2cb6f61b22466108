"""Set, replace and end parameters."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK, pack_owner

from . import access, rules  # noqa: F401 - access declares who may
from .models import Parameter
from .queries import in_memory


@transaction.atomic
def set_parameter(
    key: str,
    *,
    value: Any,
    actor: Actor,
    valid_from: date,
    valid_to: date | None = None,
    unit: str = "",
    basis: str = "",
    note: str = "",
) -> Parameter:
    """Set the value of a key from a day on; the value before it ends the day before.

    Refused for days past: what was in force then stays as it was.
    """
    require(actor, "params.set")
    _check_period(valid_from, valid_to)
    rows = list(Parameter.objects.select_for_update().filter(key=key).order_by("valid_from"))
    if valid_from < clock.today() and rows:
        raise rules.ParameterAlreadyInForce(key=key, valid_from=rows[-1].valid_from.isoformat())
    for before in rows:
        if before.valid_from < valid_from and before.is_in_force(valid_from):
            before.valid_to, before.owner = valid_from - timedelta(days=1), DESK
            before.save(update_fields=["valid_to", "owner"])
            record("params.parameter.closed", before, actor=actor, valid_to=before.valid_to.isoformat())
    row = next((row for row in rows if row.valid_from == valid_from), None) or Parameter(key=key, valid_from=valid_from)
    row.value, row.unit, row.basis, row.note = value, unit, basis, note
    row.valid_to, row.ended_on, row.owner = valid_to, None, DESK
    return _store(row, rows, actor)


@transaction.atomic
def put_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Parameter:
    """Make the row of this key and first day say what the pack says."""
    require(actor, "params.set")
    first, last = date.fromisoformat(entry["valid_from"]), entry.get("valid_to")
    row = Parameter.objects.select_for_update().filter(key=entry["key"], valid_from=first).first()
    row = row or Parameter(key=entry["key"], valid_from=first)
    row.value, row.unit, row.basis = entry["value"], entry.get("unit", ""), entry.get("basis", "")
    row.note, row.valid_to = entry.get("note", ""), date.fromisoformat(last) if last else None
    row.ended_on, row.owner = None, pack_owner(pack)
    # Overlaps within the pack were refused by the plan, the others by the database: one apply may move two periods.
    return _store(row, [], actor)


@transaction.atomic
def end_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> Parameter:
    """No longer in force from today on; what it governed before stays readable."""
    require(actor, "params.set")
    row = Parameter.objects.select_for_update().get(key=entry["key"], valid_from=entry["valid_from"])
    row.ended_on = clock.today() - timedelta(days=1)
    row.save(update_fields=["ended_on"])
    record("params.parameter.ended", row, actor=actor, ended_on=row.ended_on.isoformat())
    in_memory.changed()
    return row


def _store(row: Parameter, others: list[Parameter], actor: Actor) -> Parameter:
    for other in others:
        if other.pk != row.pk and _overlap(row, other):
            raise rules.ParameterOverlaps(key=row.key, valid_from=other.valid_from.isoformat())
    row.save()
    record("params.parameter.set", row, actor=actor, key=row.key, value=rules.trail_value(row.value), basis=row.basis)
    in_memory.changed()
    return row


def _overlap(one: Parameter, other: Parameter) -> bool:
    if any(row.last_day is not None and row.last_day < row.valid_from for row in (one, other)):
        return False
    starts = max(one.valid_from, other.valid_from)
    return all(row.last_day is None or starts <= row.last_day for row in (one, other))


def _check_period(valid_from: date, valid_to: date | None) -> None:
    if valid_to and valid_to < valid_from:
        raise rules.PeriodBackwards(valid_from=valid_from.isoformat(), valid_to=valid_to.isoformat())

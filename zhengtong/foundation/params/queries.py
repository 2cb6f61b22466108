"""Which value was in force on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from zhengtong.foundation import clock
from zhengtong.foundation.wiring.sections import Stored

from .models import Parameter
from .rules import ParameterMissing, ParameterNotWhole
from .snapshots import Snapshot


def _all_by_key() -> dict[str, list[Parameter]]:
    found: dict[str, list[Parameter]] = defaultdict(list)
    for row in Parameter.objects.order_by("key", "valid_from"):
        found[row.key].append(row)
    return dict(found)


in_memory = Snapshot("params", _all_by_key)


def parameter(key: str, on: date | None = None) -> Parameter:
    """The value of a key in force on a day (today unless told)."""
    day = on or clock.today()
    for row in in_memory.get().get(key, ()):
        if row.is_in_force(day):
            return row
    raise ParameterMissing(key=key, on=day.isoformat())


def integer(key: str, on: date | None = None) -> int:
    """The value as a whole number."""
    value = parameter(key, on).value
    if isinstance(value, bool) or not isinstance(value, int):
        raise ParameterNotWhole(key=key, value=value)
    return value


def parameters_under(prefix: str, on: date | None = None) -> dict[str, Parameter]:
    """All values in force whose key begins with the prefix."""
    day = on or clock.today()
    rows = (row for key, rows in in_memory.get().items() if key.startswith(prefix) for row in rows)
    return {row.key: row for row in rows if row.is_in_force(day)}


def pack_key(entry: Mapping[str, Any]) -> str:
    """What tells one period of a key from another in a pack."""
    return f"{entry['key']}@{entry['valid_from']}"


def in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Stored parameters as a pack would write them."""
    names = {key.rsplit("@", 1)[0] for key in keys}
    rows = Parameter.objects.filter(Q(key__in=names) | Q(owner__in=list(owners)))
    return {
        pack_key(entry): Stored(entry, row.owner, row.ended_on is not None) for row in rows for entry in [_entry(row)]
    }


def _entry(row: Parameter) -> dict[str, Any]:
    return {
        "key": row.key,
        "value": row.value,
        "unit": row.unit,
        "basis": row.basis,
        "note": row.note,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }

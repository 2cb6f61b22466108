"""Window groups as a pack writes them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from zhengtong.foundation.wiring.sections import Stored

from .. import rules
from ..models import WindowGroup

PLAIN = ("code", "name", "windows", "directions")


def in_order(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with what it leaves out, its hours and days in order."""
    order = [*rules.Days]
    return {
        "code": entry["code"],
        "hall": entry["hall"],
        "name": entry["name"],
        "windows": entry.get("windows", ""),
        "directions": entry.get("directions", ""),
        "hours": sorted((dict(row) for row in entry["hours"]), key=lambda row: (order.index(row["days"]), row["from"])),
        "closed_days": sorted(entry.get("closed_days") or []),
    }


def groups_in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Stored window groups as a pack would write them."""
    rows = WindowGroup.objects.filter(Q(pk__in=list(keys)) | Q(owner__in=list(owners)))
    return {row.pk: Stored(entry_of(row), row.owner, row.ended_at is not None) for row in rows}


def entry_of(row: WindowGroup) -> dict[str, Any]:
    return in_order({
        **{name: getattr(row, name) for name in PLAIN},
        "hall": row.hall_id,
        "hours": row.hours,
        "closed_days": [day.isoformat() for day in row.closed_days],
    })  # fmt: skip

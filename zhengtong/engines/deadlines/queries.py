"""The calendar as it stands now."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from zhengtong.foundation.params.snapshots import Snapshot
from zhengtong.foundation.wiring.sections import Stored

from .models import CalendarYear
from .rules import Calendar, Year


def _loaded() -> Calendar:
    return Calendar.of(
        Year(row.year, tuple(row.rest_days), tuple(row.workdays), row.version)
        for row in CalendarYear.objects.filter(ended_at=None)
    )


in_memory = Snapshot("deadlines.calendar", _loaded)


def calendar() -> Calendar:
    """All published years; held in memory and read again after a change."""
    return in_memory.get()


def entry_of(row: CalendarYear) -> dict[str, Any]:
    """The year as a pack would write it."""
    return in_order({"year": row.year, "basis": row.basis, "rest_days": row.rest_days, "workdays": row.workdays})


def in_order(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with its days in order, as text, and none left out."""
    return {
        "year": entry["year"],
        "basis": entry.get("basis", ""),
        "rest_days": sorted(map(_text, entry["rest_days"])),
        "workdays": sorted(map(_text, entry.get("workdays") or [])),
    }


def in_pack_words(keys: Collection[str], owners: Collection[str]) -> dict[str, Stored]:
    """Stored years as a pack would write them."""
    rows = CalendarYear.objects.filter(Q(year__in=[int(key) for key in keys]) | Q(owner__in=list(owners)))
    return {str(row.year): Stored(entry_of(row), row.owner, row.ended_at is not None) for row in rows}


def _text(day: date | str) -> str:
    return day if isinstance(day, str) else day.isoformat()

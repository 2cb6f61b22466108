"""Load and withdraw calendar years."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, require
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK, pack_owner

from . import access  # noqa: F401 - declares who may
from .events import CalendarLoaded
from .models import CalendarYear
from .queries import entry_of, in_memory
from .rules import Year


@transaction.atomic
def load_calendar(
    year: int, *, rest_days: Iterable[date], workdays: Iterable[date], basis: str, actor: Actor, owner: str = DESK
) -> CalendarYear:
    """Publish the rest days and working weekends of a year, or correct them; the same days again change nothing."""
    require(actor, "deadlines.load_calendar")
    published = Year(year, tuple(sorted(rest_days)), tuple(sorted(workdays)))
    row = CalendarYear.objects.select_for_update().filter(year=year).first() or CalendarYear(year=year)
    before = (row.rest_days, row.workdays, row.basis, row.owner, row.ended_at)
    row.rest_days, row.workdays = list(published.rest_days), list(published.workdays)
    row.basis, row.owner, row.ended_at = basis, owner, None
    if before == (row.rest_days, row.workdays, row.basis, row.owner, row.ended_at):
        return row
    row.save()
    record("deadlines.calendar.loaded", row, actor=actor, **entry_of(row))
    _tell(row)
    return row


@transaction.atomic
def withdraw_calendar(year: int, *, actor: Actor) -> CalendarYear:
    """The year counts as not published again, so that dates that touch it are provisional."""
    require(actor, "deadlines.load_calendar")
    row = CalendarYear.objects.select_for_update().get(year=year)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("deadlines.calendar.withdrawn", row, actor=actor, year=year)
    _tell(row)
    return row


def put_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> CalendarYear:
    """Load the year as the pack says."""
    rest, work = ([date.fromisoformat(day) for day in entry.get(name) or ()] for name in ("rest_days", "workdays"))
    return load_calendar(
        entry["year"], rest_days=rest, workdays=work, basis=entry["basis"], actor=actor, owner=pack_owner(pack)
    )


def end_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> CalendarYear:
    """Withdraw the year that the pack no longer holds."""
    return withdraw_calendar(entry["year"], actor=actor)


def _tell(row: CalendarYear) -> None:
    in_memory.changed()
    CalendarLoaded(year=row.year, version=row.version).publish()

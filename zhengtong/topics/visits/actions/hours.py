"""Window groups and their hours: by a pack, or at the desk after looking at whom a change would affect."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from zhengtong.engines.slots.actions import set_capacity
from zhengtong.engines.slots.rules import number_of
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.wiring.sections import DESK, pack_owner

from .. import queries, rules
from ..models import Appointment, WindowGroup
from .receiving import called_off, check_reason

BY_PACK = "大厅调整了开放时间"


@transaction.atomic
def change_hours(
    code: str, *, hours: Sequence[Mapping[str, Any]], closed_days: Sequence[date], seen: str, reason: str, actor: Actor
) -> WindowGroup:
    """Other hours from now on; those left without a place are called off and hear why.

    `seen` is what `queries.seen_of` told of them. Refused: others would be affected meanwhile; no reason given.
    """
    group = _locked(code)
    if group is None:
        raise rules.GroupUnknown
    access.require(actor, "visits.manage", group)
    ordered = rules.check_hours(hours)
    affected = queries.affected_by(group, ordered, closed_days)
    if queries.seen_of(group, affected) != seen:
        raise rules.EffectChanged
    group.owner = DESK
    return _changed(
        group, ordered, closed_days, reason=check_reason(reason) if affected else "", affected=affected, actor=actor
    )


@transaction.atomic
def put_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> WindowGroup:
    """Make the group say what the pack says."""
    access.require(actor, "packs.apply")
    hours = rules.check_hours(entry["hours"])
    closed = [date.fromisoformat(day) for day in entry["closed_days"]]
    group = _locked(entry["code"]) or WindowGroup(code=entry["code"])
    group.hall_id, group.name = entry["hall"], entry["name"]
    group.windows, group.directions = entry["windows"], entry["directions"]
    group.owner, group.ended_at = pack_owner(pack), None
    affected = queries.affected_by(group, hours, closed) if group.audit_count else []
    return _changed(group, hours, closed, reason=BY_PACK, affected=affected, actor=actor)


@transaction.atomic
def end_from_pack(entry: Mapping[str, Any], *, pack: str, actor: Actor) -> WindowGroup:
    """No more bookings; whoever still has one is called off."""
    access.require(actor, "packs.apply")
    group = WindowGroup.objects.select_for_update().get(pk=entry["code"])
    for appointment in queries.affected_by(group, [], []):
        called_off(appointment, reason=BY_PACK, actor=actor)
    group.ended_at = clock.now()
    group.save(update_fields=["ended_at"])
    record("visits.windowgroup.ended", group, actor=actor, pack=pack)
    return group


def _locked(code: str) -> WindowGroup | None:
    return WindowGroup.objects.select_for_update().filter(pk=code).first()


def _changed(
    group: WindowGroup, hours: list[dict[str, Any]], closed_days: Sequence[date], *, reason: str,
    affected: Sequence[Appointment], actor: Actor,
) -> WindowGroup:  # fmt: skip
    for appointment in affected:
        called_off(appointment, reason=reason, actor=actor)
    group.hours, group.closed_days = hours, sorted(set(closed_days))
    group.save()
    record(
        "visits.windowgroup.hours_changed", group, actor=actor, hours=group.hours,
        closed_days=[day.isoformat() for day in group.closed_days], called_off=[one.number for one in affected],
    )  # fmt: skip
    today = clock.today()
    span = (today + timedelta(days=number) for number in range(queries.terms().open_days + 1))
    times = [time for day in span for time in queries.times_of(group, day)]
    set_capacity(group.code, times=times, since=number_of(clock.now()) + 1, actor=actor)
    return group

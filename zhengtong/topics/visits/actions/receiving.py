"""At the hall: somebody has come, has not come, cannot be received after all."""

from datetime import datetime, time

from django.db import transaction

from zhengtong.engines.slots.actions import free_place
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record_all

from .. import queries, rules
from ..events import AppointmentCancelled
from ..models import Appointment
from ..rules import State
from .steps import locked, settle

LONGEST_REASON = 200
BATCH = 500


@transaction.atomic
def check_in(appointment: Appointment, *, actor: Actor) -> Appointment:
    """The visitor has come, late or not. Refused: another day's, cancelled, in already."""
    appointment = locked(appointment)
    access.require(actor, "visits.receive", appointment)
    rules.check_arrival(appointment.state, appointment.starts_at.astimezone(clock.CHINA), now=clock.now())
    appointment.state, appointment.arrived_at = State.ARRIVED, clock.now()
    return settle(appointment, "arrived", actor=actor)


@transaction.atomic
def mark_missed(appointment: Appointment, *, actor: Actor) -> Appointment:
    """Nobody came. Refused: over, or he may still come."""
    appointment = locked(appointment)
    access.require(actor, "visits.receive", appointment)
    rules.check_missed(appointment.state, appointment.starts_at, now=clock.now(), terms=queries.terms())
    appointment.state = State.MISSED
    return settle(appointment, "missed", actor=actor)


@transaction.atomic
def call_off(appointment: Appointment, *, reason: str, actor: Actor) -> Appointment:
    """The hall cannot receive him and says why. Refused: over, no reason given."""
    appointment = locked(appointment)
    access.require(actor, "visits.receive", appointment)
    rules.check_open(appointment.state)
    return called_off(appointment, reason=check_reason(reason), actor=actor)


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Refused: none."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise rules.ReasonMissing(fields={"reason": [rules.ReasonMissing.message]})
    return reason


def called_off(appointment: Appointment, *, reason: str, actor: Actor) -> Appointment:
    """Part of an action that has asked and locked: the place is free, the visitor hears why."""
    free_place(appointment.pk, actor=actor)
    appointment.state, appointment.reason = State.CALLED_OFF, reason
    settle(appointment, "called_off", actor=actor, reason=reason)
    AppointmentCancelled(**queries.told(appointment), by="hall", reason=reason).publish()
    return appointment


def close_past(*, actor: Actor) -> int:
    """What nobody noted by the end of the day: missed, where the hall has noted anybody that day; else unrecorded.

    A hall that checked nobody in has kept no list, and what is on no list counts against nobody.
    """
    access.require(actor, "visits.close")
    closed = 0
    while count := _close_some(actor):
        closed += count
    return closed


@transaction.atomic
def _close_some(actor: Actor) -> int:
    today = datetime.combine(clock.today(), time.min, clock.CHINA)
    late = Appointment.objects.select_for_update(skip_locked=True).filter(state=State.BOOKED, starts_at__lt=today)
    batch = list(late.order_by("starts_at", "pk")[:BATCH])
    if not batch:
        return 0
    noted = {
        (group, moment.astimezone(clock.CHINA).date())
        for group, moment in Appointment.objects.filter(
            group__in={one.group_id for one in batch}, arrived_at__isnull=False, starts_at__gte=batch[0].starts_at,
            starts_at__lt=today,
        ).values_list("group", "starts_at")
    }  # fmt: skip
    for one in batch:
        kept_list = (one.group_id, one.starts_at.astimezone(clock.CHINA).date()) in noted
        one.state = State.MISSED if kept_list else State.UNRECORDED
    Appointment.objects.bulk_update(batch, ["state"])
    for state in (State.MISSED, State.UNRECORDED):
        record_all(
            f"visits.appointment.{state}", [one for one in batch if one.state == state], actor=actor, data=lambda _: {}
        )
    return len(batch)

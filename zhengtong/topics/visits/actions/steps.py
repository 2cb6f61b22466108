"""What every action on an appointment begins and ends with. Whoever moves a place holds the group's row in share, so
that a change of hours sees every place and nobody books by hours that are being changed."""

from typing import Any

from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..models import Appointment, WindowGroup


def shared(code: str) -> WindowGroup:
    """The window group as it stands, held in share. Refused: unknown or ended."""
    held = WindowGroup.objects.raw("SELECT * FROM visits_windowgroup WHERE code = %s FOR SHARE", [code])
    found = next(iter(held), None)
    if found is None or found.ended_at is not None:
        raise rules.GroupUnknown
    return found


def locked(appointment: Appointment) -> Appointment:
    """The appointment's row, after its group's."""
    WindowGroup.objects.raw("SELECT * FROM visits_windowgroup WHERE code = %s FOR SHARE", [appointment.group_id])[0]
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("group__hall")
    found = rows.filter(pk=appointment.pk).first()
    if found is None:
        raise rules.AppointmentUnknown
    return found


def settle(appointment: Appointment, verb: str, *, actor: Actor, **data: Any) -> Appointment:
    """Keep what has changed and say so in its trail."""
    appointment.save()
    record(f"visits.appointment.{verb}", appointment, actor=actor, **data)
    return appointment

"""A citizen's appointments."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from zhengtong.engines.slots.rules import LENGTH
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.foundation.codes import resident_id

from .. import rules
from ..models import Appointment
from ..rules import State
from .offers import terms


@dataclass(frozen=True)
class Chance:
    """What may still be done with an appointment by whoever booked it."""

    until: datetime
    may_change: bool


def appointments_of(actor: Actor) -> QuerySet[Appointment]:
    """Mine and those of the people and firms I stand for."""
    return visible(actor, "visits.own", Appointment.objects.select_related("group__hall", "visitor"))


def coming_up(actor: Actor) -> QuerySet[Appointment]:
    """Still to come, the next first."""
    since = clock.now() - LENGTH
    return appointments_of(actor).filter(state=State.BOOKED, starts_at__gte=since).order_by("starts_at", "pk")


def gone_by(actor: Actor) -> QuerySet[Appointment]:
    """Kept, missed, cancelled, newest first."""
    since = clock.now() - LENGTH
    over = appointments_of(actor).exclude(state=State.BOOKED, starts_at__gte=since)
    return over.order_by("-starts_at", "pk")


def appointment_for(actor: Actor, number: str) -> Appointment:
    """One of mine. Refused: unknown, or somebody else's."""
    found = appointments_of(actor).filter(number=number).first()
    if found is None:
        raise rules.AppointmentUnknown
    return found


def chance_of(appointment: Appointment) -> Chance:
    """Until when it may be changed, and whether it still may."""
    until = rules.change_until(appointment.starts_at, terms())
    return Chance(until, appointment.is_open and clock.now() <= until)


def blocked_until(actor: Actor) -> date | None:
    """The last day on which the actor himself may not book, if he may not today."""
    until = rules.blocked_until(missed_days(actor.subject_id), terms()) if actor.subject_id else None
    return until if until and clock.today() <= until else None


def missed_days(visitor: Any) -> list[date]:
    """On which days somebody was expected and did not come."""
    rows = Appointment.objects.filter(visitor=visitor, state=State.MISSED).values_list("starts_at", flat=True)
    return [moment.astimezone(clock.CHINA).date() for moment in rows]


def has_priority(visitor: Any) -> bool:
    """Whether age gives precedence, as the identity number tells it."""
    number = visitor.id_number
    born = resident_id.birth_date(number) if resident_id.is_valid_resident_id(number) else None
    return rules.has_priority(born, today=clock.today(), terms=terms())


def check_in_url(appointment: Appointment) -> str:
    """What the QR code holds: the desk finds the appointment by it, whoever else scans it is asked to sign in."""
    return f"{settings.SITE_URL}/desk/visits/?q={appointment.number}"

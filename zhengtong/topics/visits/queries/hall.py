"""A hall's day: who comes when, how full it is, whom a change of hours would leave without a place."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from zhengtong.engines.slots import queries as slots
from zhengtong.engines.slots.rules import Time, falling_out, number_of
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.topics.subjects import queries as subjects

from .. import rules
from ..models import Appointment, WindowGroup
from ..rules import State
from .offers import terms, times_of

MOST_FOUND = 20


@dataclass(frozen=True)
class Load:
    """How full the half hours of a day are: one row for each, one cell for each group (None where it is closed)."""

    starts_at: datetime
    cells: tuple[tuple[int, int] | None, ...]


def groups_of(actor: Actor) -> list[WindowGroup]:
    """The window groups whose day the actor may see, hall by hall."""
    rows = visible(actor, "visits.look", WindowGroup.objects.filter(ended_at=None).select_related("hall"))
    return list(rows.order_by("hall_id", "code"))


def kept_groups(actor: Actor) -> QuerySet[WindowGroup]:
    """Those whose hours he may change."""
    rows = visible(actor, "visits.manage", WindowGroup.objects.filter(ended_at=None).select_related("hall"))
    return rows.order_by("hall_id", "code")


def kept_group(actor: Actor, code: str) -> WindowGroup:
    """One of them. Refused: unknown, or another's."""
    found = kept_groups(actor).filter(pk=code).first()
    if found is None:
        raise rules.GroupUnknown
    return found


def received_by(actor: Actor) -> QuerySet[Appointment]:
    """The appointments of his halls."""
    return visible(actor, "visits.receive", Appointment.objects.select_related("group__hall", "visitor", "booker"))


def appointments_on(actor: Actor, day: date, *, hall: str) -> QuerySet[Appointment]:
    """A hall's appointments of one day, by time; those that were cancelled are left out."""
    start = datetime.combine(day, time.min, clock.CHINA)
    rows = received_by(actor).filter(group__hall=hall, starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    return rows.exclude(state__in=[State.CANCELLED, State.CALLED_OFF]).order_by("starts_at", "number")


def appointments_found(actor: Actor, text: str) -> list[Appointment]:
    """By number (typed, or scanned as a QR code), identity number or telephone; today's and later ones first."""
    number = rules.number_in(text)
    if number and (exact := list(received_by(actor).filter(number=number))):
        return exact
    people = subjects.subjects_by_number_or_phone(actor, text)
    if not people:
        return []
    today = datetime.combine(clock.today(), time.min, clock.CHINA)
    return list(received_by(actor).filter(visitor__in=people, starts_at__gte=today).order_by("starts_at")[:MOST_FOUND])


def received(actor: Actor, number: str) -> Appointment:
    """One appointment at one of his halls. Refused: unknown, or elsewhere."""
    found = received_by(actor).filter(number=number).first()
    if found is None:
        raise rules.AppointmentUnknown
    return found


def may_be_missed(appointment: Appointment, now: datetime) -> bool:
    """Whether it is late enough to say that nobody came."""
    return appointment.is_open and now >= rules.missed_from(appointment.starts_at, terms())


def load_on(day: date, groups: Sequence[WindowGroup]) -> list[Load]:
    """The day's half hours with taken and offered places of each group."""
    offered = {group.code: {time.number: time for time in times_of(group, day)} for group in groups}
    every = sorted({time for found in offered.values() for time in found.values()}, key=lambda time: time.number)
    numbers = dict.fromkeys(time.number for time in every)
    taken = slots.taken_of(offered, every)
    return [
        Load(
            Time(number, 0).starts_at,
            tuple(
                (taken[code].get(number, 0), found[number].places) if number in found else None
                for code, found in offered.items()
            ),
        )
        for number in numbers
    ]


def affected_by(
    group: WindowGroup, hours: Sequence[Mapping[str, Any]], closed_days: Iterable[date]
) -> list[Appointment]:  # fmt: skip
    """Whom these hours would leave without a place: of each half hour those who booked last."""
    closed = list(closed_days)
    rows = Appointment.objects.filter(group=group, state=State.BOOKED, starts_at__gt=clock.now())
    held: defaultdict[int, list[Appointment]] = defaultdict(list)
    for appointment in rows.select_related("visitor", "group__hall").order_by("booked_at", "pk"):
        held[number_of(appointment.starts_at)].append(appointment)
    days = {appointment.starts_at.astimezone(clock.CHINA).date() for found in held.values() for appointment in found}
    offered = [time for day in days for time in times_of(group, day, hours=hours, closed_days=closed)]
    return falling_out(held, offered)


def seen_of(group: WindowGroup, affected: Iterable[Appointment]) -> str:
    """What somebody has looked at, in short: the group as it stands and whom a change would affect."""
    said = f"{group.audit_count} {' '.join(sorted(one.number for one in affected))}"
    return hashlib.sha256(said.encode()).hexdigest()[:24]

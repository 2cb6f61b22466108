"""Book, change, cancel: whoever comes, whoever acts for him, the hall on the telephone."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhengtong.engines.slots.actions import free_place, move_place, take_place
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.codes import uuid7
from zhengtong.topics.subjects import queries as subjects

from .. import queries, rules
from ..access import Intended
from ..events import AppointmentBooked, AppointmentCancelled, AppointmentChanged
from ..models import Appointment
from ..rules import BY_STAFF, Channel, State
from .steps import locked, settle, shared

TRIES = 5


@transaction.atomic
def book_appointment(
    item_code: str, *, group: str, starts_at: datetime, visitor: UUID, channel: Channel, actor: Actor
) -> Appointment:
    """A place at a half hour for somebody who comes for an item.

    Refused: closed then, too far ahead or past, full, booked already, missed too often, not taken there.
    """
    windows = shared(group)
    access.require(actor, "visits.book", Intended(windows, visitor))
    counter = next((one for one in queries.counters_of(item_code) if one.group.pk == group), None)
    who = subjects.subjects_by_id([visitor])[visitor]
    item_name = queries.name_of_item(item_code)
    if counter is None:
        raise rules.NotTakenHere(item=item_name)
    terms, now = queries.terms(), clock.now()
    rules.check_time(starts_at, now=now, terms=terms)
    if not actor.is_staff:
        # At the telephone a person decides; the block is for what runs by itself.
        rules.check_not_blocked(queries.missed_days(visitor), today=now.date(), terms=terms)
    time = queries.time_at(windows, starts_at)
    _check_single(visitor, item_code, who=who.name, item=item_name)
    appointment = Appointment(
        pk=uuid7(),
        group=windows,
        item_code=item_code,
        item_name=item_name,
        visitor_id=visitor,
        booker_id=actor.subject_id,
        channel=Channel.PHONE if actor.is_staff and channel not in BY_STAFF else channel,
        starts_at=starts_at,
        booked_at=now,
    )
    take_place(group, time=time, about=appointment.pk, actor=actor)
    _number(appointment, who=who.name)
    record(
        "visits.appointment.booked", appointment, actor=actor,
        item=item_code, group=group, starts_at=queries.told(appointment)["starts_at"], channel=appointment.channel,
    )  # fmt: skip
    AppointmentBooked(**queries.told(appointment)).publish()
    return appointment


def _check_single(visitor: UUID, item_code: str, *, who: str, item: str) -> None:
    held = Appointment.objects.filter(visitor=visitor, item_code=item_code, state=State.BOOKED).first()
    if held is not None:
        raise rules.AlreadyBooked(who=who, item=item, number=held.number)


def _number(appointment: Appointment, *, who: str) -> None:
    """Save it under a number that nobody has; two for one person and item meet at the database."""
    for _ in range(TRIES):
        appointment.number = rules.make_number(secrets.randbelow(10**rules.DIGITS))
        try:
            with transaction.atomic():
                appointment.save(force_insert=True)
                return
        except IntegrityError:
            _check_single(appointment.visitor_id, appointment.item_code, who=who, item=appointment.item_name)
    raise RuntimeError("no free appointment number found")


@transaction.atomic
def change_appointment(appointment: Appointment, *, starts_at: datetime, actor: Actor) -> Appointment:
    """Another half hour at the same windows. Refused: full, closed, too late for whoever booked."""
    appointment = locked(appointment)
    _check_may(appointment, actor)
    before = queries.told(appointment)["starts_at"]
    rules.check_time(starts_at, now=clock.now(), terms=queries.terms())
    time = queries.time_at(appointment.group, starts_at)
    move_place(appointment.group_id, time=time, about=appointment.pk, actor=actor)
    appointment.starts_at = starts_at
    after = queries.told(appointment)["starts_at"]
    settle(appointment, "changed", actor=actor, before=before, starts_at=after)
    AppointmentChanged(**queries.told(appointment), before=before).publish()
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, actor: Actor) -> Appointment:
    """Somebody will not come; his place is free again at once. Refused: over, or too late for whoever booked."""
    appointment = locked(appointment)
    _check_may(appointment, actor)
    free_place(appointment.pk, actor=actor)
    appointment.state = State.CANCELLED
    settle(appointment, "cancelled", actor=actor)
    AppointmentCancelled(**queries.told(appointment), by="visitor", reason="").publish()
    return appointment


def _check_may(appointment: Appointment, actor: Actor) -> None:
    """The hall may until the end; whoever booked, until the hall has prepared."""
    if actor.is_staff:
        access.require(actor, "visits.receive", appointment)
        rules.check_open(appointment.state)
        return
    access.require(actor, "visits.own", appointment)
    rules.check_changeable(
        appointment.state, appointment.starts_at, now=clock.now(), terms=queries.terms(),
        phone=appointment.group.hall.phone,
    )  # fmt: skip

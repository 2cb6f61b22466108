"""Take a place, move it, free it, change how many there are.

These are steps of an action: access is asked and the trail is written by the thing's own.
"""

from uuid import UUID

from django.db.models import F, Q

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.bulk import insert_rows
from zhengtong.foundation.refusals.words import moment_said

from .models import Place, Slot
from .rules import SlotFull, Time


def take_place(pool: str, *, time: Time, about: UUID, actor: Actor) -> None:
    """One place of a half hour for a thing. Refused: all are taken.

    Whoever comes at the same moment waits for the row and then finds what is left; a place given back by a failed
    transaction is his.
    """
    _ensure(pool, time)
    slot = Slot.objects.select_for_update().get(pool=pool, number=time.number)
    _check_free(slot)
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") + 1)
    Place.objects.create(slot=slot, about=about, taken_at=clock.now())


def move_place(pool: str, *, time: Time, about: UUID, actor: Actor) -> None:
    """Another half hour of the pool for a thing that has a place. Refused: all are taken; then it keeps the one it has.

    Both rows are locked in one order, so that two who change places never wait for each other.
    """
    _ensure(pool, time)
    held = Slot.objects.filter(places__about=about).values("pk")
    slots = Slot.objects.select_for_update().filter(Q(pk__in=held) | Q(pool=pool, number=time.number)).order_by("pk")
    wanted = next(slot for slot in list(slots) if (slot.pool, slot.number) == (pool, time.number))
    place = Place.objects.get(about=about)
    if place.slot_id == wanted.pk:
        return
    _check_free(wanted)
    Slot.objects.filter(pk=place.slot_id).update(taken=F("taken") - 1)
    Slot.objects.filter(pk=wanted.pk).update(taken=F("taken") + 1)
    place.slot, place.taken_at = wanted, clock.now()
    place.save(update_fields=["slot", "taken_at"])


def _ensure(pool: str, time: Time) -> None:
    row = {"pool": pool, "number": time.number, "capacity": time.places, "taken": 0}
    insert_rows(Slot, [row], conflict="pool, number")


def _check_free(slot: Slot) -> None:
    if slot.taken >= slot.capacity:
        raise SlotFull(when=moment_said(slot.starts_at))


def free_place(about: UUID, *, actor: Actor) -> None:
    """Whatever place the thing holds is free again; told twice, once counts."""
    place = Place.objects.filter(about=about).first()
    if place is None:
        return
    slot = Slot.objects.select_for_update().get(pk=place.slot_id)
    gone, _ = Place.objects.filter(pk=place.pk).delete()
    if gone:
        Slot.objects.filter(pk=slot.pk).update(taken=F("taken") - 1)


def set_capacity(pool: str, *, times: list[Time], since: int, actor: Actor) -> None:
    """From a half hour on, the pool has just these places; whoever holds one too many has been freed before."""
    places = {time.number: time.places for time in times}
    for slot in Slot.objects.select_for_update().filter(pool=pool, number__gte=since).order_by("number"):
        slot.capacity = places.get(slot.number, 0)
        slot.save(update_fields=["capacity"])

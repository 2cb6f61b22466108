"""Citizens book for themselves and those they represent; a hall and its branches receive; some keep the hours."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.topics.subjects import queries as subjects

from .models import Appointment, WindowGroup


def _is_mine(actor: Actor, appointment: Appointment) -> bool:
    if actor.kind != "citizen" or actor.subject_id is None:
        return False
    return appointment.booker_id == actor.subject_id or appointment.visitor_id in subjects.acting_for(actor)


def _mine(actor: Actor) -> Q:
    if actor.kind != "citizen" or actor.subject_id is None:
        return NOTHING
    return Q(visitor_id__in=subjects.acting_for(actor)) | Q(booker_id=actor.subject_id)


@dataclass(frozen=True)
class Intended:
    """An appointment before it is one: where, and for whom."""

    group: WindowGroup
    visitor: Any


def _may_book(actor: Actor, intended: Intended) -> bool:
    return actor.kind == "citizen" and intended.visitor in subjects.acting_for(actor)


def at_hall(permission: str, hall: str) -> Rule:
    """Holders of the permission at the hall, or at the organisation that runs it."""
    return by_grant(permission, organisation=f"{hall}_id") | by_grant(permission, organisation=f"{hall}__parent_id")


OWN = Rule(_is_mine, _mine)
RECEIVING = at_hall("visits.receive", "group__hall")

allow("visits.own", OWN)
allow("visits.book", Rule(_may_book, lambda actor: NOTHING) | RECEIVING)
allow("visits.receive", RECEIVING)
allow("visits.look", at_hall("visits.receive", "hall") | at_hall("visits.manage", "hall"))
allow("visits.manage", at_hall("visits.manage", "hall"))
allow("visits.close", by_grant("visits.close"))

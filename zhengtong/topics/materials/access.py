"""Who sees and uses stored papers: the holder and those who stand for him; who only helps him, what he himself brought.

Staff come to a paper by the cases on their desk: see `cases.queries.reusable_materials`.
"""

from uuid import UUID

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.foundation.wiring import Slot

from .models import StoredMaterial

# Representation is known to `subjects`, on our own stair: whoever stands above both fills these in.
standing_for: Slot[[Actor], frozenset[UUID]] = Slot("materials.standing_for")
acting_for: Slot[[Actor], frozenset[UUID]] = Slot("materials.acting_for")


def _holds(actor: Actor, paper: StoredMaterial) -> bool:
    if actor.kind != "citizen" or paper is None:
        return False
    mine = paper.brought_by == actor.key
    return paper.holder in standing_for(actor) or (mine and paper.holder in acting_for(actor))


def _held(actor: Actor) -> Q:
    if actor.kind != "citizen":
        return NOTHING
    return Q(holder__in=standing_for(actor)) | Q(holder__in=acting_for(actor), brought_by=actor.key)


def _is_at_desk(actor: Actor) -> bool:
    return actor.kind == "staff" and (actor.may("cases.accept") or actor.may("cases.review"))


HOLDER = Rule(_holds, _held)
# The case through which staff came to the paper has been checked in all its dimensions.
AT_DESK = Rule(lambda actor, paper: _is_at_desk(actor), lambda actor: NOTHING)

allow("materials.view", HOLDER)
allow("materials.keep", HOLDER)
allow("materials.check", AT_DESK)
allow("materials.take_in", by_grant("materials.take_in"))

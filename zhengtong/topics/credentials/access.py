"""Who sees a credential: its holder, those who act for him, staff of the organ that issued it."""

from uuid import UUID

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.foundation.wiring import Slot

from .models import Credential

# Representation is known to `subjects`, on our own stair: whoever stands above both fills this in.
acting_for: Slot[[Actor], frozenset[UUID]] = Slot("credentials.acting_for")


def holders_of(actor: Actor) -> frozenset[UUID]:
    """The subjects whose credentials the actor holds in his hands."""
    if actor.kind != "citizen" or actor.subject_id is None:
        return frozenset()
    return acting_for(actor) if acting_for.is_filled else frozenset({actor.subject_id})


def _held(actor: Actor) -> Q:
    holders = holders_of(actor)
    return Q(holder__in=holders) if holders else NOTHING


def _may_issue(actor: Actor, credential: Credential) -> bool:
    decides = any(g.organisation in (None, credential.issuer_id) for g in actor.granted("cases.decide"))
    # An on-the-spot item is decided where it is accepted, in the department's name.
    return decides or actor.may("cases.accept")


HOLDER = Rule(lambda actor, credential: credential.holder in holders_of(actor), _held)

allow("credentials.hold", HOLDER)
allow("credentials.view", HOLDER | by_grant("credentials.view", organisation="issuer_id", area="division"))
# The case has been checked in all its dimensions, on its locked row, by the action that grants it.
allow("credentials.issue", Rule(_may_issue, lambda actor: NOTHING))
allow("credentials.end", by_grant("credentials.end", organisation="issuer_id", area="division"))
allow("credentials.render", by_grant("credentials.render"))
allow("credentials.declare", by_grant("packs.apply"))

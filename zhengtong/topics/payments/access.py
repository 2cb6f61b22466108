"""The applicant pays; the counter takes money; finance reduces, refunds and compares; others of the office look on."""

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.topics.subjects import queries as subjects

from .models import Bill


def _is_mine(actor: Actor, bill: Bill) -> bool:
    if actor.kind != "citizen" or actor.subject_id is None:
        return False
    return bill.case.operator_id == actor.subject_id or bill.applicant_id in subjects.standing_for(actor)


def _mine(actor: Actor) -> Q:
    if actor.kind != "citizen" or actor.subject_id is None:
        return NOTHING
    return Q(applicant_id__in=subjects.standing_for(actor)) | Q(case__operator_id=actor.subject_id)


def of_office(permission: str) -> Rule:
    """Holders of the permission in the office whose charge it is."""
    return by_grant(permission, organisation="organisation_id", area="division", item="item_code")


def of_counter(permission: str) -> Rule:
    """Holders of the permission where the case is accepted."""
    return by_grant(permission, organisation="acceptor_id", area="division", item="item_code")


MINE = Rule(_is_mine, _mine)
allow("payments.open", by_grant("payments.open"))
allow("payments.settle", by_grant("payments.settle"))
allow("payments.pay", MINE)
allow("payments.renew", MINE | of_counter("payments.collect") | of_office("payments.manage"))
allow("payments.view", MINE | of_office("payments.view") | of_counter("payments.view"))
allow("payments.collect", of_counter("payments.collect") | of_office("payments.collect"))
allow("payments.manage", of_office("payments.manage"))
# The provider's book is one for all offices: whoever looks after any money may see where the books differ.
allow(
    "payments.compare",
    Rule(lambda actor, _: actor.may("payments.manage"), lambda actor: Q() if actor.may("payments.manage") else NOTHING),
)

"""The applicant rates; those responsible for the organisation read; staff never rate."""

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant
from zhengtong.foundation.access.policies import NOTHING
from zhengtong.topics.subjects import queries as subjects

from .models import Rating, RatingInvitation


def _may_rate(actor: Actor, invitation: RatingInvitation) -> bool:
    return actor.kind == "citizen" and invitation.applicant_id in subjects.acting_for(actor)


def _mine(actor: Actor) -> Q:
    return Q(applicant_id__in=subjects.acting_for(actor)) if actor.kind == "citizen" else NOTHING


def _is_of_mine(actor: Actor, rating: Rating) -> bool:
    return _may_rate(actor, rating.invitation)


def _of_mine(actor: Actor) -> Q:
    if actor.kind != "citizen":
        return NOTHING
    return Q(invitation__applicant_id__in=subjects.acting_for(actor))


allow("ratings.invite", by_grant("ratings.invite"))
allow("ratings.rate", Rule(_may_rate, _mine))
allow("ratings.own", Rule(_is_of_mine, _of_mine))
allow("ratings.view", by_grant("ratings.view", organisation="organisation_id", item="item_code"))
allow("ratings.close", by_grant("ratings.close"))

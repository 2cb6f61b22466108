"""Who may take, hold, hand over, sign for and hand out: always where the thing is, or whither it is going."""

from django.db.models import Q

from zhengtong.foundation.access import Actor, Rule, allow, by_grant

from .models import Day

HOLD, PASS_ON, ISSUE = "deliveries.custody", "deliveries.hand_over", "deliveries.issue"
SQUARE, VIEW, OPEN = "deliveries.reconcile", "deliveries.view", "deliveries.open"
PLACE = {"area": "case__division", "item": "case__item_code"}


def _is_mine(actor: Actor, day: Day) -> bool:
    return actor.is_staff and day.keeper == actor.key


# On the case whose originals are taken in.
allow("deliveries.take", by_grant(HOLD, organisation="acceptor_id", area="division", item="item_code"))
allow("deliveries.return", by_grant(HOLD, organisation="holder_id", **PLACE))
allow("deliveries.hand_over", by_grant(PASS_ON, organisation="holder_id", **PLACE))
allow("deliveries.sign_for", by_grant(PASS_ON, organisation="to_organisation_id"))
allow("deliveries.issue", by_grant(ISSUE, organisation="window_id", **PLACE))
allow("deliveries.open", by_grant(OPEN))
allow("deliveries.close", by_grant(OPEN))
HERE, FROM, TO = (
    by_grant(VIEW, organisation="holder_id", **PLACE),
    by_grant(VIEW, organisation="from_organisation_id"),
    by_grant(VIEW, organisation="to_organisation_id"),
)
AT_ITS_COUNTER = by_grant(VIEW, organisation="case__acceptor_id", **PLACE)
IN_ITS_DEPARTMENT = by_grant(VIEW, organisation="case__department_id", **PLACE)
allow("deliveries.view_piece", HERE | AT_ITS_COUNTER | IN_ITS_DEPARTMENT)
allow("deliveries.view_slip", FROM | TO)
allow("deliveries.view", by_grant(VIEW, organisation="window_id", **PLACE))
allow("deliveries.close_day", by_grant(SQUARE, organisation="organisation_id"))
# A day is seen by whoever keeps it, and by those who look over the whole house.
allow("deliveries.view_day", Rule(_is_mine, lambda actor: Q(keeper=actor.key)) | by_grant("audit.view"))

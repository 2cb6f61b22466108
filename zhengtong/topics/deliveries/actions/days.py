"""The evening: what was counted against what should be there."""

from datetime import date

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..models import Day
from ..queries.days import figures_of


@transaction.atomic
def close_day(day: date, *, organisation: str, counted: int, reason: str = "", actor: Actor) -> Day:
    """Sign off one's day: the figures are kept as they stood, a difference with its reason.

    Refused: signed off before; a difference without a reason.
    """
    figures = figures_of(actor, day)
    kept = Day(
        keeper=actor.key, keeper_name=actor.name, organisation_id=organisation, day=day, opening=figures.opening,
        taken=figures.taken, given=figures.given, counted=counted, receipts=figures.receipts, issued=figures.issued,
        reason=rules.check_day(figures, counted, reason), signed_at=clock.now(),
    )  # fmt: skip
    access.require(actor, "deliveries.close_day", kept)
    if Day.objects.filter(keeper=actor.key, day=day).exists():
        raise rules.DayClosed
    kept.save(force_insert=True)
    record(
        "deliveries.day.closed", kept, actor=actor, day=day.isoformat(), expected=figures.expected, counted=counted
    )  # fmt: skip
    return kept

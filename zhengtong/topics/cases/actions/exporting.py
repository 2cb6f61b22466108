"""A list that leaves the house: by whose hand, with what filters, is on record."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, QuerySet

from zhengtong.foundation import access
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import actions as accounts
from zhengtong.foundation.refusals import SignInRequired

from ..models import Case
from ..queries.lists import cases_on_desk

AT_ONCE = 500


@transaction.atomic
def export_cases(*, status: str = "", item: str = "", text: str = "", actor: Actor) -> Iterator[Case]:
    """Every case of the actor's list, newest first, read in portions while it is sent."""
    access.require(actor, "cases.export")
    if actor.account_id is None:
        raise SignInRequired
    # The search words may be somebody's name: that there were any is on record, not what they were.
    accounts.record_export(
        actor.account_id, what="cases", status=status, item=item, by_text=bool(text), actor=actor
    )  # fmt: skip
    return _in_portions(cases_on_desk(actor, status=status, item=item, text=text))


def _in_portions(rows: QuerySet[Case]) -> Iterator[Case]:
    portion = list(rows[:AT_ONCE])
    while portion:
        yield from portion
        last = portion[-1]
        older = Q(submitted_at__lt=last.submitted_at) | Q(submitted_at=last.submitted_at, id__lt=last.pk)
        portion = list(rows.filter(older)[:AT_ONCE])

"""A day's two books side by side."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..models import Statement
from ..queries.books import our_entries


@transaction.atomic
def keep_statement(day: date, *, entries: Sequence[dict[str, Any]], actor: Actor) -> Statement:
    """The provider's entries of a day, and where ours differ; fetched again, compared again."""
    access.require(actor, "payments.settle")
    try:
        theirs = [rules.Entry.of(entry) for entry in entries]
    except (KeyError, TypeError, ValueError) as fault:
        raise rules.NotificationUnfit(problem=str(fault)) from None
    found = rules.differences(our_entries(day), theirs)
    statement = Statement.objects.select_for_update().filter(pk=day).first() or Statement(day=day)
    statement.entries = [asdict(entry) for entry in theirs]
    statement.differences = [asdict(one) | {"words": one.words} for one in found]
    statement.fetched_at = clock.now()
    statement.save()
    record("payments.statement.kept", statement, actor=actor, entries=len(theirs), differences=len(found))
    return statement

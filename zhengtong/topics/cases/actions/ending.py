"""Deliver, archive, withdraw."""

from django.db import transaction

from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access
from zhengtong.foundation.access import Actor

from ..models import Case
from .moving import locked, move, organ_of


@transaction.atomic
def deliver_case(case: Case, *, way: str, actor: Actor) -> Case:
    """The applicant has his result in hand: at the window, by post or electronically."""
    case, _ = locked(case)
    access.require(actor, "cases.deliver", case)
    move(case, "deliver", actor=actor, opinion=way, organisation=organ_of(case, actor, "cases.deliver"), way=way)
    tasks.close_tasks(case.pk, actor=actor)
    return case


@transaction.atomic
def archive_case(case: Case, *, actor: Actor) -> Case:
    """The file is complete and closed."""
    case, _ = locked(case)
    access.require(actor, "cases.archive", case)
    move(case, "archive", actor=actor)
    tasks.close_tasks(case.pk, actor=actor)
    return case


@transaction.atomic
def withdraw_case(case: Case, *, opinion: str = "", actor: Actor) -> Case:
    """The applicant takes his application back. Refused after the decision."""
    case, _ = locked(case)
    access.require(actor, "cases.withdraw", case)
    case.reason = opinion
    move(case, "withdraw", actor=actor, opinion=opinion)
    tasks.close_tasks(case.pk, actor=actor)
    return case

"""Cases that another system decides: handed over through a port, mirrored here, never decided or sealed by us."""

from uuid import UUID

from django.db import transaction

from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..events import CaseForwarded
from ..models import Case
from ..rules import Status
from .moving import locked, move, say

# These are at the other system, which tells us by itself.
MIRRORED = frozenset({Status.FORWARDED, Status.GRANTED_ELSEWHERE, Status.REFUSED_ELSEWHERE})
OUTCOMES = {"granted": "mirror_grant", "refused": "mirror_refuse"}


@transaction.atomic
def forward_case(case: Case, *, opinion: str = "", actor: Actor) -> Case:
    """Pass a case on to the system that decides it; the hand-over itself follows after commit."""
    case, item = locked(case)
    access.require(actor, "cases.accept", case)
    if item.is_decided_here:
        raise rules.DecidedHere(item=case.item_name)
    case.elsewhere_status = "待上级系统接收"
    move(case, "forward", actor=actor, opinion=opinion, organisation=case.acceptor_id, system=case.elsewhere_system)
    tasks.close_tasks(case.pk, actor=actor)
    say(CaseForwarded, case)
    return case


@transaction.atomic
def hand_over_forwarded(case_id: UUID, *, number: str, status: str, actor: Actor) -> Case:
    """The other system has taken the case under its own number."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    access.require(actor, "cases.mirror", case)
    case.elsewhere_number, case.elsewhere_status = number, status
    case.save(update_fields=["elsewhere_number", "elsewhere_status"])
    record("cases.case.taken_elsewhere", case, actor=actor, number=number, status=status)
    return case


@transaction.atomic
def mirror_status(case_id: UUID, *, status: str, outcome: str = "", result_number: str = "", actor: Actor) -> Case:
    """Repeat what the other system says: its words, and its outcome once there is one. Idempotent."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    access.require(actor, "cases.mirror", case)
    if case.status != Status.FORWARDED or (status == case.elsewhere_status and not outcome):
        return case
    case.elsewhere_status = status
    if outcome:
        case.result_number = result_number
        return move(case, OUTCOMES[outcome], actor=actor, opinion=status, elsewhere=status)
    case.save(update_fields=["elsewhere_status"])
    record("cases.case.mirrored", case, actor=actor, status=status)
    return case


@transaction.atomic
def enter_elsewhere(case: Case, *, system: str, number: str, outcome: str = "", actor: Actor) -> Case:
    """Keep the number and outcome that a vertical system gave, entered by hand; our own number and decision stay.

    Refused: no number; the system tells us by itself.
    """
    case, _ = locked(case)
    access.require(actor, "cases.enter_elsewhere", case)
    entered = rules.check_elsewhere(system, number, outcome, is_mirrored=case.status in MIRRORED)
    before = case.elsewhere_number
    case.elsewhere_system, case.elsewhere_number, case.elsewhere_status = entered
    case.save(update_fields=["elsewhere_system", "elsewhere_number", "elsewhere_status"])
    record("cases.case.elsewhere_entered", case, actor=actor, system=system, number=number, before=before)
    return case

"""At intake: receive, accept, decline, tell that nothing is needed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.deadlines import rules as deadlines
from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor

from .. import rules
from ..events import CaseAccepted, CaseReceived
from ..models import Case, Notice
from ..queries.waiting import money_due
from .moving import issue, locked, move, organ_of, remedy_of, say


@transaction.atomic
def receive_case(case: Case, *, actor: Actor) -> Case:
    """Confirm that the papers are here; the applicant gets his receipt."""
    case, _ = locked(case)
    access.require(actor, "cases.receive", case)
    case.received_at = clock.now()
    case = move(case, "receive", actor=actor, organisation=case.acceptor_id)
    say(CaseReceived, case)
    return case


@transaction.atomic
def accept_case(case: Case, *, opinion: str = "", actor: Actor) -> Case:
    """Take the case into processing; both clocks start and the applicant gets a dated notice (行政许可法 32).

    Refused: not at intake; decided in another system.
    """
    case, item = locked(case)
    access.require(actor, "cases.accept", case)
    if not item.is_decided_here:
        raise rules.DecidedElsewhere(item=case.item_name, system=item.system)
    case = start_processing(case, item, opinion=opinion, actor=actor)
    wait_for_step(case, item, actor=actor)
    return case


def start_processing(case: Case, item: Any, *, opinion: str, actor: Actor) -> Case:
    """The acceptance itself, once allowed."""
    money_due(case, "accept")
    now = clock.now()
    case.accepted_at, case.accepted_by = now, actor.key
    case.received_at = case.received_at or now
    set_clocks(case, item)
    move(
        case, "accept", actor=actor, opinion=opinion, organisation=case.acceptor_id,
        promised_due=str(case.promised_due or ""), statutory_due=str(case.statutory_due or ""),
    )  # fmt: skip
    issue(
        case, "accepted", item=case.item_name, organ=case.department.name, accepted_on=now.date().isoformat(),
        promised_due=str(case.promised_due or ""), statutory_due=str(case.statutory_due or ""),
        provisional=case.due_provisional,
    )  # fmt: skip
    tasks.close_tasks(case.pk, actor=actor)
    say(CaseAccepted, case)
    return case


def set_clocks(case: Case, item: Any) -> None:
    """Both due dates, by the limits of the case's own item version and the calendar as it stands."""
    calendar = calendars.calendar()
    assert case.accepted_at is not None
    complete = deadlines.local_day(_complete_since(case))
    starts = {"receipt": complete, "application": complete}
    for column, limit in (("statutory_due", item.statutory_limit), ("promised_due", item.promised_limit)):
        if limit is None or not limit.is_set:
            continue
        start: date = starts.get(limit.start, deadlines.local_day(case.accepted_at))
        due = deadlines.due(start, limit.counted, calendar)
        setattr(case, column, due.date)
        case.due_provisional = case.due_provisional or due.provisional


def _complete_since(case: Case) -> datetime:
    """When the complete application came in: when it was made, or when the last correction was answered."""
    answers = Notice.objects.filter(case=case, kind="correction").exclude(answered_at=None)
    answered: datetime | None = answers.order_by("-answered_at").values_list("answered_at", flat=True).first()
    return answered or case.submitted_at


def wait_for_step(case: Case, item: Any, *, actor: Actor) -> None:
    """Put the next configured step before its post."""
    step = rules.next_step(item.steps, case.step)
    if step is None:
        return
    tasks.open_tasks(
        [
            {
                "kind": f"cases.{step.key}",
                "permission": step.permission,
                "organisation": case.department_id,
                "area": case.division,
                "item": case.item_code,
                "about": case.pk,
                "number": case.number,
                "title": case.item_name,
                "who": case.applicant_name,
                "due": case.promised_due or case.statutory_due,
            }
        ],
        actor=actor,
    )


@transaction.atomic
def decline_case(case: Case, *, opinion: str, right_organ: str = "", actor: Actor) -> Case:
    """Not accepted, with the reason and, where it is another's power, the right organ (行政许可法 32)."""
    case, _ = locked(case)
    access.require(actor, "cases.decline", case)
    case.reason = rules.check_opinion(opinion)
    move(case, "decline", actor=actor, opinion=case.reason, organisation=organ_of(case, actor, "cases.decline"))
    issue(
        case, "declined", item=case.item_name, organ=case.department.name, reason=case.reason,
        right_organ=right_organ, remedy=remedy_of(case),
    )  # fmt: skip
    tasks.close_tasks(case.pk, actor=actor)
    return case


@transaction.atomic
def declare_not_needed(case: Case, *, opinion: str, actor: Actor) -> Case:
    """No permit is needed for this: told at once, the first outcome of 行政许可法 32."""
    case, _ = locked(case)
    access.require(actor, "cases.decline", case)
    case.reason = rules.check_opinion(opinion)
    organ = organ_of(case, actor, "cases.decline")
    move(case, "declare_not_needed", actor=actor, opinion=case.reason, organisation=organ)
    issue(case, "not_needed", item=case.item_name, organ=case.department.name, reason=case.reason)
    tasks.close_tasks(case.pk, actor=actor)
    return case

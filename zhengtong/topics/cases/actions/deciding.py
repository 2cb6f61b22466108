"""Review, grant, refuse, take note; and all of it at once for an on-the-spot item."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import Message
from zhengtong.topics.credentials import actions as credentials

from .. import rules
from ..models import Case, Finding, Step
from ..queries.answers import unseal_answers
from ..rules import AT_INTAKE, FLOW, STATES, Checked, Proposal, Status
from .accepting import start_processing, wait_for_step
from .checking import write_findings
from .moving import basis_of, issue, locked, move, remedy_of


def _check_hands(case: Case, item: Any, actor: Actor, *, again: str = "") -> None:
    """Acceptance, review and decision by different people, where the item says so.

    Whoever reviewed a step that was sent back may take that same step again.
    """
    if not item.separate:
        return
    earlier = Step.objects.filter(case=case, verb__in=rules.SEPARATED).exclude(verb="review", key=again)
    done = earlier.values_list("actor", "verb")
    rules.check_separate({who: rules.SEPARATED[verb] for who, verb in done}, actor.key)


@transaction.atomic
def review_case(
    case: Case, *, opinion: str, proposal: str = Proposal.GRANT, findings: Sequence[Checked] = (), actor: Actor
) -> Case:
    """Record a review step's findings, opinion and proposal, and pass the case on to the next step.

    Refused: not the step it waits for; the hands are not separate; no opinion; a proposal against the findings.
    """
    case, item = locked(case)
    access.require(actor, "cases.review", case)
    _check_here(case, item)
    step = rules.next_step(item.steps, case.step)
    _check_hands(case, item, actor, again=step.key if step else "")
    rules.check_step(step, "cases.review", STATES[case.status])
    assert step is not None
    opinion = rules.check_opinion(opinion)
    write_findings(case, item, step.key, findings, actor)
    kept = list(Finding.objects.filter(case=case, step=step.key))
    rules.check_proposal(proposal, kept)
    case.step = step.key
    move(
        case, "review", actor=actor, opinion=opinion, key=step.key, organisation=case.department_id,
        proposal=proposal, found={row.point: row.verdict for row in kept},
    )  # fmt: skip
    tasks.close_tasks(case.pk, actor=actor)
    wait_for_step(case, item, actor=actor)
    return case


def _check_here(case: Case, item: Any) -> None:
    if not item.is_decided_here:
        raise rules.DecidedElsewhere(item=case.item_name, system=item.system)


def check_decidable(case: Case, item: Any, actor: Actor) -> None:
    """Refused: another system's; a hand that took an earlier step; steps still open."""
    _check_here(case, item)
    _check_hands(case, item, actor)
    if case.status in (Status.ACCEPTED, Status.IN_REVIEW):
        rules.check_step(rules.next_step(item.steps, case.step), "cases.decide", STATES[case.status])


@transaction.atomic
def grant_case(case: Case, *, opinion: str = "", actor: Actor) -> Case:
    """Grant; a local credential is issued in the same transaction.

    Refused: steps still open; hands not separate; a filing; decided elsewhere.
    """
    case, item = locked(case)
    access.require(actor, "cases.decide", case)
    check_decidable(case, item, actor)
    return grant(case, item, opinion, actor)


@transaction.atomic
def refuse_case(case: Case, *, opinion: str, actor: Actor) -> Case:
    """Refuse in writing, with the reason and both remedies (行政许可法 38)."""
    case, item = locked(case)
    access.require(actor, "cases.decide", case)
    check_decidable(case, item, actor)
    return _refuse(case, item, opinion, actor)


@transaction.atomic
def note_filing(case: Case, *, opinion: str = "", actor: Actor) -> Case:
    """Take note of a filing; its number is the proof."""
    case, item = locked(case)
    access.require(actor, "cases.decide", case)
    check_decidable(case, item, actor)
    return note(case, item, opinion, actor)


@transaction.atomic
def handle_on_the_spot(case: Case, *, opinion: str = "", actor: Actor) -> Case:
    """Accept and decide an on-the-spot item in one sitting: grant it, or take note of a filing.

    An adverse outcome is never made here: it goes through review. Refused: not an on-the-spot item.
    """
    case, item = locked(case)
    access.require(actor, "cases.handle_on_the_spot", case)
    if not item.is_on_the_spot:
        raise rules.NotOnTheSpot(item=case.item_name)
    _check_here(case, item)
    if case.step:
        raise rules.StepWrong(waiting=Message(STATES[case.status]))
    if case.status in AT_INTAKE:
        case = start_processing(case, item, opinion="", actor=actor)
    return note(case, item, opinion, actor) if item.is_filing else grant(case, item, opinion, actor)


def grant(case: Case, item: Any, opinion: str, actor: Actor) -> Case:
    """The grant itself, once allowed."""
    if item.is_filing:
        raise rules.FilingOnly(item=case.item_name)
    # Before anything is issued: a second press hears where the case stands by now.
    FLOW.check(case.status, "grant")
    case.decided_at = clock.now()
    if item.result_kind == "credential" and item.result_by == "local":
        credential = _issue_credential(case, item, actor)
        case.result_name, case.result_number = item.result_name, credential.number
    else:
        case.result_name = item.result_name
    _decide(case, "grant", opinion, actor)
    issue(
        case, "granted", item=case.item_name, organ=case.department.name, opinion=opinion,
        result_name=case.result_name, result_number=case.result_number, basis=basis_of(item),
    )  # fmt: skip
    return case


def _refuse(case: Case, item: Any, opinion: str, actor: Actor) -> Case:
    if item.is_filing:
        raise rules.FilingOnly(item=case.item_name)
    case.decided_at, case.reason = clock.now(), rules.check_opinion(opinion)
    _decide(case, "refuse", case.reason, actor)
    issue(
        case, "refused", item=case.item_name, organ=case.department.name, reason=case.reason, basis=basis_of(item),
        remedy=remedy_of(case),
    )  # fmt: skip
    return case


def note(case: Case, item: Any, opinion: str, actor: Actor) -> Case:
    """Taking note itself, once allowed."""
    if not item.is_filing:
        raise rules.NotAFiling(item=case.item_name)
    case.decided_at = clock.now()
    case.result_name, case.result_number = item.result_name, f"备{case.number}"
    _decide(case, "note", opinion, actor)
    issue(
        case, "noted", item=case.item_name, organ=case.department.name, result_name=case.result_name,
        result_number=case.result_number,
    )  # fmt: skip
    return case


def _decide(case: Case, verb: str, opinion: str, actor: Actor) -> None:
    move(
        case, verb, actor=actor, opinion=opinion, key="decide", organisation=case.department_id,
        result=case.result_number,
    )  # fmt: skip
    tasks.close_tasks(case.pk, actor=actor)
    tasks.open_tasks(
        [
            {
                "kind": "cases.deliver",
                "permission": "cases.deliver",
                "organisation": case.acceptor_id,
                "area": case.division,
                "item": case.item_code,
                "about": case.pk,
                "number": case.number,
                "title": case.item_name,
                "who": case.applicant_name,
                "due": None,
            }
        ],
        actor=actor,
    )


def _issue_credential(case: Case, item: Any, actor: Actor) -> Any:
    holder = case.applicant
    answers: Mapping[str, Any] = unseal_answers(item.form, case.form)
    return credentials.issue_credential(
        type_code=item.credential_type,
        case_number=case.number,
        holder_id=holder.pk,
        holder_name=holder.name,
        holder_id_type=holder.id_type,
        holder_id_number=holder.id_number,
        data={k: v for k, v in answers.items() if k not in item.form.sealed} | {"applicant_name": holder.name},
        issuer=case.department_id,
        division=case.division,
        issued_on=clock.today(),
        actor=actor,
    )

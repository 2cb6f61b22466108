"""What every step has in common once it is allowed: lock first, then move the state, say it in words, prove it."""

from datetime import date, datetime
from typing import Any

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.deadlines import rules as deadlines
from zhengtong.engines.flows.rules import Transition
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.params import queries as params
from zhengtong.topics.items import queries as items

from ..events import CaseEnded, CaseEvent
from ..models import Case, Notice, Step
from ..rules import ENDED, FLOW


def locked(case: Case) -> tuple[Case, Any]:
    """The case with its row locked, and its item version."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    return case, items.version(case.item_version_id)


def move(
    case: Case, verb: str, *, actor: Actor, opinion: str = "", key: str = "", organisation: str | None = None,
    proposal: str = "", **data: Any,
) -> Case:  # fmt: skip
    """Make the transition of an allowed verb, with its step and leaf; columns set on the case are saved with it.

    Refused where the table of transitions has no such step from here.
    """
    row: Transition = FLOW.check(case.status, verb)
    before, case.status = case.status, row.target
    if case.status in ENDED and case.ended_at is None:
        case.ended_at = clock.now()
    case.save()
    Step.objects.create(
        case=case, key=key or verb, verb=verb, opinion=opinion, proposal=proposal, actor=actor.key,
        actor_name=actor.name, organisation_id=organisation, at=clock.now(),
    )  # fmt: skip
    if proposal:
        data["proposal"] = proposal
    record(f"cases.case.{verb}", case, actor=actor, before=before, after=case.status, **data)
    # What was taken back within minutes was never handled: nobody is asked to rate it.
    if case.status in ENDED and before not in ENDED and verb != "take_back":
        CaseEnded(
            **facts(case), applicant=str(case.applicant_id), outcome=case.status, ended_at=clock.now().isoformat()
        ).publish()
    return case


def organ_of(case: Case, actor: Actor, permission: str) -> str:
    """Where the actor does this from: the organisation that accepts if his post is there, else the department."""
    place = {"organisation": case.acceptor_id, "area": case.division, "item": case.item_code}
    accepts = any(grant.covers(**place) for grant in actor.granted(permission))
    return case.acceptor_id if accepts else case.department_id


def accept_due(now: datetime) -> date:
    """By when the applicant must hear of acceptance or correction (行政许可法 32: five working days)."""
    limit = deadlines.Limit.of(params.parameter("deadlines.XK_CORRECT", on=now.date()).value)
    return deadlines.due(now.date(), limit, calendars.calendar()).date


def facts(case: Case) -> dict[str, str]:
    """What every event of a case tells."""
    return {
        "case_id": str(case.pk),
        "number": case.number,
        "item_code": case.item_code,
        "item_name": case.item_name,
        "department": case.department_id,
    }


def say(event: type[CaseEvent], case: Case) -> None:
    """Publish an event that tells the common facts only."""
    event(**facts(case)).publish()


def remedy_of(case: Case) -> dict[str, Any]:
    """Where an adverse outcome may be taken, by the deciding organ's own rule (行政复议法 24, 27)."""
    organ = case.department
    return {"review": organ.remedy_review, "court": organ.remedy_court}


def basis_of(item: Any) -> list[str]:
    """The legal basis in words, for papers."""
    return [f"《{entry['law']}》{entry['article']}" for entry in item.definition["basis"]]


NOTICE_WORDS = {
    "receipt": "收件", "correction": "补正", "accepted": "受理", "declined": "不予受理", "not_needed": "告知",
    "granted": "准予", "refused": "不予", "noted": "备案",
}  # fmt: skip


def issue(case: Case, kind: str, **body: Any) -> Notice:
    """Issue a paper: a dated record of exactly what the applicant is told, numbered within the case."""
    now = clock.now()
    count = Notice.objects.filter(case=case, kind=kind).count()
    number = f"{NOTICE_WORDS[kind]}〔{now.year}〕{case.number}" + (f"-{count + 1}" if count else "")
    return Notice.objects.create(
        case=case, kind=kind, number=number, body=body, issued_at=now, answer_due=body.get("answer_due")
    )

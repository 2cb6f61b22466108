"""What waits for a decision, and what is out of the ordinary in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, visible
from zhengtong.topics.items import queries as items

from .. import rules
from ..models import Case, Finding, Notice, Step
from ..rules import Peculiarity

AT_MOST = 200
DECISIONS = ("grant", "refuse", "note")


@dataclass(frozen=True)
class Standing:
    """One case before its decision: what was proposed, by whom, and why it is no ordinary one."""

    why: tuple[Peculiarity, ...] = ()
    proposals: dict[str, str] = field(default_factory=dict)
    opinion: str = ""
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """One case that waits for the actor's decision."""

    case: Case
    due: date | None
    standing: Standing


def waiting_for_decision(actor: Actor) -> list[Waiting]:
    """All that the actor may decide and nobody else has taken, exceptions first, then by date."""
    work = tasks.tasks_for(actor).filter(permission="cases.decide")
    mine = [task.about for task in work[:AT_MOST] if task.holder_id in (None, actor.account_id)]
    found = visible(actor, "cases.decide", Case.objects.filter(pk__in=mine)).select_related("department")
    cases = list(found)
    standing = peculiarities(cases)
    rows = [Waiting(case, case.promised_due or case.statutory_due, standing[case.pk]) for case in cases]
    order = list(Peculiarity)
    return sorted(
        rows,
        key=lambda row: (
            order.index(row.standing.why[0]) if row.standing.why else len(order), row.due or date.max, row.case.number,
        ),
    )  # fmt: skip


def peculiarities(cases: Iterable[Case]) -> dict[UUID, Standing]:
    """Of each of these cases, in three queries however many they are."""
    cases = list(cases)
    ids = [case.pk for case in cases]
    steps = _by_case(Step, ids)
    verdicts: dict[UUID, list[str]] = defaultdict(list)
    corrected: dict[UUID, int] = defaultdict(int)
    for case_id, verdict in Finding.objects.filter(case__in=ids).values_list("case", "verdict"):
        verdicts[case_id].append(verdict)
    answered = Notice.objects.filter(case__in=ids, kind="correction").exclude(answered_at=None)
    for case_id in answered.values_list("case", flat=True):
        corrected[case_id] += 1
    return {case.pk: _standing(case, steps[case.pk], verdicts[case.pk], corrected[case.pk]) for case in cases}


def _by_case(model: type[Step], ids: list[UUID]) -> dict[UUID, list[Step]]:
    rows: dict[UUID, list[Step]] = defaultdict(list)
    for step in model.objects.filter(case__in=ids, verb__in=("review", "send_back")).order_by("id"):
        rows[step.case_id].append(step)
    return rows


def _standing(case: Case, steps: list[Step], verdicts: list[str], corrected: int) -> Standing:
    reviews = [step for step in steps if step.verb == "review"]
    wanted = any(step.permission == "cases.review" for step in items.version(case.item_version_id).steps)
    proposals = {step.key: step.proposal for step in reviews if step.proposal}
    why = rules.exceptions(
        proposals, verdicts=verdicts, due=case.promised_due or case.statutory_due, today=clock.today(),
        sent_back=len(steps) - len(reviews), corrected=corrected, reviewed=len(reviews) if wanted else 1,
    )  # fmt: skip
    latest = {step.key: step for step in reviews}
    names = dict.fromkeys(step.actor_name for step in latest.values())
    return Standing(why, proposals, reviews[-1].opinion if reviews else "", tuple(names))


def signed_by(actor: Actor, day: date) -> QuerySet[Step]:
    """The decisions the actor took on a day, in order."""
    start = datetime.combine(day, datetime.min.time(), clock.CHINA)
    end = datetime.combine(day, datetime.max.time(), clock.CHINA)
    rows = Step.objects.filter(actor=actor.key, verb__in=DECISIONS, at__range=(start, end))
    seen = visible(actor, "cases.view", Case.objects.all()).values("pk")
    return rows.filter(case__in=seen).select_related("case").defer("case__form").order_by("id")


def words_of(why: Iterable[Any]) -> list[str]:
    """The reasons in the words of the rules."""
    return [rules.EXCEPTIONS[each] for each in why]

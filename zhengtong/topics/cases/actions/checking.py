"""The checklist of a review, kept while the review goes on."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record

from .. import rules
from ..models import Case, Finding
from ..rules import Checked
from .moving import locked

LONGEST = 300


@transaction.atomic
def keep_findings(case: Case, *, findings: Sequence[Checked], actor: Actor) -> Case:
    """Keep what was found so far on the points of the step under way. Refused: not under review; an unknown point."""
    case, item = locked(case)
    access.require(actor, "cases.review", case)
    step = rules.next_step(item.steps, case.step)
    rules.check_step(step, "cases.review", rules.STATES[case.status])
    rules.FLOW.check(case.status, "review")
    assert step is not None
    if changed := write_findings(case, item, step.key, findings, actor):
        record("cases.case.checked", case, actor=actor, step=step.key, points=changed)
    return case


def write_findings(case: Case, item: Any, step: str, findings: Sequence[Checked], actor: Actor) -> int:
    """Those that are new or other than before; how many."""
    rules.check_findings(findings, item.points)
    known = {row.point: row for row in Finding.objects.filter(case=case, step=step)}
    changed = [
        one for one in findings
        if (before := known.get(one.point)) is None
        or (before.verdict, before.remark) != (one.verdict, one.remark.strip()[:LONGEST])
    ]  # fmt: skip
    for one in changed:
        Finding.objects.update_or_create(
            case=case, step=step, point=one.point,
            defaults={
                "verdict": one.verdict, "remark": one.remark.strip()[:LONGEST], "actor": actor.key,
                "actor_name": actor.name, "at": clock.now(),
            },
        )  # fmt: skip
    return len(changed)

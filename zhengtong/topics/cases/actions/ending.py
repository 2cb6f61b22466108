"""Deliver, archive, withdraw, take back."""

import json
from typing import cast
from uuid import UUID

from django.db import transaction

from zhengtong.engines.tasks import actions as tasks
from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.params import queries as params

from .. import rules
from ..events import CaseDelivered
from ..models import Case, Draft
from ..queries.answers import unseal_answers
from ..queries.waiting import money_due
from .moving import facts, locked, move, organ_of


@transaction.atomic
def deliver_case(case: Case, *, way: str, actor: Actor) -> Case:
    """The applicant has his result in hand: at the window, by post or electronically."""
    case, _ = locked(case)
    access.require(actor, "cases.deliver", case)
    money_due(case, "deliver")
    move(case, "deliver", actor=actor, opinion=way, organisation=organ_of(case, actor, "cases.deliver"), way=way)
    tasks.close_tasks(case.pk, actor=actor)
    CaseDelivered(**facts(case), way=way).publish()
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


@transaction.atomic
def take_back_case(case: Case, *, actor: Actor) -> Draft:
    """Undo a submission: the application is a draft of its author again, with everything that was in it.

    Refused once it is accepted or its minutes have passed: `TakenUp`.
    """
    case, item = locked(case)
    access.require(actor, "cases.take_back", case)
    now = clock.now()
    minutes = params.integer("cases.take_back_minutes", on=now.date())
    if not rules.may_be_taken_back(case.status, case.submitted_at, minutes=minutes, now=now):
        raise rules.TakenUp(minutes=minutes)
    move(case, "take_back", actor=actor)
    tasks.close_tasks(case.pk, actor=actor)
    given = case.materials.filter(replaced_at=None, file__isnull=False)
    content = {
        "answers": unseal_answers(item.form, case.form),
        "materials": {part.code: str(part.file_id) for part in given},
        "done": [section.key for section in item.form.sections],
    }
    return Draft.objects.create(
        account_id=cast(UUID, actor.account_id), item_version_id=case.item_version_id, item_name=case.item_name,
        applicant_id=case.applicant_id, content=json.dumps(content, ensure_ascii=False), updated_at=now,
    )  # fmt: skip

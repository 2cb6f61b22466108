"""What a case costs by its own item version, and whether a step must wait for it."""

from typing import Any

from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items

from .. import rules
from ..models import Bill
from ..rules import SETTLED, STANDING, BillState


def charges_of(case: Any) -> tuple[list[Any], str]:
    """The charges that the case's answers call for, and when they fall due; none where another system decides."""
    item = items.version(case.item_version_id)
    if not item.fees.charged or not item.is_decided_here:
        return [], item.fees.payable
    answers = cases.unseal_answers(item.form, case.form)
    facts = {"applicant_kind": case.applicant.kind, "channel": case.channel, **answers}
    return item.fees.lines(facts), item.fees.payable


def check_paid(case: Any, step: str) -> None:
    """Refused while the step waits for money: `MoneyDue`. A refused case costs nothing."""
    lines, payable = charges_of(case)
    if rules.WAITS[payable] != step or not lines or not rules.may_open(payable, case.status):
        return
    standing = Bill.objects.filter(case=case).order_by("-opened_at").values_list("state", "amount").first()
    state, amount = standing or (BillState.DUE, sum(line.amount for line in lines))
    if state in SETTLED:
        return
    if state not in STANDING:
        amount = sum(line.amount for line in lines)
    raise rules.MoneyDue(amount=rules.yuan(amount), step=rules.STEPS[step])

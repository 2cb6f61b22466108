"""Open a bill, let off what may be let off, cancel it, let it expire."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.params.queries import integer
from zhengtong.topics.cases import queries as cases

from .. import rules
from ..events import BillOpened
from ..models import Bill, Charge
from ..queries.charges import charges_of
from ..rules import STANDING, BillState
from .moving import end, locked, say, settle

BATCH = 200


@transaction.atomic
def open_bill(number: str, *, actor: Actor) -> Bill | None:
    """The charges of a case become due; told twice, once. Nothing is opened where nothing is owed now."""
    access.require(actor, "payments.open")
    return _opened(cases.case_for(actor, number), actor)


@transaction.atomic
def renew_bill(bill: Bill, *, actor: Actor) -> Bill:
    """A new bill in place of one that expired. Refused: it still waits; nothing is owed any more."""
    bill = locked(bill)
    access.require(actor, "payments.renew", bill)
    if bill.state != BillState.EXPIRED:
        raise rules.BillClosed(state=bill.state_words)
    fresh = _opened(bill.case, actor)
    if fresh is None:
        raise rules.NothingToPay
    return fresh


def _opened(case: Any, actor: Actor) -> Bill | None:
    lines, payable = charges_of(case)
    if not lines or not rules.may_open(payable, case.status):
        return _standing(case)
    try:
        with transaction.atomic():
            return _standing(case) or _written(case, lines, payable, actor)
    except IntegrityError:
        return _standing(case)  # another has opened it at the same moment


def _standing(case: Any) -> Bill | None:
    return Bill.objects.filter(case=case, state__in=STANDING).select_related("case").first()


def _written(case: Any, lines: Sequence[Any], payable: str, actor: Actor) -> Bill:
    now = clock.now()
    total = sum(line.amount for line in lines)
    serial = Bill.objects.filter(case=case).count() + 1
    bill = Bill.objects.create(
        number=f"{case.number}-{serial}", case=case, item_code=case.item_code, item_name=case.item_name,
        organisation_id=case.department_id, acceptor_id=case.acceptor_id, division=case.division,
        applicant_id=case.applicant_id, payer=case.applicant_name, payable=payable, charged=total, amount=total,
        opened_at=now, due_on=now.date() + timedelta(days=integer("payments.due_days", now.date())),
    )  # fmt: skip
    Charge.objects.bulk_create([
        Charge(bill=bill, name=line.name, standard=line.standard, basis=line.basis, reduction=line.reduction,
               amount=line.amount) for line in lines
    ])  # fmt: skip
    record("payments.bill.opened", bill, actor=actor, amount=total, due_on=str(bill.due_on))
    say(BillOpened, bill, due_on=str(bill.due_on))
    defer("payments.place_order", bill=str(bill.pk))
    return bill


@transaction.atomic
def reduce_charge(charge: Charge, *, reduced: int | None, reason: str, basis: str, actor: Actor) -> Bill:
    """Let off a part or all of one charge, with the reason and the right to do so.

    Refused: the bill does not wait; the charge knows no reduction; no reason or basis; more than the charge.
    """
    bill = locked(charge.bill)
    access.require(actor, "payments.manage", bill)
    rules.check_due(bill.state)
    charge = Charge.objects.select_for_update().get(pk=charge.pk)
    rules.check_reduction(
        amount=charge.amount, reduced=reduced, is_foreseen=bool(charge.reduction.strip()), reason=reason, basis=basis
    )
    assert reduced is not None
    charge.reduced, charge.reduced_why, charge.reduced_basis = reduced, reason.strip()[:300], basis.strip()[:300]
    charge.save()
    bill.amount = sum(one.amount - one.reduced for one in Charge.objects.filter(bill=bill))
    bill.save()
    record("payments.bill.reduced", bill, actor=actor, charge=charge.name, reduced=reduced, amount=bill.amount)
    if bill.amount == 0:
        return settle(bill, BillState.WAIVED, way="", at=clock.now(), actor=actor)
    # The order at the provider says the old amount: it is closed, and another one placed.
    defer("payments.close_orders", bill=str(bill.pk))
    defer("payments.place_order", bill=str(bill.pk))
    return bill


@transaction.atomic
def cancel_bill(bill: Bill, *, reason: str, actor: Actor) -> Bill:
    """Nobody need pay it any more. Refused once it is paid."""
    bill = locked(bill)
    access.require(actor, "payments.open" if actor.kind == "system" else "payments.manage", bill)
    rules.check_due(bill.state)
    bill.reason = rules.check_reason(reason)[:300]
    return end(bill, BillState.CANCELLED, verb="cancelled", actor=actor)


def expire_bills(*, actor: Actor) -> int:
    """Bills whose last day has passed; a new one can be had at any time."""
    access.require(actor, "payments.open")
    count = 0
    while done := _expire_some(actor):
        count += done
    return count


@transaction.atomic
def _expire_some(actor: Actor) -> int:
    late = Bill.objects.select_for_update(of=("self",), skip_locked=True).select_related("case")
    batch = list(late.filter(state=BillState.DUE, due_on__lt=clock.today()).order_by("due_on", "pk")[:BATCH])
    for bill in batch:
        end(bill, BillState.EXPIRED, verb="expired", actor=actor)
    return len(batch)

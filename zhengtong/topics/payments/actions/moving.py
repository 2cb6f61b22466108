"""What every step has in common: the bill locked first, its state moved once, told and proved."""

from datetime import datetime
from typing import Any

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer

from ..events import BillEvent, BillSettled
from ..models import Bill
from ..rules import BillState


def locked(bill: Bill) -> Bill:
    """The bill with its row locked."""
    return Bill.objects.select_for_update(of=("self",)).select_related("case").get(pk=bill.pk)


def end(bill: Bill, state: BillState, *, verb: str, actor: Actor, **data: Any) -> Bill:
    """The bill waits for money no more; what stands open at the provider is closed."""
    before, bill.state, bill.ended_at = bill.state, state.value, clock.now()
    bill.save()
    record(f"payments.bill.{verb}", bill, actor=actor, before=before, after=bill.state, **data)
    defer("payments.close_orders", bill=str(bill.pk))
    return bill


def settle(bill: Bill, state: BillState, *, way: str, at: datetime, actor: Actor, **data: Any) -> Bill:
    """What waited for the money may go on."""
    bill.paid_at = at
    end(bill, state, verb=state.value, actor=actor, way=way, **data)
    say(BillSettled, bill, way=way)
    return bill


def say(event: type[BillEvent], bill: Bill, **more: Any) -> None:
    """Tell the common facts."""
    event(
        bill=bill.number, case_number=bill.case.number, item_code=bill.item_code, organisation=bill.organisation_id,
        amount=bill.amount, **more,
    ).publish()  # fmt: skip

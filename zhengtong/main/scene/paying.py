"""Money in the past month: the bill of a decided case is opened, and paid by whoever plays."""

from typing import Any

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.links import paying
from zhengtong.topics.payments import actions as payments
from zhengtong.topics.payments.actions import Paid

CASHIER = system_actor("payments", "payments.open", "payments.settle", "cases.view")


def pay(case: Any, way: str, actor: Actor) -> None:
    """Online at the simulated provider, which keeps it in its book; or at the counter, to the clerk who plays."""
    bill = payments.open_bill(case.number, actor=CASHIER)
    if bill is None or bill.state != "due":
        return
    if way != "online":
        payments.take_at_counter(bill, way=way, receipt_number=f"{bill.number}", amount=bill.amount, actor=actor)
        return
    order = payments.open_order(bill, actor=CASHIER)
    assert order is not None
    told = paying.place({"order": order.number, "amount": order.amount, "subject": bill.item_name, "notify_url": ""})
    payments.keep_order(order, pay_url=told["pay_url"], actor=CASHIER)
    paid = paying.pay(order.number)
    assert paid is not None
    payments.settle_order(Paid(order.number, paid["transaction"], order.amount, clock.now()), actor=CASHIER)

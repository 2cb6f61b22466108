"""A bill goes to the payment provider, is asked after, is closed there."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer

from .. import rules
from ..models import Bill, Order
from ..rules import BillState
from .moving import locked

ASK_AGAIN_AFTER = timedelta(seconds=5)


@transaction.atomic
def open_order(bill: Bill, *, actor: Actor) -> Order | None:
    """The order under which the bill is paid online; the same one when asked again. None where nothing is due."""
    bill = locked(bill)
    access.require(actor, "payments.settle")
    if bill.state != BillState.DUE:
        return None
    standing = Order.objects.filter(bill=bill, amount=bill.amount, state__in=["placing", "open"]).first()
    if standing:
        return standing
    serial = Order.objects.filter(bill=bill).count() + 1
    order = Order.objects.create(
        number=f"{bill.number}-{serial}", bill=bill, amount=bill.amount, placed_at=clock.now()
    )  # fmt: skip
    record("payments.bill.ordered", bill, actor=actor, order=order.number, amount=order.amount)
    return order


@transaction.atomic
def keep_order(order: Order, *, pay_url: str, actor: Actor) -> Order:
    """The provider has taken it: here one pays. Refused: an address that no browser should follow."""
    access.require(actor, "payments.settle")
    bill = locked(order.bill)
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not pay_url.startswith(("https://", "http://", "/")) or len(pay_url) > 500:
        raise rules.NotificationUnfit(problem="pay_url")
    if order.state == "placing":
        order.state, order.pay_url = "open", pay_url
        order.save()
        record("payments.bill.payable", bill, actor=actor, order=order.number)
    return order


@transaction.atomic
def close_orders(bill: Bill, *, actor: Actor) -> list[Order]:
    """Orders that no longer fit the bill; whoever calls tells the provider."""
    bill = locked(bill)
    access.require(actor, "payments.settle")
    still = Q(amount=bill.amount) if bill.state == BillState.DUE else Q(pk__in=[])
    found = list(Order.objects.filter(bill=bill, state__in=["placing", "open"]).exclude(still))
    for order in found:
        order.state = "closed"
        order.save()
        record("payments.bill.order_closed", bill, actor=actor, order=order.number)
    return found


@transaction.atomic
def ask_soon(bill: Bill, *, actor: Actor) -> bool:
    """The payer is back and no word has come: the provider is asked, at most once in five seconds."""
    bill = locked(bill)
    access.require(actor, "payments.pay", bill)
    order = Order.objects.select_for_update().filter(bill=bill, state="open").order_by("-placed_at").first()
    now = clock.now()
    if order is None or bill.state != BillState.DUE or (order.asked_at and now - order.asked_at < ASK_AGAIN_AFTER):
        return False
    order.asked_at = now
    order.save()
    record("payments.bill.asked_after", bill, actor=actor, order=order.number)
    defer("payments.ask", order=order.number)
    return True

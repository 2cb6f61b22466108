"""Money comes in: told by the provider and signed, told by the provider when asked, or taken at the counter."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.params.queries import integer

from .. import rules
from ..models import Bill, Heard, Order, Payment
from ..rules import BillState, Letter, Paid, Way
from .moving import locked, settle
from .refunding import refund_of

SURPLUS = "重复缴款或者缴款通知已经失效，自动退回"


@transaction.atomic
def hear_provider(letter: Letter, *, secret: str, actor: Actor) -> Payment | None:
    """Read a notification; told twice, counted once.

    Refused: forged, altered, stale, read before; an unknown order; another amount. What is refused leaves no trace, so
    the provider may send it again.
    """
    access.require(actor, "payments.settle")
    now = clock.now()
    minutes = integer("payments.notification_minutes", now.date())
    rules.check_letter(letter, secret=secret, now=now, window=timedelta(minutes=minutes))
    _, is_new = Heard.objects.get_or_create(nonce=letter.nonce[:80], defaults={"at": now})
    if not is_new:
        raise rules.NotificationStale
    try:
        said = json.loads(letter.body)
    except ValueError:
        raise rules.NotificationUnfit(problem="JSON") from None
    return settle_order(rules.paid_of(said), actor=actor)


@transaction.atomic
def settle_order(paid: Paid, *, actor: Actor) -> Payment:
    """An order was paid, says the provider. What the bill did not wait for is noted and goes back.

    Refused: an order that nobody placed; another amount; a transaction that paid for something else.
    """
    access.require(actor, "payments.settle")
    order = Order.objects.select_related("bill").filter(pk=paid.order).first()
    if order is None:
        raise rules.NotificationUnfit(problem=f"order {paid.order}")
    bill = locked(order.bill)
    known = Payment.objects.filter(way=Way.ONLINE, transaction=paid.transaction).first()
    if known is not None:
        if known.order_id != order.pk or known.amount != paid.amount:
            raise rules.TransactionKnown(number=paid.transaction)
        return known
    rules.check_amount(order.amount, paid.amount)
    Order.objects.filter(pk=order.pk).update(state="paid")
    return _taken(
        bill, way=Way.ONLINE, transaction_number=paid.transaction, amount=paid.amount, at=paid.at, order=order,
        actor=actor,
    )  # fmt: skip


@transaction.atomic
def take_at_counter(bill: Bill, *, way: str, receipt_number: str, amount: int | None, actor: Actor) -> Payment:
    """Cash or a card over the counter, with the number of the slip.

    Refused: not due; another amount; no number, or one that is noted on another bill.
    """
    bill = locked(bill)
    access.require(actor, "payments.collect", bill)
    rules.check_due(bill.state)
    number = receipt_number.strip()[:60]
    if not number:
        raise rules.ReceiptNumberMissing(fields={"receipt_number": [rules.ReceiptNumberMissing.message]})
    if way not in rules.AT_COUNTER:
        raise rules.NotificationUnfit(problem="way")
    rules.check_amount(bill.amount, amount or 0)
    if Payment.objects.filter(way=way, transaction=number).exists():
        raise rules.TransactionKnown(number=number)
    return _taken(bill, way=way, transaction_number=number, amount=bill.amount, at=clock.now(), actor=actor)


def _taken(
    bill: Bill, *, way: str, transaction_number: str, amount: int, at: datetime, actor: Actor,
    order: Order | None = None,
) -> Payment:  # fmt: skip
    is_surplus = bill.state != BillState.DUE or amount != bill.amount
    payment = Payment(
        bill=bill, order=order, way=way, transaction=transaction_number, amount=amount, paid_at=at, taken_by=actor.key,
        taken_by_name=actor.name, is_surplus=is_surplus,
    )  # fmt: skip
    payment.save(force_insert=True)
    record("payments.payment.taken", payment, actor=actor, bill=bill.number, way=str(way), amount=amount)
    if is_surplus:
        refund_of(payment, reason=SURPLUS, actor=actor, is_approved=True)
        return payment
    settle(bill, BillState.PAID, way=str(way), at=at, actor=actor, transaction=transaction_number)
    defer("payments.issue_receipt", payment=str(payment.pk))
    return payment


def forget_letters(*, older_than: timedelta, actor: Actor) -> int:
    """Nonces that no letter within the window can carry any more."""
    access.require(actor, "payments.settle")
    return Heard.objects.filter(at__lt=clock.now() - older_than).delete()[0]

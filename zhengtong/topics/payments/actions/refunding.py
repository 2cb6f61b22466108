"""Money goes back: asked for, approved or declined by finance, carried out once."""

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.outbox.jobs import defer

from .. import rules
from ..events import MoneyRefunded
from ..models import Payment, Refund
from ..rules import BillState, RefundState, Way
from .moving import locked, say

ENDED = (RefundState.DECLINED, RefundState.FAILED)


@transaction.atomic
def ask_refund(payment: Payment, *, reason: str, actor: Actor) -> Refund:
    """Ask for a payment back; finance judges. Refused: asked before; no reason."""
    bill = locked(payment.bill)
    access.require(actor, "payments.open" if actor.kind == "system" else "payments.manage", bill)
    return refund_of(payment, reason=rules.check_reason(reason), actor=actor, is_approved=False)


def refund_of(payment: Payment, *, reason: str, actor: Actor, is_approved: bool) -> Refund:
    """The refund itself, once allowed, the bill being locked."""
    standing = Refund.objects.filter(payment=payment).exclude(state__in=ENDED).first()
    if standing is not None:
        raise rules.RefundKnown(state=standing.state_words)
    serial = Refund.objects.filter(payment__bill=payment.bill_id).count() + 1
    refund = Refund.objects.create(
        number=f"{payment.bill.number}-R{serial}", payment=payment, amount=payment.amount, reason=reason[:300],
        asked_by=actor.key, asked_at=clock.now(),
    )  # fmt: skip
    record("payments.refund.asked", refund, actor=actor, bill=payment.bill.number, amount=refund.amount)
    return _send(refund, actor) if is_approved else refund


def _send(refund: Refund, actor: Actor) -> Refund:
    refund.state, refund.judged_by, refund.judged_at = RefundState.SENT.value, actor.key, clock.now()
    refund.save()
    record("payments.refund.approved", refund, actor=actor, amount=refund.amount)
    if refund.payment.way == Way.ONLINE:
        defer("payments.refund", refund=str(refund.pk))
    return refund


@transaction.atomic
def approve_refund(refund: Refund, *, actor: Actor) -> Refund:
    """Finance agrees; the provider carries it out, or the counter pays it out. Refused: judged before."""
    refund = _judged(refund, actor)
    _send(refund, actor)
    if refund.payment.way != Way.ONLINE:
        return _done(refund, transaction_number="", actor=actor)
    return refund


@transaction.atomic
def decline_refund(refund: Refund, *, reason: str, actor: Actor) -> Refund:
    """Finance does not agree, and says why. Refused: judged before; no reason."""
    refund = _judged(refund, actor)
    refund.judged_why = rules.check_reason(reason)[:300]
    refund.state, refund.judged_by, refund.judged_at = RefundState.DECLINED.value, actor.key, clock.now()
    refund.save()
    record("payments.refund.declined", refund, actor=actor)
    return refund


@transaction.atomic
def keep_refund(refund: Refund, *, state: str, transaction_number: str, actor: Actor) -> Refund:
    """What the provider says of it; said again, nothing changes."""
    access.require(actor, "payments.settle")
    locked(refund.payment.bill)
    refund = _read_again(refund)
    if refund.state != RefundState.SENT:
        return refund
    if state == "done":
        return _done(refund, transaction_number=transaction_number, actor=actor)
    if state == "failed":
        refund.state = RefundState.FAILED.value
        refund.save()
        record("payments.refund.failed", refund, actor=actor)
    return refund


def _done(refund: Refund, *, transaction_number: str, actor: Actor) -> Refund:
    refund.state, refund.done_at, refund.transaction = RefundState.DONE.value, clock.now(), transaction_number[:64]
    refund.save()
    record("payments.refund.done", refund, actor=actor, amount=refund.amount)
    payment = refund.payment
    if not payment.is_surplus:
        bill = locked(payment.bill)
        bill.state, bill.ended_at = BillState.REFUNDED.value, clock.now()
        bill.save()
        record("payments.bill.refunded", bill, actor=actor, refund=refund.number)
        say(MoneyRefunded, bill)
        defer("payments.void_receipt", payment=str(payment.pk))
    return refund


def _judged(refund: Refund, actor: Actor) -> Refund:
    """The refund locked and waiting for a word, the actor being allowed to give it."""
    bill = locked(refund.payment.bill)
    access.require(actor, "payments.manage", bill)
    refund = _read_again(refund)
    if refund.state != RefundState.ASKED:
        raise rules.RefundClosed(state=refund.state_words)
    if refund.asked_by == actor.key:
        raise rules.JudgedByOneself
    return refund


def _read_again(refund: Refund) -> Refund:
    rows = Refund.objects.select_for_update(of=("self",)).select_related("payment__bill__case")
    return rows.get(pk=refund.pk)

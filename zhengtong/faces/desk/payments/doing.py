"""What is done with a bill: money taken at the counter, a charge let off, a refund asked for and judged."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import NotFound, Refused, filled
from zhengtong.foundation.ui.said import go
from zhengtong.topics.payments import actions
from zhengtong.topics.payments import queries as payments

from ..people import worker
from ..turns import turn
from .page import shown

Sent = Any


def _collect(bill: Any, sent: Sent, actor: Actor) -> None:
    actions.take_at_counter(
        bill, way=sent.get("way", ""), receipt_number=sent.get("receipt_number", ""),
        amount=payments.fen_of(sent.get("amount", "")), actor=actor,
    )  # fmt: skip


def _reduce(bill: Any, sent: Sent, actor: Actor) -> None:
    number = sent.get("charge", "")
    charge = payments.charge_of(bill, int(number) if number.isascii() and number.isdigit() else 0)
    actions.reduce_charge(
        charge, reduced=payments.fen_of(sent.get("reduced", "")), reason=sent.get("reason", ""),
        basis=sent.get("basis", ""), actor=actor,
    )  # fmt: skip


def _cancel(bill: Any, sent: Sent, actor: Actor) -> None:
    actions.cancel_bill(bill, reason=sent.get("reason", ""), actor=actor)


def _renew(bill: Any, sent: Sent, actor: Actor) -> None:
    actions.renew_bill(bill, actor=actor)


def _ask_refund(bill: Any, sent: Sent, actor: Actor) -> None:
    payment = payments.bill_page(actor, bill).payment
    if payment is None:
        raise NotFound
    actions.ask_refund(payment, reason=sent.get("reason", ""), actor=actor)


def _refund(sent: Sent, actor: Actor) -> Any:
    try:
        return payments.refund_for(actor, UUID(sent.get("refund", "")))
    except ValueError:
        raise NotFound from None


def _approve(bill: Any, sent: Sent, actor: Actor) -> None:
    actions.approve_refund(_refund(sent, actor), actor=actor)


def _decline(bill: Any, sent: Sent, actor: Actor) -> None:
    actions.decline_refund(_refund(sent, actor), reason=sent.get("reason", ""), actor=actor)


DEEDS: dict[str, Callable[[Any, Sent, Actor], None]] = {
    "collect": _collect, "reduce": _reduce, "cancel": _cancel, "renew": _renew, "ask-refund": _ask_refund,
    "approve-refund": _approve, "decline-refund": _decline,
}  # fmt: skip


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """POST /desk/payments/<number>/<verb>/"""
    actor = worker(request, "payments.view")
    bill = payments.bill_for(actor, number)
    if verb not in DEEDS:
        raise NotFound
    try:
        with turn(request, f"payments.{verb}", bill=number) as once:
            if once.is_new:
                DEEDS[verb](bill, request.POST, actor)
    except Refused as refusal:
        if not refusal.fields:
            raise
        errors = {
            f"{verb}-{field}": [filled(words, refusal.data, _) for words in lines]
            for field, lines in refusal.fields.items()
        }
        return shown(request, actor, number, errors=errors)
    return go("desk-payment", number, said=f"payment-{verb}")

"""Hears cases; the provider's and the treasury's ports; jobs that ask again; sentences of the trail; looks."""

import base64
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.links.actions import call
from zhengtong.foundation.links.paying import fiscal_platform, payment_provider
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.links.rules import NeighbourRefused
from zhengtong.foundation.outbox.jobs import defer, job
from zhengtong.foundation.outbox.relay import subscribe
from zhengtong.foundation.ui.tones import Status, Tone, tones
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.events import CaseEnded, CaseSubmitted

from . import actions, queries, rules

PROVIDER, TREASURY = "payment-provider", "fiscal-receipt"
CASHIER = system_actor("payments", "payments.open", "payments.settle", "cases.view", "links.call")
HANGING = timedelta(minutes=2)
FORGET = timedelta(days=2)
NOTIFY_PATH = "/api/payments/notifications"

cases.money_due.fill(queries.check_paid)
cases.recorded_visits.add("payments", queries.counter_visits)


# -- cases -------------------------------------------------------------------------------------------------------------


def bill_submitted(event: CaseSubmitted) -> None:
    """What is paid before acceptance is due as soon as the case is there."""
    if queries.is_charged(event.item_code):
        actions.open_bill(event.number, actor=CASHIER)


def bill_ended(event: CaseEnded) -> None:
    """What is paid after the decision is due now; who got nothing owes nothing."""
    if not queries.is_charged(event.item_code):
        return
    bill = actions.open_bill(event.number, actor=CASHIER)
    if bill is not None and event.outcome in rules.UNSERVED:
        let_off(bill)


def let_off(bill: Any) -> None:
    """Nothing came of the case: a bill that waits is cancelled, money is asked back where the item says so."""
    if bill.state == rules.BillState.DUE:
        actions.cancel_bill(bill, reason="办件已经终止，不用再缴", actor=CASHIER)
    elif payment := queries.refundable(bill):
        actions.ask_refund(payment, reason="没有办成，按规定退还", actor=CASHIER)


subscribe(CaseSubmitted, bill_submitted, name="payments.bill_submitted")
subscribe(CaseEnded, bill_ended, name="payments.bill_ended")


# -- the provider ------------------------------------------------------------------------------------------------------


@job("payments.place_order")
def place_order(bill: str) -> None:
    """Hand a bill to the provider; again is harmless, the key is our number."""
    order = actions.open_order(queries.bill(UUID(bill)), actor=CASHIER)
    if order is None or order.state != "placing":
        return
    content = {
        "order": order.number, "amount": order.amount, "subject": order.bill.item_name,
        "return_url": f"{settings.SITE_URL}/payments/{order.bill.number}/?back=1",
        "notify_url": f"{settings.SITE_URL}{NOTIFY_PATH}",
    }  # fmt: skip
    told = call(PROVIDER, "POST", "/orders", operation="order", about=f"bill:{bill}", content=content, actor=CASHIER)
    actions.keep_order(order, pay_url=str(told.get("pay_url", "")), actor=CASHIER)


@job("payments.ask")
def ask(order: str) -> None:
    """Ask whether an order was paid; what is answered is believed, for it is asked over our own line."""
    found = queries.order(order)
    about = f"bill:{found.bill_id}"
    told = call(PROVIDER, "GET", f"/orders/{order}", operation="query", about=about, actor=CASHIER)
    if told.get("state") == "paid":
        actions.settle_order(rules.paid_of({**told, "order": order}), actor=CASHIER)


@job("payments.close_orders")
def close_orders(bill: str) -> None:
    """What no longer fits is closed at the provider too; what was paid in that moment is heard of, and goes back."""
    for order in actions.close_orders(queries.bill(UUID(bill)), actor=CASHIER):
        path = f"/orders/{order.number}/close"
        told = call(PROVIDER, "POST", path, operation="close", about=f"bill:{bill}", actor=CASHIER)
        if told.get("state") == "paid":
            actions.settle_order(rules.paid_of({**told, "order": order.number}), actor=CASHIER)


@job("payments.refund")
def refund(refund: str) -> None:
    """Send a refund the way the money came, or ask what became of it; its number is the key."""
    found = queries.refund(UUID(refund))
    if found.state != rules.RefundState.SENT:
        return
    content = {"refund": found.number, "transaction": found.payment.transaction, "amount": found.amount}
    about = f"bill:{found.payment.bill_id}"
    try:
        told = call(PROVIDER, "POST", "/refunds", operation="refund", about=about, content=content, actor=CASHIER)
    except NeighbourRefused:
        told = {"state": "failed"}  # the exchange says why; finance sees it and may ask again
    state, number = str(told.get("state", "")), str(told.get("transaction", ""))
    actions.keep_refund(found, state=state, transaction_number=number, actor=CASHIER)


@job("payments.fetch_statement")
def fetch_statement(day: str) -> None:
    """A day's statement, compared with ours."""
    told = call(PROVIDER, "GET", f"/statements/{day}", operation="statement", about=f"statement:{day}", actor=CASHIER)
    actions.keep_statement(date.fromisoformat(day), entries=told.get("entries", []), actor=CASHIER)


# -- the treasury ------------------------------------------------------------------------------------------------------


@job("payments.issue_receipt")
def issue_receipt(payment: str) -> None:
    """Ask for the receipt of a payment; asked again, the platform gives the same one."""
    found = queries.payment(UUID(payment))
    page = queries.bill_page(CASHIER, found.bill)
    content = {
        "reference": found.bill.number, "payer": found.bill.payer, "amount": found.amount,
        "paid_at": found.paid_at.isoformat(), "organisation": found.bill.organisation_id,
        "items": [
            {"name": one.name, "amount": one.amount - one.reduced} for one in page.charges if one.amount > one.reduced
        ],
    }  # fmt: skip
    about = f"bill:{found.bill_id}"
    told = call(TREASURY, "POST", "/receipts", operation="receipt", about=about, content=content, actor=CASHIER)
    file = base64.b64decode(str(told.get("content", "")))
    actions.keep_receipt(found, told=told, content=file, actor=CASHIER)


@job("payments.void_receipt")
def void_receipt(payment: str) -> None:
    """The money went back: its receipt must not stay good."""
    found = queries.payment(UUID(payment))
    if queries.bill_page(CASHIER, found.bill).receipt is None:
        return
    path = f"/receipts/{found.bill.number}/void"
    call(TREASURY, "POST", path, operation="void", about=f"bill:{found.bill_id}", actor=CASHIER)
    actions.void_receipt(found, actor=CASHIER)


# -- again -------------------------------------------------------------------------------------------------------------


@job("payments.sweep", every="*/2 * * * *")
def sweep(timestamp: int = 0) -> None:
    """Ask after everything that hangs, each in a job of its own, so that one that fails holds back no other."""
    for number, bill, state in queries.orders_hanging(older_than=HANGING):
        if state == "placing":
            defer("payments.place_order", bill=bill)
        else:
            defer("payments.ask", order=number)
    for pk in queries.refunds_hanging(older_than=HANGING):
        defer("payments.refund", refund=pk)
    for pk in queries.payments_unreceipted(older_than=HANGING):
        defer("payments.issue_receipt", payment=pk)
    for bill_id in queries.bills_in_vain():
        let_off(queries.bill(bill_id))


@job("payments.nightly", every="20 16 * * *")
def nightly(timestamp: int = 0) -> None:
    """After midnight in China: bills that have expired, yesterday's statement, nonces nobody can use any more."""
    actions.expire_bills(actor=CASHIER)
    actions.forget_letters(older_than=FORGET, actor=CASHIER)
    defer("payments.fetch_statement", day=(clock.today() - timedelta(days=1)).isoformat())


simulators.add(PROVIDER, payment_provider)
simulators.add(TREASURY, fiscal_platform)
ports.add(PROVIDER, Port(PROVIDER, "统一支付平台", "ZHENGTONG_PORT_PAYMENT"))
ports.add(TREASURY, Port(TREASURY, "省财政电子票据平台", "ZHENGTONG_PORT_FISCAL"))

for verb, words in {
    "bill.opened": "开具缴款通知", "bill.reduced": "减免", "bill.waived": "免缴", "bill.ordered": "在支付平台下单",
    "bill.payable": "可以网上缴款", "bill.order_closed": "关闭支付订单", "bill.asked_after": "向支付平台核实",
    "bill.paid": "缴清", "bill.cancelled": "取消缴款通知", "bill.expired": "缴款通知过期", "bill.refunded": "已退还",
    "payment.taken": "收到缴款", "refund.asked": "申请退款", "refund.approved": "同意退款",
    "refund.declined": "不予退款", "refund.done": "退款完成", "refund.failed": "退款失败",
    "receipt.kept": "取得财政电子票据", "receipt.voided": "财政电子票据作废", "statement.kept": "与支付平台对账",
}.items():  # fmt: skip
    sentences.add(f"payments.{verb}", words)

for state, look in {
    "due": (Tone.WARNING, "coin"), "paid": (Tone.SUCCESS, "circle-check"), "waived": (Tone.SUCCESS, "circle-check"),
    "refunded": (Tone.NEUTRAL, "arrow-back-up"), "cancelled": (Tone.NEUTRAL, "minus"),
    "expired": (Tone.NEUTRAL, "hourglass"),
}.items():  # fmt: skip
    tones.add(f"payments.{state}", Status(rules.STATES[state], *look))
for state, look in {
    "asked": (Tone.WARNING, "hourglass"), "sent": (Tone.INFO, "send"), "done": (Tone.SUCCESS, "circle-check"),
    "declined": (Tone.NEUTRAL, "ban"), "failed": (Tone.DANGER, "alert-triangle"),
}.items():  # fmt: skip
    tones.add(f"payments.refund_{state}", Status(rules.REFUND_STATES[state], *look))

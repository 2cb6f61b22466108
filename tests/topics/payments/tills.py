"""A case that costs something, brought to where the money is due; the provider's letters, true and false."""

import json
import secrets
from typing import Any

from tests import story
from tests.topics.cases.verbs import brought
from zhengtong.foundation import clock
from zhengtong.foundation.links import paying
from zhengtong.topics.cases.models import Case
from zhengtong.topics.payments import actions, rules, wiring
from zhengtong.topics.payments.models import Bill, Order, Payment
from zhengtong.topics.payments.rules import Letter

ROAD = "road-occupation-excavation"
CLERK, FINANCE = "zhoumin", "tangwen"
SECRET = "44" * 32
CASHIER = wiring.CASHIER


def granted() -> Case:
    """The road's case, granted; its licence waits for the money."""
    return brought(ROAD, "accept", "review", "grant")


def billed(case: Case | None = None) -> Bill:
    """Its bill."""
    bill = actions.open_bill((case or granted()).number, actor=CASHIER)
    assert bill is not None
    return bill


def ordered(bill: Bill) -> Order:
    """The bill at the provider, with the page where one pays."""
    order = actions.open_order(bill, actor=CASHIER)
    assert order is not None
    told = paying.place({"order": order.number, "amount": order.amount, "notify_url": "http://127.0.0.1:9/"})
    return actions.keep_order(order, pay_url=told["pay_url"], actor=CASHIER)


def said(order: Order, **changes: Any) -> dict[str, Any]:
    """What the provider says of an order that was paid."""
    paid = {"order": order.number, "transaction": f"T{secrets.token_hex(8)}", "amount": order.amount}
    return {**paid, "paid_at": clock.now().isoformat(), **changes}


def letter(told: dict[str, Any], *, secret: str = SECRET, nonce: str = "", late: int = 0) -> Letter:
    """A signed notification; `late` seconds old."""
    body = json.dumps(told).encode()
    stamp, nonce = str(int(clock.now().timestamp()) - late), nonce or secrets.token_hex(16)
    return Letter(stamp, nonce, rules.signature_of(secret, stamp, nonce, body), body)


def heard(told: Letter) -> Payment | None:
    """The notification arrives."""
    return actions.hear_provider(told, secret=SECRET, actor=CASHIER)


def paid(bill: Bill | None = None) -> Payment:
    """A bill paid online."""
    payment = heard(letter(said(ordered(bill or billed()))))
    assert payment is not None
    return payment


def rules_of(version: Any) -> Any:
    """Its fees as if they were paid before acceptance, and paid back when nothing comes of it."""
    said_of = version.fees
    return type(said_of)(said_of.charged, "before_acceptance", "not_served", said_of.rows)


def state_of(bill: Bill) -> str:
    """Where the bill stands now."""
    return Bill.objects.get(pk=bill.pk).state


def take(bill: Bill) -> Payment:
    """Paid at the counter, in cash."""
    number = f"C-{bill.number}"
    clerk = story.actor(CLERK)
    return actions.take_at_counter(bill, way="cash", receipt_number=number, amount=bill.amount, actor=clerk)

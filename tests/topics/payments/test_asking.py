"""The provider and the treasury asked by jobs: orders, refunds, receipts, statements; what hangs is asked again."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import story
from tests.topics.payments.tills import CLERK, FINANCE, billed, state_of
from zhengtong.foundation import clock
from zhengtong.foundation.links import paying
from zhengtong.foundation.links.models import Breaker
from zhengtong.foundation.links.ports import simulators
from zhengtong.foundation.links.rules import NeighbourAway
from zhengtong.topics.payments import actions, queries, rules, wiring
from zhengtong.topics.payments.models import Bill, Order, Payment, Refund, Statement

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture(autouse=True)
def _own_book(settings: Any, tmp_path: Path) -> None:
    """The simulated neighbours keep their books in a folder of the test's."""
    settings.VAR = tmp_path


@pytest.fixture
def bill() -> Bill:
    """A bill at the provider."""
    bill = billed()
    wiring.place_order(str(bill.pk))
    return bill


def _order(bill: Bill) -> Order:
    return Order.objects.filter(bill=bill).latest("placed_at")


def test_placed_once_paid_there_and_asked_after(bill: Bill) -> None:
    wiring.place_order(str(bill.pk))
    order = _order(bill)
    assert (Order.objects.count(), order.state, order.pay_url) == (1, "open", f"/simulators/payments/{order.number}/")
    wiring.ask(order.number)
    assert state_of(bill) == "due", "not paid there, not believed here"
    paying.pay(order.number)
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert [number for number, _, _ in queries.orders_hanging(older_than=timedelta(minutes=2))] == [order.number]
    wiring.ask(order.number)
    wiring.ask(order.number)
    assert state_of(bill) == "paid"
    assert Payment.objects.count() == 1


def test_asked_at_most_once_in_five_seconds(bill: Bill) -> None:
    owner = story.citizen("road-occupation-excavation")
    assert actions.ask_soon(bill, actor=owner)
    assert not actions.ask_soon(bill, actor=owner)
    with clock.at(clock.now() + timedelta(seconds=6)):
        assert actions.ask_soon(bill, actor=owner)


def test_a_dead_provider_costs_the_bill_nothing(bill: Bill) -> None:
    def dead(environ: object, start: object) -> list[bytes]:
        raise RuntimeError

    with simulators.registered("payment-provider", dead), pytest.raises(NeighbourAway):
        wiring.ask(_order(bill).number)
    assert state_of(bill) == "due"
    Breaker.objects.all().delete()
    paying.pay(_order(bill).number)
    wiring.ask(_order(bill).number)
    assert state_of(bill) == "paid"


def test_closed_there_when_paid_at_the_counter_and_what_was_paid_in_that_moment_goes_back(bill: Bill) -> None:
    order = _order(bill)
    paying.pay(order.number)
    actions.take_at_counter(bill, way="cash", receipt_number="C-9", amount=bill.amount, actor=story.actor(CLERK))
    wiring.close_orders(str(bill.pk))
    surplus = Payment.objects.get(bill=bill, is_surplus=True)
    refund = Refund.objects.get(payment=surplus)
    wiring.refund(str(refund.pk))
    wiring.refund(str(refund.pk))
    refund.refresh_from_db()
    assert (refund.state, state_of(bill)) == ("done", "paid")


def test_the_treasury_gives_the_receipt_and_voids_it_when_the_money_goes_back(bill: Bill) -> None:
    paying.pay(_order(bill).number)
    wiring.ask(_order(bill).number)
    payment = Payment.objects.get()
    wiring.issue_receipt(str(payment.pk))
    wiring.issue_receipt(str(payment.pk))
    page = queries.bill_page(wiring.CASHIER, bill)
    assert page.receipt is not None
    assert page.receipt.check_code
    assert queries.receipt_content(page.receipt).startswith(b"%PDF")
    refund = actions.ask_refund(payment, reason="面积算错", actor=wiring.CASHIER)
    actions.approve_refund(refund, actor=story.actor(FINANCE))
    wiring.refund(str(refund.pk))
    wiring.void_receipt(str(payment.pk))
    page.receipt.refresh_from_db()
    assert page.receipt.voided_at is not None
    assert state_of(bill) == "refunded"


def test_a_day_in_two_books(bill: Bill) -> None:
    paying.pay(_order(bill).number)
    today = clock.today()
    wiring.fetch_statement(today.isoformat())
    told = Statement.objects.get(pk=today).differences
    assert [(one["words"], one["theirs"]) for one in told] == [("平台有，我方没有", bill.amount)]
    wiring.ask(_order(bill).number)
    wiring.fetch_statement(today.isoformat())
    assert Statement.objects.get(pk=today).differences == []
    Payment.objects.update(transaction="T-unknown-there")
    wiring.fetch_statement(today.isoformat())
    assert {one["words"] for one in Statement.objects.get(pk=today).differences} == {
        "平台有，我方没有", "我方有，平台没有",
    }  # fmt: skip


def test_an_address_that_no_browser_should_follow(bill: Bill) -> None:
    order = Order.objects.create(number="x", bill=bill, amount=1, placed_at=clock.now())
    with pytest.raises(rules.NotificationUnfit):
        actions.keep_order(order, pay_url="javascript:alert(1)", actor=wiring.CASHIER)

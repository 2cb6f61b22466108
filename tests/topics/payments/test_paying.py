"""A bill from its charges to the money; who is believed, what is counted once, what waits."""

from dataclasses import replace
from typing import Any

import pytest

from tests import story
from tests.topics.cases.verbs import do
from tests.topics.payments.tills import (
    CASHIER,
    CLERK,
    FINANCE,
    ROAD,
    SECRET,
    billed,
    granted,
    heard,
    letter,
    ordered,
    paid,
    rules_of,
    said,
    state_of,
)  # fmt: skip
from zhengtong.foundation.refusals import Forbidden
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.items import queries as items
from zhengtong.topics.payments import actions, queries, rules, wiring
from zhengtong.topics.payments.models import Bill, Charge, Heard, Payment, Refund

pytestmark = pytest.mark.usefixtures("district")


def test_the_charges_are_those_of_the_answers_in_whole_fen() -> None:
    case = granted()
    bill = billed(case)
    answers = queries.charges_of(case)[0]
    assert [(line.name, line.amount) for line in Charge.objects.filter(bill=bill)] == [
        (line.name, line.amount) for line in answers
    ]
    area_by_days = [line for line in answers if line.name == "城镇道路占用费"]
    assert area_by_days[0].amount % 100 == 0
    assert bill.amount == sum(line.amount for line in answers) > 0
    assert all(line.basis for line in answers)
    assert actions.open_bill(case.number, actor=CASHIER) == bill, "told twice, once"


def test_the_licence_waits_for_the_money() -> None:
    case = granted()
    with pytest.raises(rules.MoneyDue) as refused:
        do("deliver", case)
    assert "缴清以后才能领取结果" in str(refused.value)
    paid(billed(case))
    assert do("deliver", case).status == "delivered"


def test_who_is_refused_pays_nothing() -> None:
    from tests.topics.cases.verbs import brought

    case = brought(ROAD, "accept", "review", "refuse")
    assert actions.open_bill(case.number, actor=CASHIER) is None
    assert do("deliver", case).status == "delivered"


def test_told_twice_counted_once() -> None:
    bill = billed()
    told = said(ordered(bill))
    first, second = heard(letter(told)), heard(letter(told))
    assert first == second
    assert Payment.objects.filter(bill=bill).count() == 1
    assert state_of(bill) == "paid"


def _forged(told: dict[str, Any]) -> Any:
    return letter(told, secret="00" * 32)


def _altered(told: dict[str, Any]) -> Any:
    true = letter(told)
    return replace(true, body=true.body.replace(b'"amount": ', b'"amount": 1'))


def _for_another(told: dict[str, Any]) -> Any:
    true = letter(told)
    return replace(true, body=true.body.replace(told["order"].encode(), b"260101000000-1-1"))


@pytest.mark.parametrize(
    ("attack", "refusal"),
    [
        (_forged, rules.NotificationForged),
        (_altered, rules.NotificationForged),
        (_for_another, rules.NotificationForged),
        (lambda told: replace(letter(told), nonce="other"), rules.NotificationForged),
        (lambda told: replace(letter(told), signature=""), rules.NotificationForged),
        (lambda told: letter(told, late=3_600), rules.NotificationStale),
        (lambda told: letter(told, late=-3_600), rules.NotificationStale),
        (lambda told: letter({**told, "amount": told["amount"] - 1}), rules.AmountDiffers),
        (lambda told: letter({**told, "amount": True}), rules.NotificationUnfit),
        (lambda told: letter({**told, "amount": -told["amount"]}), rules.NotificationUnfit),
        (lambda told: letter({**told, "order": "260101000000-9-9"}), rules.NotificationUnfit),
        (lambda told: letter({**told, "paid_at": "2026-11-22T10:00:00"}), rules.NotificationUnfit),
    ],
)
def test_a_false_letter_changes_nothing(attack: Any, refusal: type[Exception]) -> None:
    bill = billed()
    with pytest.raises(refusal):
        heard(attack(said(ordered(bill))))
    assert (state_of(bill), Payment.objects.count(), Heard.objects.count()) == ("due", 0, 0)


def test_without_a_secret_nobody_is_believed() -> None:
    told = said(ordered(billed()))
    with pytest.raises(rules.NotificationForged):
        actions.hear_provider(letter(told, secret=""), secret="", actor=CASHIER)


def test_the_same_letter_is_not_read_twice_and_a_transaction_pays_for_one_bill() -> None:
    one, other = ordered(billed()), ordered(billed())
    true = letter(said(one, transaction="T1"))
    heard(true)
    with pytest.raises(rules.NotificationStale):
        heard(true)
    with pytest.raises(rules.TransactionKnown):
        heard(letter(said(other, transaction="T1", amount=other.amount)))
    assert state_of(other.bill) == "due"


def test_paid_twice_is_seen_and_goes_back_by_itself() -> None:
    bill = billed()
    order = ordered(bill)
    actions.take_at_counter(bill, way="pos", receipt_number="P-1", amount=bill.amount, actor=story.actor(CLERK))
    payment = heard(letter(said(order)))
    assert payment is not None
    assert payment.is_surplus
    refund = Refund.objects.get(payment=payment)
    assert refund.state == "sent"
    done = actions.keep_refund(refund, state="done", transaction_number="R1", actor=CASHIER)
    assert (done.state, state_of(bill)) == ("done", "paid"), "the bill stays paid"
    assert actions.keep_refund(done, state="done", transaction_number="R2", actor=CASHIER).transaction == "R1"


def test_money_goes_back_once() -> None:
    payment = paid()
    finance, clerk = story.actor(FINANCE), story.actor(CLERK)
    refund = actions.ask_refund(payment, reason="算错了面积", actor=finance)
    with pytest.raises(rules.RefundKnown):
        actions.ask_refund(payment, reason="再退一次", actor=finance)
    with pytest.raises(rules.JudgedByOneself):
        actions.approve_refund(refund, actor=finance)
    with pytest.raises(Forbidden):
        actions.approve_refund(refund, actor=clerk)
    assert state_of(payment.bill) == "paid"


def test_the_counter_takes_the_whole_sum_under_a_number_of_its_own() -> None:
    bill, other, clerk = billed(), billed(), story.actor(CLERK)
    with pytest.raises(rules.AmountDiffers):
        actions.take_at_counter(bill, way="cash", receipt_number="C-1", amount=bill.amount - 1, actor=clerk)
    with pytest.raises(rules.ReceiptNumberMissing):
        actions.take_at_counter(bill, way="cash", receipt_number=" ", amount=bill.amount, actor=clerk)
    with pytest.raises(Forbidden):
        actions.take_at_counter(bill, way="cash", receipt_number="C-1", amount=bill.amount, actor=story.actor(FINANCE))
    actions.take_at_counter(bill, way="cash", receipt_number="C-1", amount=bill.amount, actor=clerk)
    with pytest.raises(rules.TransactionKnown):
        actions.take_at_counter(other, way="cash", receipt_number="C-1", amount=other.amount, actor=clerk)
    with pytest.raises(rules.BillClosed):
        actions.take_at_counter(bill, way="cash", receipt_number="C-2", amount=bill.amount, actor=clerk)


def test_let_off_only_what_may_be_and_by_right() -> None:
    bill, finance = billed(), story.actor(FINANCE)
    charge = Charge.objects.filter(bill=bill).exclude(reduction="").get()
    why = {"reason": "区财政投资的公益项目", "basis": "本省规定（推定）"}
    for reduced in (None, 0, charge.amount + 1):
        with pytest.raises(rules.ReductionUnfit):
            actions.reduce_charge(charge, reduced=reduced, actor=finance, **why)
    with pytest.raises(rules.ReductionUnfit):
        actions.reduce_charge(charge, reduced=100, reason="", basis="", actor=finance)
    with pytest.raises(Forbidden):
        actions.reduce_charge(charge, reduced=100, actor=story.actor(CLERK), **why)
    old = ordered(bill)
    less = actions.reduce_charge(charge, reduced=100, actor=finance, **why)
    assert less.amount == bill.amount - 100
    payment = heard(letter(said(old)))
    assert payment is not None
    assert payment.is_surplus, "the old sum is not the bill's any more"
    assert state_of(bill) == "due"
    for rest in Charge.objects.filter(bill=bill):
        Charge.objects.filter(pk=rest.pk).update(reduction="可以减免")
        done = actions.reduce_charge(Charge.objects.get(pk=rest.pk), reduced=rest.amount, actor=finance, **why)
    assert done.state == "waived"
    assert do("deliver", bill.case).status == "delivered"


def test_paid_before_acceptance_and_back_when_nothing_comes_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    version = items.current_version(ROAD)
    monkeypatch.setitem(version.__dict__, "fees", rules_of(version))
    case = story.submitted(ROAD)
    with pytest.raises(rules.MoneyDue):
        do("accept", case)
    bill = billed(case)
    payment = paid(bill)
    assert do("accept", case).status == "accepted"
    cases.withdraw_case(case, actor=story.citizen(ROAD))
    fresh = Bill.objects.select_related("case").get(pk=bill.pk)
    wiring.let_off(fresh)
    wiring.let_off(fresh)
    refund = Refund.objects.get(payment=payment)
    refund = actions.approve_refund(refund, actor=story.actor(FINANCE))
    actions.keep_refund(refund, state="done", transaction_number="R1", actor=CASHIER)
    assert state_of(bill) == "refunded"


def test_expired_and_opened_again() -> None:
    from datetime import timedelta

    from zhengtong.foundation import clock

    case = granted()
    bill = billed(case)
    with clock.at(clock.now() + timedelta(days=16)):
        assert actions.expire_bills(actor=CASHIER) == 1
        late = heard(letter(said(_order_of(bill))))
        assert late is not None
        assert late.is_surplus
        clerk = story.actor(CLERK)
        fresh = actions.renew_bill(bill, actor=clerk)
        assert (fresh.state, fresh.number) == ("due", f"{case.number}-2")
        with pytest.raises(rules.BillClosed):
            actions.renew_bill(fresh, actor=clerk)


def _order_of(bill: Bill) -> Any:
    from zhengtong.foundation import clock
    from zhengtong.topics.payments.models import Order

    return Order.objects.create(number=f"{bill.number}-1", bill=bill, amount=bill.amount, placed_at=clock.now())


def test_two_books() -> None:
    ours = [rules.Entry("payment", "a", 100, "x"), rules.Entry("payment", "b", 200), rules.Entry("refund", "c", 5)]
    theirs = [rules.Entry("payment", "b", 201), rules.Entry("refund", "c", 5), rules.Entry("payment", "d", 7, "y")]
    assert [(d.transaction, d.ours, d.theirs) for d in rules.differences(ours, theirs)] == [
        ("a", 100, None), ("b", 200, 201), ("d", None, 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fen"), [("80", 8_000), ("0.5", 50), ("1,234.56", 123_456), ("-1", None), ("1.234", None), ("x", None)]
)
def test_amounts_are_whole_fen(text: str, fen: int | None) -> None:
    assert rules.fen_of(text) == fen


def test_the_secret_of_the_tests() -> None:
    import os

    assert os.environ["ZHENGTONG_PORT_PAYMENT_KEY"] == SECRET

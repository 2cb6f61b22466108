"""Finance at the desk: the list, money over the counter, what is let off, refunds judged by another, two books."""

from pathlib import Path
from typing import Any

import pytest

from tests import story
from tests.faces.desk.desks import CLERK, LEADER, MOST_QUERIES, STRANGER, Desk, words
from tests.topics.cases.verbs import do
from tests.topics.payments.tills import FINANCE, billed, heard, letter, ordered, said, state_of
from zhengtong.foundation import clock
from zhengtong.foundation.links import paying
from zhengtong.topics.payments import actions, wiring
from zhengtong.topics.payments.models import Bill, Charge, Refund

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture(autouse=True)
def _own_book(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def send(desk: Desk, bill: Bill, verb: str, **sent: Any) -> Any:
    return desk.post(f"/desk/payments/{bill.number}/{verb}/", sent)


def test_the_counter_takes_the_money_and_the_result_goes_out() -> None:
    bill = billed()
    clerk = Desk(CLERK)
    page = clerk.page(f"/desk/cases/{bill.case.number}/")
    assert f"/desk/payments/{bill.number}/" in page
    refused = clerk.act(bill.case, "deliver", way="窗口领取")
    assert (refused.status_code, "缴清以后才能领取结果" in words(refused)) == (409, True)
    wrong = send(clerk, bill, "collect", way="pos", amount=bill.yuan, receipt_number=" ")
    assert (wrong.status_code, "请填写收据号" in words(wrong)) == (422, True)
    assert send(clerk, bill, "collect", way="pos", amount="1", receipt_number="P-7").status_code == 422
    assert send(clerk, bill, "collect", way="pos", amount=bill.yuan, receipt_number="P-7").status_code == 303
    assert state_of(bill) == "paid"
    assert do("deliver", bill.case).status == "delivered"


def test_finance_sees_its_bills_narrows_them_and_does_not_take_cash() -> None:
    bill, finance = billed(), Desk(FINANCE)
    heard(letter(said(ordered(billed()))))
    assert words(finance.page("/desk/payments/")).count(bill.item_name) == 2
    assert words(finance.page("/desk/payments/?state=due")).count(bill.item_name) == 1
    assert bill.number in finance.page(f"/desk/payments/?q={bill.case.number}")
    assert bill.number in finance.page(f"/desk/payments/?day={clock.today()}")
    assert "没有符合条件" in words(finance.page("/desk/payments/?day=2026-01-02"))
    assert "没有符合条件" in words(finance.page("/desk/payments/?q=没有这个人"))
    assert send(finance, bill, "collect", way="cash", amount=bill.yuan, receipt_number="C").status_code == 403
    assert send(finance, bill, "nothing").status_code == 404
    assert Desk(STRANGER).get(f"/desk/payments/{bill.number}/").status_code == 404, "another office's"
    assert bill.item_name in words(Desk(LEADER).page("/desk/payments/"))


def test_let_off_with_reason_and_basis() -> None:
    bill, finance = billed(), Desk(FINANCE)
    charge = Charge.objects.filter(bill=bill).exclude(reduction="").get()
    sent = {"charge": charge.pk, "reduced": "10", "reason": "区财政投资的公益项目", "basis": "本省规定"}
    assert send(finance, bill, "reduce", **{**sent, "basis": ""}).status_code == 422
    assert send(Desk(CLERK), bill, "reduce", **sent).status_code == 403
    assert send(finance, bill, "reduce", **sent).status_code == 303
    assert Bill.objects.get(pk=bill.pk).amount == bill.amount - 1_000
    assert send(finance, bill, "cancel", reason="").status_code == 422
    assert send(finance, bill, "cancel", reason="工程取消").status_code == 303
    assert state_of(bill) == "cancelled"


def test_a_refund_is_judged_by_another_hand() -> None:
    bill, finance = billed(), Desk(FINANCE)
    payment = heard(letter(said(ordered(bill))))
    assert send(finance, bill, "ask-refund", reason="面积算错了").status_code == 303
    refund = Refund.objects.get(payment=payment)
    assert send(finance, bill, "approve-refund", refund=refund.pk).status_code == 403
    Refund.objects.update(asked_by="account:somebody")
    assert "同意退还" in words(finance.page(f"/desk/payments/{bill.number}/"))
    assert send(Desk(CLERK), bill, "approve-refund", refund=refund.pk).status_code == 403
    assert send(finance, bill, "decline-refund", refund=refund.pk, reason="").status_code == 422
    assert send(finance, bill, "approve-refund", refund=refund.pk).status_code == 303
    assert send(finance, bill, "approve-refund", refund=refund.pk).status_code == 409
    assert send(finance, bill, "approve-refund", refund="x").status_code == 404


def test_two_books_on_the_page() -> None:
    bill = billed()
    order = ordered(bill)
    paying.pay(order.number)
    finance, today = Desk(FINANCE), clock.today().isoformat()
    assert finance.post("/desk/payments/statements/", {"day": today}).status_code == 303
    assert finance.post("/desk/payments/statements/", {"day": "2020-01-01"}).status_code == 404
    wiring.fetch_statement(today)
    page = words(finance.page("/desk/payments/statements/"))
    assert "1 处不一致" in page
    assert "平台有，我方没有" in page
    actions.settle_order(
        actions.Paid(order.number, _transaction(order), order.amount, clock.now()), actor=wiring.CASHIER
    )
    wiring.fetch_statement(today)
    assert "两边一致" in words(finance.page("/desk/payments/statements/"))
    assert Desk(CLERK).get("/desk/payments/statements/").status_code == 403


def _transaction(order: Any) -> str:
    known = paying.order(order.number)
    assert known is not None
    return str(known["transaction"])


def test_few_queries() -> None:
    bill, finance = billed(), Desk(FINANCE)
    heard(letter(said(ordered(bill))))
    actions.ask_refund(bill.payments.get(), reason="面积算错", actor=story.actor(FINANCE))
    paths = ("/desk/payments/", f"/desk/payments/{bill.number}/", "/desk/payments/statements/")
    costs = {path: finance.queries(path) for path in paths}
    for _ in range(3):
        billed()
    assert finance.queries("/desk/payments/") == costs["/desk/payments/"]
    assert {path: cost for path, cost in costs.items() if cost > MOST_QUERIES} == {}

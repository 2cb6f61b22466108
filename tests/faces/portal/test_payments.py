"""Pay from the case's page: what it costs, where to pay, whether it came; nobody sees another's bill."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import story
from tests.faces.portal.citizens import FAMILY, MOST_QUERIES, OWNER, Citizen, words
from tests.topics.cases.verbs import brought, do
from tests.topics.payments.tills import ROAD, billed, heard, letter, ordered, said, state_of
from zhengtong.foundation.links import paying
from zhengtong.topics.payments import wiring
from zhengtong.topics.payments.models import Bill, Order, Payment

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture(autouse=True)
def _own_book(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    # 陈志远's restaurant lays a pipe: the owner of the tests has a road's case.
    monkeypatch.setitem(story.USUAL, ROAD, ("weizhenyuan", "chen-zhiyuan", "road-occupy", OWNER))


def test_from_the_case_to_the_receipt() -> None:
    one = Citizen(OWNER)
    bill = billed()
    case = bill.case
    assert "缴清以后才能领取结果" in one.page(f"/cases/{case.number}/")
    page = one.get(f"/payments/{bill.number}/")
    assert "正在准备缴款页面" in words(page)
    wiring.place_order(str(bill.pk))
    order = Order.objects.get()
    page = one.get(f"/payments/{bill.number}/").content.decode()
    assert f'href="{order.pay_url}"' in page
    assert "确认付款" in one.page(order.pay_url)
    back = one.client.post(order.pay_url, {"then": "pay"})
    assert back["Location"] == f"/payments/{bill.number}/?back=1"
    assert "正在向支付平台核实" in words(one.get(back["Location"]))
    assert state_of(bill) == "due", "coming back is no proof of having paid"
    wiring.ask(order.number)
    wiring.issue_receipt(str(Payment.objects.get().pk))
    told = one.page(f"/payments/{bill.number}/")
    assert "财政电子票据" in told
    assert "下载票据" in told
    assert one.get(f"/payments/{bill.number}/receipt.pdf")["Content-Type"] == "application/pdf"
    assert do("deliver", case).status == "delivered"


def test_the_browser_is_not_believed() -> None:
    one, bill = Citizen(OWNER), billed()
    ordered(bill)
    for address in ("?back=1&state=paid", "?paid=1", "?back=1"):
        one.get(f"/payments/{bill.number}/{address}")
    one.post(f"/payments/{bill.number}/", {"state": "paid"})
    assert state_of(bill) == "due"


def test_another_persons_bill_is_not_there() -> None:
    bill = billed()
    other = Citizen(FAMILY)
    for path in ("", "receipt.pdf"):
        assert other.get(f"/payments/{bill.number}/{path}").status_code == 404
    assert other.post(f"/payments/{bill.number}/renew/").status_code == 404


def test_few_queries() -> None:
    one, bill = Citizen(OWNER), billed()
    heard(letter(said(ordered(bill))))
    assert one.queries(f"/payments/{bill.number}/") <= MOST_QUERIES
    assert one.queries(f"/cases/{bill.case.number}/") <= MOST_QUERIES + 1


def tell(body: bytes, headers: dict[str, str]) -> Any:
    return Client(enforce_csrf_checks=True).post(
        "/api/payments/notifications", body, content_type="application/json", headers=headers
    )


def test_the_provider_is_heard_at_the_gateway() -> None:
    bill = billed()
    order = ordered(bill)
    paying.pay(order.number)
    known = paying.order(order.number)
    assert known is not None
    body, headers = paying.letter(known)
    forged = tell(body, headers | {"X-Pay-Signature": "00" * 32})
    assert (forged.status_code, forged["Content-Type"]) == (401, "application/problem+json")
    altered = tell(json.dumps({**json.loads(body), "amount": 1}).encode(), headers)
    assert altered.status_code == 401
    assert tell(b"", {}).status_code == 401
    assert state_of(bill) == "due"
    assert tell(body, headers).json() == {"taken": True}
    assert tell(body, headers).status_code == 409, "the same letter"
    again, fresh = paying.letter(known)
    assert tell(again, fresh).status_code == 200, "the same news in another letter"
    assert Payment.objects.count() == 1
    assert Client().get("/api/payments/notifications").status_code == 405
    assert tell(b"x" * 20_000, headers).status_code == 413


def test_a_free_case_says_nothing_of_money() -> None:
    case = brought("food-business-restaurant")
    assert 'id="money"' not in Citizen(OWNER).get(f"/cases/{case.number}/").content.decode()
    assert not Bill.objects.filter(case=case).exists()

"""Two letters about one order, at the same moment: one payment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from tests.topics.payments.tills import billed, heard, letter, ordered, said
from zhengtong.topics.payments.models import Bill, Payment


def test_racing_letters_pay_once(committed_district: Any) -> None:
    bill = billed()
    order = ordered(bill)
    same, other = said(order), said(order)

    def hear(told: Any) -> bool:
        try:
            payment = heard(letter(told))
            return payment is not None and not payment.is_surplus
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        told = list(threads.map(hear, [same, same, other, same]))
    settled = Payment.objects.filter(bill=bill, is_surplus=False)
    assert settled.count() == 1
    assert Payment.objects.filter(bill=bill).count() == 2, "another transaction is money too, and goes back"
    assert any(told)
    assert Bill.objects.get(pk=bill.pk).state == "paid"

"""Bills within an actor's scope, and all that one page about a bill needs."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, may, visible
from zhengtong.foundation.codes import case_number
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.items import queries as items

from .. import access  # noqa: F401 - declares who may
from ..models import Bill, Charge, FiscalReceipt, Order, Payment, Refund
from ..rules import AT_COUNTER, BillState, BillUnknown, RefundState


@dataclass(frozen=True)
class BillPage:
    """One bill in full: charges, the order to pay by, money that came and went, the receipt, what the actor may do."""

    bill: Bill
    charges: list[Charge]
    order: Order | None
    payments: list[Payment]
    refunds: list[Refund]
    receipt: FiscalReceipt | None
    may_pay: bool
    may_renew: bool
    may_collect: bool
    may_manage: bool

    @property
    def is_due(self) -> bool:
        return self.bill.state == BillState.DUE

    @property
    def is_preparing(self) -> bool:
        """The provider has not answered yet where to pay."""
        return self.is_due and (self.order is None or not self.order.pay_url)

    @property
    def is_waiting(self) -> bool:
        """The provider has been asked, and has not told."""
        return self.is_due and self.order is not None and self.order.asked_at is not None

    @property
    def payment(self) -> Payment | None:
        """The one that settled it."""
        return next((one for one in self.payments if not one.is_surplus), None)

    @property
    def may_ask_refund(self) -> bool:
        """Paid, and nobody has asked for it back yet."""
        ended = (RefundState.DECLINED, RefundState.FAILED)
        asked = {one.payment_id for one in self.refunds if one.state not in ended}
        return self.may_manage and self.payment is not None and self.payment.pk not in asked


def bills_for(
    actor: Actor, *, state: str = "", item: str = "", day: date | None = None, text: str = ""
) -> QuerySet[Bill]:  # fmt: skip
    """Bills of the actor's offices, newest first; of a day those opened or paid on it; text: a number or a payer."""
    rows = visible(actor, "payments.view", Bill.objects.select_related("organisation", "case"))
    rows = rows.defer("case__form")
    if state:
        rows = rows.filter(state=state)
    if item:
        rows = rows.filter(item_code=item)
    if day:
        start = datetime.combine(day, time.min, clock.CHINA)
        within = (start, start + timedelta(days=1))
        rows = rows.filter(opened_at__range=within) | rows.filter(paid_at__range=within)
    if text := text.strip():
        whole = case_number.is_valid_case_number(text.partition("-")[0])
        rows = rows.filter(number__startswith=text) if whole else rows.filter(payer__startswith=text)
    return rows.order_by("-opened_at", "-pk")


def bill_for(actor: Actor, number: str) -> Bill:
    """One bill within the actor's scope. Refused (not found) otherwise."""
    rows = visible(actor, "payments.view", Bill.objects.select_related("organisation", "case"))
    found = rows.filter(number=number).first()
    if found is None:
        raise BillUnknown
    return found


def bill_page(actor: Actor, bill: Bill) -> BillPage:
    """Everything about a bill that `bill_for` or `bill_of_case` has found."""
    payments = list(Payment.objects.filter(bill=bill).order_by("paid_at"))
    receipts = FiscalReceipt.objects.filter(payment__bill=bill).select_related("file")
    return BillPage(
        bill=bill,
        charges=list(Charge.objects.filter(bill=bill).order_by("pk")),
        order=Order.objects.filter(bill=bill, state="open", amount=bill.amount).order_by("-placed_at").first(),
        payments=payments,
        refunds=list(Refund.objects.filter(payment__bill=bill).select_related("payment").order_by("asked_at"))
        if payments
        else [],
        receipt=receipts.order_by("-issued_at").first() if payments else None,
        may_pay=bill.state == BillState.DUE and may(actor, "payments.pay", bill),
        may_renew=bill.state == BillState.EXPIRED and may(actor, "payments.renew", bill),
        may_collect=bill.state == BillState.DUE and may(actor, "payments.collect", bill),
        may_manage=may(actor, "payments.manage", bill),
    )


def bill_of_case(actor: Actor, case: Any) -> Bill | None:
    """The latest bill of a case the actor may see; costs no query where the item is free."""
    if not items.version(case.item_version_id).fees.charged:
        return None
    rows = visible(actor, "payments.view", Bill.objects.filter(case=case).select_related("case", "organisation"))
    return rows.order_by("-opened_at").first()


def waits_for_money(actor: Actor, numbers: list[str]) -> set[str]:
    """Those of these cases whose bill waits for the actor's money."""
    rows = visible(actor, "payments.pay", Bill.objects.filter(state=BillState.DUE, case__number__in=numbers))
    return set(rows.values_list("case__number", flat=True))


def charge_of(bill: Bill, charge_id: int) -> Charge:
    """One line of a bill."""
    found = Charge.objects.select_related("bill").filter(bill=bill, pk=charge_id).first()
    if found is None:
        raise NotFound
    return found


def refund_for(actor: Actor, refund_id: UUID) -> Refund:
    """One refund of a bill within the actor's scope."""
    rows = Refund.objects.select_related("payment__bill__case").filter(
        pk=refund_id, payment__bill__in=visible(actor, "payments.view", Bill.objects.all())
    )
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def counter_visits() -> QuerySet[Any]:
    """The cases for which somebody came to a counter with money: they were not handled online."""
    return Payment.objects.filter(way__in=AT_COUNTER).values("bill__case_id")

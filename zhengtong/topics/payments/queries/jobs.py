"""What jobs look up: things by their id, and what hangs. No actor: jobs act under the system's name."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from zhengtong.foundation import clock
from zhengtong.foundation.files import queries as files
from zhengtong.topics.items import queries as items

from ..models import Bill, FiscalReceipt, Order, Payment, Refund
from ..rules import STANDING, UNSERVED, BillState, RefundState


def bill(bill_id: UUID) -> Bill:
    """A bill by its id."""
    return Bill.objects.select_related("case").get(pk=bill_id)


def order(number: str) -> Order:
    """An order with its bill."""
    return Order.objects.select_related("bill").get(pk=number)


def payment(payment_id: UUID) -> Payment:
    """A payment with its bill."""
    return Payment.objects.select_related("bill").get(pk=payment_id)


def refund(refund_id: UUID) -> Refund:
    """A refund with what it pays back."""
    return Refund.objects.select_related("payment__bill").get(pk=refund_id)


def is_charged(item: str) -> bool:
    """Whether the item costs anything today; asked of every case, so it costs no query."""
    return not items.is_offered(item) or items.current_version(item).fees.charged


def refundable(bill: Bill) -> Payment | None:
    """What is to be paid back of a bill whose case came to nothing: once, and where the item says so."""
    if bill.state != BillState.PAID or items.version(bill.case.item_version_id).fees.refund != "not_served":
        return None
    return Payment.objects.filter(bill=bill, is_surplus=False, refunds=None).select_related("bill__case").first()


def bills_in_vain() -> list[UUID]:
    """Bills whose case came to nothing without a word, such as one that was taken back."""
    rows = Bill.objects.filter(state__in=STANDING, payable="before_acceptance", case__status__in=UNSERVED)
    rows = rows.exclude(state=BillState.WAIVED).exclude(payments__refunds__isnull=False)
    return [found.pk for found in rows.select_related("case")[:200] if found.state == "due" or refundable(found)]


def orders_hanging(*, older_than: timedelta) -> Iterable[tuple[str, str, str]]:
    """Orders (number, bill, state) that nobody has said anything of."""
    rows = Order.objects.filter(state__in=["placing", "open"], placed_at__lt=clock.now() - older_than)
    return [(number, str(of), state) for number, of, state in rows.values_list("pk", "bill_id", "state")[:1_000]]


def refunds_hanging(*, older_than: timedelta) -> list[str]:
    """Refunds that are under way at the provider."""
    rows = Refund.objects.filter(state=RefundState.SENT, judged_at__lt=clock.now() - older_than, payment__way="online")
    return [str(pk) for pk in rows.values_list("pk", flat=True)[:1_000]]


def payments_unreceipted(*, older_than: timedelta) -> list[str]:
    """Payments that settled a bill and have no receipt yet."""
    rows = Payment.objects.filter(is_surplus=False, receipt=None, bill__state="paid")
    return [str(pk) for pk in rows.filter(paid_at__lt=clock.now() - older_than).values_list("pk", flat=True)[:1_000]]


def receipt_content(receipt: FiscalReceipt) -> bytes:
    """The file as the platform gave it; empty where it gave none."""
    if receipt.file is None:
        return b""
    with files.open_file(receipt.file) as stream:
        return stream.read()

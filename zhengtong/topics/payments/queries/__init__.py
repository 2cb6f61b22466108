"""Reads: bills and what became of them, what a step waits for, the two books."""

from ..rules import STATES, WAYS, RefundState, fen_of, yuan
from .bills import (
    BillPage,
    bill_for,
    bill_of_case,
    bill_page,
    bills_for,
    charge_of,
    counter_visits,
    refund_for,
    waits_for_money,
)
from .books import differences_for, our_entries, statements_for, totals_for
from .charges import charges_of, check_paid
from .jobs import (
    bill,
    bills_in_vain,
    is_charged,
    order,
    orders_hanging,
    payment,
    payments_unreceipted,
    receipt_content,
    refund,
    refundable,
    refunds_hanging,
)

__all__ = [
    "STATES", "WAYS", "BillPage", "RefundState", "bill", "bill_for", "bill_of_case", "bill_page", "bills_for",
    "bills_in_vain", "charge_of", "charges_of", "check_paid", "counter_visits", "differences_for", "fen_of",
    "is_charged", "order", "orders_hanging", "our_entries", "payment", "payments_unreceipted", "receipt_content",
    "refund", "refund_for", "refundable", "refunds_hanging", "statements_for", "totals_for", "waits_for_money",
    "yuan",
]  # fmt: skip

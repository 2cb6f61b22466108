"""Writes: bills, money that comes, money that goes back, what the treasury's and the provider's systems tell."""

from ..rules import Letter, Paid
from .billing import cancel_bill, expire_bills, open_bill, reduce_charge, renew_bill
from .ordering import ask_soon, close_orders, keep_order, open_order
from .receipts import keep_receipt, void_receipt
from .refunding import approve_refund, ask_refund, decline_refund, keep_refund
from .settling import forget_letters, hear_provider, settle_order, take_at_counter
from .statements import keep_statement

__all__ = [
    "Letter", "Paid", "approve_refund", "ask_refund", "ask_soon", "cancel_bill", "close_orders", "decline_refund",
    "expire_bills",
    "forget_letters", "hear_provider", "keep_order", "keep_receipt", "keep_refund", "keep_statement", "open_bill",
    "open_order", "reduce_charge", "renew_bill", "settle_order", "take_at_counter", "void_receipt",
]  # fmt: skip

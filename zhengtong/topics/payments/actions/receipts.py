"""The treasury's electronic receipt: kept as it was given, never made here."""

from typing import Any

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record
from zhengtong.foundation.files import actions as files

from .. import rules
from ..models import FiscalReceipt, Payment

PDF = "application/pdf"


@transaction.atomic
def keep_receipt(payment: Payment, *, told: dict[str, Any], content: bytes, actor: Actor) -> FiscalReceipt:
    """Code, number, check code, where it is verified, and the file. Told again, the first one stays."""
    access.require(actor, "payments.settle")
    payment = Payment.objects.select_for_update(of=("self",)).select_related("bill").get(pk=payment.pk)
    known = FiscalReceipt.objects.filter(payment=payment).first()
    if known is not None:
        return known
    columns = {name: str(told.get(name, ""))[:500] for name in ("code", "number", "check_code", "verify_url")}
    if not all(columns.values()) or not columns["verify_url"].startswith(("https://", "http://")):
        raise rules.NotificationUnfit(problem="receipt")
    file = None
    if content:
        name = f"财政电子票据{columns['number']}.pdf"
        file = files.store_bytes(content, name=name, kind=PDF, actor=actor)
    receipt = FiscalReceipt(payment=payment, file=file, issued_at=clock.now(), **columns)
    receipt.save(force_insert=True)
    record("payments.receipt.kept", receipt, actor=actor, code=receipt.code, number=receipt.number)
    return receipt


@transaction.atomic
def void_receipt(payment: Payment, *, actor: Actor) -> FiscalReceipt | None:
    """The platform has voided it: the money went back."""
    access.require(actor, "payments.settle")
    receipt = FiscalReceipt.objects.select_for_update().filter(payment=payment).first()
    if receipt is not None and receipt.voided_at is None:
        receipt.voided_at = clock.now()
        receipt.save()
        record("payments.receipt.voided", receipt, actor=actor)
    return receipt

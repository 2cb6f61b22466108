"""Bills, and the money that came and went for them."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7

from .rules import REFUND_STATES, STANDING, STATES, WAYS, BillState, RefundState, yuan


class Bill(Audited):
    """What one case costs: the fee rows of its item's version for its answers, as they stood when it was opened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=120)
    item_name = models.CharField(max_length=300)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    acceptor = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    division = models.CharField(max_length=20, blank=True)
    applicant = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    payer = models.CharField(max_length=120)
    payable = models.CharField(max_length=20)
    charged = models.BigIntegerField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, default=BillState.DUE.value)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    paid_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=[str(s) for s in STANDING]), name="payments_one_bill_a_case"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & Q(charged__gt=0) & Q(amount__lte=models.F("charged")),
                name="payments_bill_amount",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-opened_at"], name="payments_bills_of_office"),
            models.Index(fields=["acceptor", "-opened_at"], name="payments_bills_of_counter"),
            models.Index(fields=["due_on"], condition=Q(state="due"), name="payments_bills_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def yuan(self) -> str:
        return yuan(self.amount)


class Charge(models.Model):
    """One line of a bill, with its basis; what was let off, why and by what right."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="charges")
    name = models.CharField(max_length=200)
    standard = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    reduction = models.TextField(blank=True)
    amount = models.BigIntegerField()
    reduced = models.BigIntegerField(default=0)
    reduced_why = models.CharField(max_length=300, blank=True)
    reduced_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(reduced__gte=0) & Q(reduced__lte=models.F("amount")),
                name="payments_charge_amount",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def yuan(self) -> str:
        return yuan(self.amount)

    @property
    def reduced_yuan(self) -> str:
        return yuan(self.reduced)


class Order(models.Model):
    """A bill at the payment provider: under our number, for one amount, with the page where one pays."""

    number = models.CharField(max_length=40, primary_key=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="orders")
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, default="placing")
    pay_url = models.CharField(max_length=500, blank=True)
    placed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["placed_at"], condition=Q(state__in=["placing", "open"]), name="payments_orders_open"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Payment(Audited):
    """Money that came in; `is_surplus` when the bill did not wait for it (paid before, cancelled, expired)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10)
    transaction = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    paid_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    taken_by_name = models.CharField(max_length=120, blank=True)
    is_surplus = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "transaction"], name="payments_transaction_once"),
            # However many notifications race, one payment settles a bill.
            models.UniqueConstraint(fields=["bill"], condition=Q(is_surplus=False), name="payments_settled_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_payment_amount"),
        ]
        indexes = [models.Index(fields=["paid_at"], name="payments_of_day")]

    def __str__(self) -> str:
        return self.transaction

    @property
    def yuan(self) -> str:
        return yuan(self.amount)

    @property
    def way_words(self) -> str:
        return WAYS[self.way]


class Refund(Audited):
    """Money that goes back the way it came: asked for, approved by finance, carried out by the provider or counter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=RefundState.ASKED.value)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    judged_by = models.CharField(max_length=80, blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_why = models.CharField(max_length=300, blank=True)
    transaction = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Money goes back once, whoever asks how often.
            models.UniqueConstraint(
                fields=["payment"], condition=~Q(state__in=["declined", "failed"]), name="payments_refunded_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_refund_amount"),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=["asked", "sent"]), name="payments_refunds_open"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def yuan(self) -> str:
        return yuan(self.amount)

    @property
    def state_words(self) -> str:
        return REFUND_STATES[self.state]


class FiscalReceipt(Audited):
    """The treasury's electronic receipt for a payment: code, number, check code, and the file as it was given."""

    payment = models.OneToOneField(Payment, models.PROTECT, primary_key=True, related_name="receipt")
    code = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    check_code = models.CharField(max_length=20)
    verify_url = models.CharField(max_length=500)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class Heard(models.Model):
    """The nonce of a notification that was taken: the same letter is not read twice."""

    nonce = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="payments_heard_at")]

    def __str__(self) -> str:
        return self.nonce


class Statement(Audited):
    """A day in the provider's book beside ours, and where they differ."""

    day = models.DateField(primary_key=True)
    entries = models.JSONField()
    differences = models.JSONField()
    fetched_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.day.isoformat()

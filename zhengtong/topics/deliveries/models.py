"""Pieces of paper, slips by which they change hands, results that wait to be fetched, days."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import SealedField

from .rules import KINDS, LINES, DeliveryState, Kind, LineState, PieceState, SlipKind, SlipState, Way, slip_number


class Signed(Audited):
    """Something that somebody signs: the picture is a file, what it was signed under is kept as its digest."""

    signer = models.CharField(max_length=120, blank=True)
    signed_way = models.CharField(max_length=10, blank=True)
    signature = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    signed_content = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def signed_words(self) -> str:
        return Way(self.signed_way).words if self.signed_way else ""


class Piece(Audited):
    """A thing on paper and who holds it now; of an ended one, who held it last."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    copies = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default=PieceState.HELD.value)
    holder = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    holder_key = models.CharField(max_length=80, blank=True)
    holder_name = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=~Q(kind="original"), name="deliveries_one_of_it")
        ]
        indexes = [
            models.Index(fields=["holder", "-since"], condition=~Q(state="ended"), name="deliveries_piece_at"),
            models.Index(fields=["case"], name="deliveries_piece_of_case"),
            models.Index(fields=["holder_key"], condition=~Q(state="ended"), name="deliveries_piece_with"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        return Kind(self.kind).words


class Slip(Signed):
    """What changes hands, out of whose and into whose; its number is its serial under its kind and day."""

    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=SlipState.WAITING.value)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    from_organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=80)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    signed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["to_organisation", "-id"], name="deliveries_slip_to"),
            models.Index(fields=["from_organisation", "-id"], name="deliveries_slip_from"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return slip_number(self.kind, self.made_at.astimezone(CHINA).date(), self.pk)

    @property
    def title(self) -> str:
        return SlipKind(self.kind).words

    @property
    def state_words(self) -> str:
        return SlipState(self.state).words


class Line(models.Model):
    """One piece on a slip, in the words of the day."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="lines")
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="lines")
    name = models.CharField(max_length=200)
    copies = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=LineState.WAITING.value)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slip", "piece"], name="deliveries_once_on_a_slip")]

    def __str__(self) -> str:
        return self.name

    @property
    def state_words(self) -> str:
        return LINES[self.state]


class Delivery(Signed):
    """The result of a case on its way to the applicant; issued, it is the proof of service."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    window = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    state = models.CharField(max_length=10, default=DeliveryState.AWAITED.value)
    opened_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=60, blank=True)
    receiver = models.CharField(max_length=120, blank=True)
    receiver_number = SealedField(blank=True, default="")
    receiver_right = models.CharField(max_length=60, blank=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=80, blank=True)
    issued_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["window", "ready_at"], condition=Q(state="ready"), name="deliveries_ready"),
            models.Index(fields=["issued_by", "issued_at"], name="deliveries_issued"),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class Day(Audited):
    """A window's evening: originals expected and counted, signed off; the next one opens with what was counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    keeper = models.CharField(max_length=80)
    keeper_name = models.CharField(max_length=60)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    day = models.DateField()
    opening = models.IntegerField()
    taken = models.IntegerField()
    given = models.IntegerField()
    counted = models.IntegerField()
    receipts = models.IntegerField()
    issued = models.IntegerField()
    reason = models.TextField(blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keeper", "day"], name="deliveries_one_evening")]

    def __str__(self) -> str:
        return f"{self.keeper_name} {self.day}"

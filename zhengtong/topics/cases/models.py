"""Cases and what hangs on them."""

from django.db import models
from django.db.models import Q

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import SealedField

from .rules import ACTING, Channel, Status


class Case(Audited):
    """One application for one item; the words of the item are those of its version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=13, unique=True)
    official_number = models.CharField(max_length=50)
    item_code = models.CharField(max_length=120)
    item_version = models.ForeignKey("items.ItemVersion", models.PROTECT, related_name="+")
    item_name = models.CharField(max_length=300)
    nature = models.CharField(max_length=20)
    department = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    acceptor = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+", db_index=False)
    division = models.CharField(max_length=20, blank=True)
    applicant = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+", db_index=False)
    applicant_name = models.CharField(max_length=120)
    operator = models.ForeignKey("subjects.Subject", models.PROTECT, null=True, related_name="+", db_index=False)
    # By what right the operator acted for the applicant; empty where he acts for himself or a clerk wrote it down.
    acting_right = models.CharField(max_length=30, blank=True)
    filed_by = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, choices=Channel.choices())
    status = models.CharField(max_length=24)
    step = models.CharField(max_length=60, blank=True)
    form = models.JSONField()

    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    accept_due = models.DateField(null=True)
    statutory_due = models.DateField(null=True)
    promised_due = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)

    result_name = models.CharField(max_length=120, blank=True)
    result_number = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    elsewhere_system = models.CharField(max_length=120, blank=True)
    elsewhere_number = models.CharField(max_length=80, blank=True)
    elsewhere_status = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "-submitted_at"], name="cases_of_applicant"),
            models.Index(
                fields=["operator", "-submitted_at"], condition=Q(operator__isnull=False), name="cases_of_operator"
            ),
            models.Index(fields=["department", "status", "-submitted_at", "-id"], name="cases_of_department"),
            models.Index(fields=["acceptor", "status", "-submitted_at", "-id"], name="cases_of_acceptor"),
            # A department's share of the newest cases is walked, never gathered and sorted.
            models.Index(fields=["-submitted_at", "-id"], name="cases_lately"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="cases_ended"),
            models.Index(fields=["applicant_name"], opclasses=["varchar_pattern_ops"], name="cases_by_name"),
            models.Index(
                fields=["elsewhere_number"], condition=~Q(elsewhere_number=""), name="cases_by_number_elsewhere"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def acting_words(self) -> str:
        """By what right the operator acted, in words; empty where he acted for himself."""
        return ACTING.get(self.acting_right, "")

    @property
    def status_words(self) -> str:
        return Status(self.status).words


class Material(models.Model):
    """One of the papers a case came with, or still lacks."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="materials")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    taken_as = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="provided")
    fault = models.CharField(max_length=300, blank=True)
    reuse_key = models.CharField(max_length=60, blank=True)
    # The paper in words, where it lies in another government's library and no file is here.
    reference = models.CharField(max_length=200, blank=True)
    valid_to = models.DateField(null=True)
    provided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="cases_material_of_case")]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """What was done to a case, in the words of who did it; the audit leaf is its proof."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    key = models.CharField(max_length=60)
    verb = models.CharField(max_length=40)
    opinion = models.TextField(blank=True)
    proposal = models.CharField(max_length=10, blank=True)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=60)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="cases_step_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"


class Notice(models.Model):
    """A paper issued on a case; its PDF is set from the stored words and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=60)
    body = models.JSONField()
    # The answers as they stood before this notice was answered; sealed as the case's own are.
    form_before = models.JSONField(null=True)
    issued_at = models.DateTimeField()
    answer_due = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="cases_notice_number")]
        indexes = [models.Index(fields=["case", "issued_at"], name="cases_notice_of_case")]

    def __str__(self) -> str:
        return self.number


class Gap(models.Model):
    """Something missing or wrong that somebody found, until one notice tells all of it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="gaps")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    is_material = models.BooleanField()
    what = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300, blank=True)
    found_by = models.CharField(max_length=80)
    found_by_name = models.CharField(max_length=60)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="gaps")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="cases_gap_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key}"


class Finding(models.Model):
    """What was found on one point of the checklist at one step; kept while the review goes on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings")
    step = models.CharField(max_length=60)
    point = models.CharField(max_length=500)
    verdict = models.CharField(max_length=10)
    remark = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step", "point"], name="cases_finding_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.point}"


class Phrase(models.Model):
    """Words that somebody uses again and again, beside those of the house."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "kind", "text"], name="cases_phrase_once")]

    def __str__(self) -> str:
        return self.text


class Look(models.Model):
    """When somebody at the desk last opened a case: what came after that is marked as new to him."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "case"], name="cases_look_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.case_id}"


class Draft(models.Model):
    """What somebody has begun to fill in; sealed whole, for he alone reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    item_version = models.ForeignKey("items.ItemVersion", models.PROTECT, related_name="+")
    item_name = models.CharField(max_length=300)
    applicant = models.ForeignKey("subjects.Subject", models.PROTECT, null=True, related_name="+")
    content = SealedField(default="{}")
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-updated_at"], name="cases_draft_of_account")]

    def __str__(self) -> str:
        return f"{self.item_name} {self.pk}"

"""Kinds of credentials, the runs of their numbers, and the credentials themselves."""

from datetime import date

from django.db import models

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import BlindIndexField, SealedField

from . import rules
from .rules import State, StateOn


class CredentialType(Audited):
    """A kind of credential: how it is numbered, how long it lasts, what it says, who makes it."""

    class By(models.TextChoices):
        LOCAL = "local", "本级制发"
        CITY = "city", "市级系统制发"
        PROVINCIAL = "provincial", "省级系统制发"
        NATIONAL = "national", "国家系统制发"

    class Layout(models.TextChoices):
        LANDSCAPE = "landscape", "横版"
        PORTRAIT = "portrait", "竖版"

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=120)
    type_code = models.CharField(max_length=21)
    by = models.CharField(max_length=12, choices=By.choices)
    validity = models.JSONField(null=True)
    number_pattern = models.CharField(max_length=120)
    fields = models.JSONField(default=list)
    layout = models.CharField(max_length=10, choices=Layout.choices)
    owner = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """How far a run of serials has come; one run for each year and division that stand in the number."""

    name = models.CharField(max_length=160, primary_key=True)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Credential(Audited):
    """One credential as issued: its words are its own and do not follow later changes of its type."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.ForeignKey(CredentialType, models.PROTECT, related_name="+")
    type_name = models.CharField(max_length=120)
    number = models.CharField(max_length=120, unique=True)
    identifier = models.CharField(max_length=100, unique=True)
    verify_code = models.CharField(max_length=20, unique=True)
    holder = models.UUIDField()
    holder_name = models.CharField(max_length=120)
    holder_id_type = models.CharField(max_length=20)
    holder_id_number = SealedField()
    # The context of subjects: one number finds the same person there and here.
    holder_id_number_index = BlindIndexField(source="holder_id_number", context="subjects.subject.id_number")
    data = models.JSONField()
    issuer = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    division = models.CharField(max_length=12)
    case_number = models.CharField(max_length=20)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    state = models.CharField(max_length=14, default=State.VALID.value)
    ended_on = models.DateField(null=True)
    ending_reason = models.TextField(blank=True)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_number", "type"], name="credentials_once_per_case")]
        indexes = [
            models.Index(fields=["holder", "-issued_at"], name="credentials_of_holder"),
            models.Index(fields=["issuer", "-issued_at"], name="credentials_of_issuer"),
            models.Index(fields=["holder_id_number_index"], name="credentials_of_number"),
            models.Index(fields=["issued_at"], condition=models.Q(file=None), name="credentials_unrendered"),
        ]

    def __str__(self) -> str:
        return self.number

    def state_on(self, day: date) -> StateOn:
        return rules.state_on(self.state, self.valid_from, self.valid_to, day)

    @property
    def state_words(self) -> str:
        """What it is today, in words."""
        return self.state_on(clock.today()).words

    @property
    def masked_holder_id_number(self) -> str:
        return rules.masked_number(self.holder_id_number, self.holder_id_type)

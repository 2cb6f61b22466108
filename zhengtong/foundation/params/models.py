"""Parameters, and the stamps by which processes notice that something they hold in memory has changed."""

from datetime import date

from django.db import models

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7


class Parameter(Audited):
    """One value of one key for one period; `ended_on` closes it early without rewriting what was planned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=120)
    value = models.JSONField()
    unit = models.CharField(max_length=40, blank=True)
    basis = models.TextField(blank=True)
    note = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="params_parameter_key_from"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="params_parameter_period",
            ),
        ]
        ordering = ["key", "valid_from"]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"

    @property
    def last_day(self) -> date | None:
        """The last day in force; None while open."""
        return min((day for day in (self.valid_to, self.ended_on) if day), default=None)

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.last_day is None or on <= self.last_day)


class Revision(models.Model):
    """A stamp that changes, in the same transaction, whenever the named thing does."""

    name = models.CharField(primary_key=True, max_length=60)
    stamp = models.UUIDField()

    def __str__(self) -> str:
        return self.name

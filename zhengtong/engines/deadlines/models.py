"""The years whose rest days are published."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhengtong.foundation.audit.models import Audited


class CalendarYear(Audited):
    """One year's list; each correction is a new version, and the trail keeps every version's days."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    rest_days = ArrayField(models.DateField())
    workdays = ArrayField(models.DateField(), default=list)
    basis = models.TextField()
    owner = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def version(self) -> int:
        """How often the year was written; the leaf of this number in its stream holds the days."""
        return self.audit_count

"""Each time a pack changed something."""

from django.db import models

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7


class Application(Audited):
    """One applied pack: which version, by whom, what it did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pack = models.CharField(max_length=80)
    version = models.CharField(max_length=40, blank=True)
    applied_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    counts = models.JSONField(default=dict)
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["-applied_at"]

    def __str__(self) -> str:
        return f"{self.pack} {self.applied_at:%Y-%m-%d %H:%M}"

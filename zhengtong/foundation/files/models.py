"""One row per handed-in file; equal content is kept once on disk."""

from django.db import models

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7


class File(Audited):
    """A file and what is known of it."""

    class State(models.TextChoices):
        PARKED = "parked", "待检查"
        CLEAN = "clean", "可用"
        REFUSED = "refused", "未通过"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PARKED)
    owner_key = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["digest"], name="files_file_digest"),
            models.Index(fields=["owner_key", "-created_at"], name="files_file_owner"),
        ]

    def __str__(self) -> str:
        return self.name

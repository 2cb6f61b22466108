"""The papers of a holder."""

from typing import Any

from django.db import models

from zhengtong.foundation import clock
from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7

from .rules import Source, Validity, is_expired


class StoredMaterial(Audited):
    """One paper: equal content of one kind is one row, however often it is handed in.

    `origin` is the number it came under: of the case, the credential, or the paper at another government, which alone
    has no file here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    holder = models.UUIDField()
    kind = models.CharField(max_length=190)
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=[(source.value, source.words) for source in Source])
    origin = models.CharField(max_length=120, blank=True)
    origin_name = models.CharField(max_length=300, blank=True)
    valid_to = models.DateField(null=True)
    valid_by = models.CharField(max_length=10, blank=True)
    brought_by = models.CharField(max_length=80)
    provided_at = models.DateTimeField()
    checked_by = models.CharField(max_length=80, blank=True)
    checked_in = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "kind", "digest"], name="materials_once_per_holder")]
        indexes = [models.Index(fields=["file"], name="materials_of_file")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return is_expired(self.valid_to, clock.today())

    @property
    def is_removable(self) -> bool:
        """What he brought himself is his to take away; what came with a case stays with the case."""
        return self.source in (Source.UPLOADED, Source.REFERENCE)

    @property
    def source_words(self) -> str:
        return Source(self.source).words

    @property
    def validity_words(self) -> str:
        return Validity(self.valid_by).words if self.valid_by else ""

    @property
    def reference(self) -> str:
        """The paper in words, where another government keeps it."""
        return f"{self.origin_name} {self.origin}" if self.source == Source.REFERENCE else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = self.name[:200]
        super().save(*args, **kwargs)

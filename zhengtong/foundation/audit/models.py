"""Leaves, and the columns by which a thing carries the head of its own stream."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Leaf(models.Model):
    """One fact; append-only by grant, chained by `mac`."""

    append_only = True

    stream = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    acting_for = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    mac = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="audit_leaf_stream_seq")]
        # Leaves come in the order of time: their days are found without a cost to whoever writes them.
        indexes = [BrinIndex(fields=["at"], name="audit_leaf_days", pages_per_range=32)]

    def __str__(self) -> str:
        return f"{self.stream}#{self.seq} {self.verb}"


class Audited(models.Model):
    """A thing with a stream of its own; it never exists without its first leaf."""

    audit_count = models.PositiveIntegerField(default=0)
    audit_head = models.BinaryField(max_length=32, null=True)

    class Meta:
        abstract = True

    @property
    def audit_stream(self) -> str:
        return stream_of(type(self), self.pk)


def stream_of(model: type[models.Model], pk: Any) -> str:
    """The name of a thing's stream, such as `case:0192…`."""
    return f"{model._meta.model_name}:{pk}"

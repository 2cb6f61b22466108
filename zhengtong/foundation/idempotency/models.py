"""Which keys were used, by whom, for what, with what answer."""

from django.db import models


class Turn(models.Model):
    """A key that was used; kept at least a day."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="idempotency_turn_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"

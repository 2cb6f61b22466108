"""What was said to neighbours, and which of them are left alone for now."""

from django.db import models

from zhengtong.foundation.crypto.fields import SealedField


class Exchange(models.Model):
    """One call: what for, how it went. What was said is sealed, and forgotten after a time; all else is impersonal."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", "进行中"
        DONE = "done", "成功"
        FAILED = "failed", "失败"

    port = models.CharField(max_length=60)
    operation = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    status_code = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    asked = SealedField(null=True)
    answered = SealedField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["about", "-started_at"], name="links_exchange_about"),
            models.Index(fields=["started_at"], condition=models.Q(state="under_way"), name="links_exchange_hanging"),
        ]

    def __str__(self) -> str:
        return f"{self.port} {self.operation} {self.about}"


class Breaker(models.Model):
    """Opens after failures in a row; while open, calls are refused at once and tried again later."""

    port = models.CharField(max_length=60, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.port

"""The one table of waiting work."""

from django.db import models
from django.db.models import Q

from .rules import State


class Task(models.Model):
    """Something to be done by whoever holds `permission` in `organisation`."""

    kind = models.CharField(max_length=40)
    permission = models.CharField(max_length=60)
    organisation = models.CharField(max_length=40)
    area = models.CharField(max_length=20, blank=True)
    item = models.CharField(max_length=80, blank=True)
    about = models.UUIDField()
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    who = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, default=State.OPEN)
    holder = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    opened_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "due", "id"], condition=~Q(state="closed"), name="tasks_waiting"),
            models.Index(fields=["holder", "due", "id"], condition=~Q(state="closed"), name="tasks_mine"),
            models.Index(fields=["about"], condition=~Q(state="closed"), name="tasks_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

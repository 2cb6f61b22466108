"""Half hours, and the places taken in them."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from . import rules


class Slot(models.Model):
    """One half hour of one pool; the database itself refuses one place too many."""

    pool = models.CharField(max_length=60)
    number = models.IntegerField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "number"], name="slots_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="slots_within_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.starts_at:%Y-%m-%d %H:%M} {self.taken}/{self.capacity}"

    @property
    def starts_at(self) -> datetime:
        return rules.starts_at(self.number)


class Place(models.Model):
    """One place of a slot, taken for a thing; a thing holds one place at a time."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="places")
    about = models.UUIDField(unique=True)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slot_id} {self.about}"

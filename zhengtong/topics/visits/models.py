"""Groups of windows with their hours, and who comes when."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhengtong.engines.slots.rules import LENGTH, number_of
from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7

from .rules import CHANNELS, Channel, State


class WindowGroup(Audited):
    """Windows of one hall that take the same items; `hours` are rows of days, from, to and places per half hour."""

    code = models.CharField(max_length=60, primary_key=True)
    hall = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    windows = models.CharField(max_length=120, blank=True)
    directions = models.CharField(max_length=300, blank=True)
    hours = models.JSONField(default=list)
    closed_days = ArrayField(models.DateField(), default=list)
    owner = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Appointment(Audited):
    """Somebody comes to a window group for an item at a half hour."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=12, unique=True)
    group = models.ForeignKey(WindowGroup, models.PROTECT, related_name="appointments")
    item_code = models.CharField(max_length=120)
    item_name = models.CharField(max_length=300)
    visitor = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    booker = models.ForeignKey("subjects.Subject", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=State.BOOKED.value)
    reason = models.CharField(max_length=200, blank=True)
    booked_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "item_code"], condition=Q(state="booked"), name="visits_one_each"
            )
        ]
        indexes = [
            models.Index(fields=["group", "starts_at"], name="visits_of_group"),
            models.Index(fields=["visitor", "-starts_at"], name="visits_of_visitor"),
            models.Index(fields=["booker", "-starts_at"], name="visits_of_booker"),
            models.Index(fields=["starts_at"], condition=Q(state="booked"), name="visits_to_come"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LENGTH

    @property
    def half_hour(self) -> int:
        return number_of(self.starts_at)

    @property
    def is_open(self) -> bool:
        return self.state == State.BOOKED

    @property
    def channel_words(self) -> str:
        return CHANNELS[Channel(self.channel)]

    @property
    def for_another(self) -> bool:
        """Whether somebody else booked for the visitor."""
        return self.booker_id is not None and self.booker_id != self.visitor_id

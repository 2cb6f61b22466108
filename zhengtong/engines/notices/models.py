"""Templates, messages with their deliveries, preferences."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import SealedField

from .rules import CHANNELS, STATES, WAITING, Channel, State


class Template(Audited):
    """The words for one happening, by channel; a channel without words is not used for it."""

    TEXTS: ClassVar = ("title", "site", "sms", "email", "wechat", "wechat_template")

    code = models.CharField(max_length=60, primary_key=True)
    title = models.CharField(max_length=60)
    site = models.TextField(blank=True)
    sms = models.TextField(blank=True)
    email = models.TextField(blank=True)
    wechat = models.TextField(blank=True)
    wechat_template = models.CharField(max_length=80, blank=True)
    must_tell = models.BooleanField()
    basis = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["owner"], name="notices_template_owner")]

    def __str__(self) -> str:
        return self.code


class Message(Audited):
    """One happening told to one person: a subject, or an account of the staff. Read once means read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    happening = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    recipient_kind = models.CharField(max_length=10)
    recipient = models.UUIDField()
    recipient_name = models.CharField(max_length=120)
    number = models.CharField(max_length=20, blank=True)
    path = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    must_tell = models.BooleanField()
    happened_at = models.DateTimeField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["happening", "recipient_kind", "recipient"], name="notices_message_once")
        ]
        indexes = [
            models.Index(fields=["recipient", "-happened_at", "-id"], condition=~Q(text=""), name="notices_of_person"),
            models.Index(fields=["recipient"], condition=Q(read_at=None) & ~Q(text=""), name="notices_unread"),
            models.Index(fields=["number"], condition=~Q(number=""), name="notices_of_number"),
        ]

    def __str__(self) -> str:
        return f"{self.happening} → {self.recipient}"


class Delivery(models.Model):
    """A message over one channel; `not_before` says when it is next looked at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    state = models.CharField(max_length=10, choices=list(STATES.items()))
    reason = models.CharField(max_length=300, blank=True)
    address = SealedField(blank=True, default="")
    subject_line = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    number_there = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="notices_delivery_once")]
        indexes = [
            models.Index(
                fields=["channel", "not_before"],
                condition=Q(state__in=[*WAITING, State.SENT], not_before__isnull=False),
                name="notices_delivery_waiting",
            ),
            models.Index(fields=["state", "channel", "-id"], name="notices_delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    @property
    def channel_words(self) -> str:
        return Channel(self.channel).words


class Preference(Audited):
    """What one person does not want to hear (a channel, or a happening that may be left out), and further addresses."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recipient_kind = models.CharField(max_length=10)
    recipient = models.UUIDField()
    off = ArrayField(models.CharField(max_length=60), default=list)
    email = SealedField(blank=True, default="")
    wechat = SealedField(blank=True, default="")
    pending_email = SealedField(blank=True, default="")
    code_index = models.BinaryField(max_length=32, null=True)
    code_sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient_kind", "recipient"], name="notices_preference_once")]

    def __str__(self) -> str:
        return f"{self.recipient_kind} {self.recipient}"

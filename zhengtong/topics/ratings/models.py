"""Invitations to rate, and ratings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7

from .rules import CHANNELS, LABELS, Channel, InvitationState, Naming


class RatingInvitation(Audited):
    """A case has ended: its applicant may say how it was, until a day."""

    case_number = models.CharField(max_length=20, primary_key=True)
    item_code = models.CharField(max_length=120)
    item_name = models.CharField(max_length=300)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    applicant = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24)
    ended_at = models.DateTimeField()
    open_until = models.DateField()
    state = models.CharField(max_length=12, default=InvitationState.OPEN.value)

    class Meta:
        indexes = [
            models.Index(fields=["open_until"], condition=Q(state="open"), name="ratings_invitations_open"),
            models.Index(fields=["applicant", "-ended_at"], name="ratings_invitations_mine"),
        ]

    def __str__(self) -> str:
        return self.case_number


class Rating(Audited):
    """What was said of one case; without a level when nobody said anything."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invitation = models.ForeignKey(RatingInvitation, models.PROTECT, related_name="ratings")
    case_number = models.CharField(max_length=20)
    serial = models.PositiveSmallIntegerField()
    item_code = models.CharField(max_length=120)
    item_name = models.CharField(max_length=300)
    organisation = models.ForeignKey("directory.Organisation", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)
    labels = ArrayField(models.CharField(max_length=40), default=list)
    text = models.TextField(blank=True)
    channel = models.CharField(max_length=12)
    naming = models.CharField(max_length=10, choices=[(naming.value, naming.words) for naming in Naming])
    is_default = models.BooleanField(default=False)
    is_bad = models.BooleanField(default=False)
    rated_by = models.CharField(max_length=80)
    rated_at = models.DateTimeField()
    amended_at = models.DateTimeField(null=True)
    first_level = models.PositiveSmallIntegerField(null=True)
    first_labels = ArrayField(models.CharField(max_length=40), default=list)
    first_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_number", "serial"], name="ratings_once_per_case"),
            # Silence has no level, and no level means silence.
            models.CheckConstraint(
                condition=Q(is_default=True, level=None) | Q(is_default=False, level__isnull=False, level__gte=1),
                name="ratings_silence_has_no_level",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-rated_at"], name="ratings_of_organisation"),
            models.Index(fields=["-rated_at"], name="ratings_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.level}"

    @property
    def channel_words(self) -> str:
        return CHANNELS[Channel(self.channel)]

    @property
    def label_words(self) -> list[str]:
        return [LABELS.get(label, label) for label in self.labels]

"""Accounts, roles, who holds which post, counted tries."""

from collections.abc import Callable
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import BlindIndexField, SealedField
from zhengtong.foundation.refusals import N_


class Account(AbstractBaseUser, Audited):
    """A login; staff sign in by name, citizens by phone or ID number."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", N_("群众企业")
        STAFF = "staff", N_("工作人员")
        CLIENT = "client", N_("业务系统")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=50)
    phone = SealedField(blank=True, default="")
    phone_index = BlindIndexField(source="phone")
    phone_index_of: ClassVar[Callable[[str | None], bytes | None]]
    is_active = models.BooleanField(default=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    # When the holder chose his password; null while it is one that somebody else gave him.
    password_at = models.DateTimeField(null=True)
    old_passwords = ArrayField(models.CharField(max_length=128), default=list)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = []
    objects = BaseUserManager["Account"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=Q(kind="citizen", phone_index__isnull=False),
                name="accounts_account_citizen_phone",
            )
        ]

    def __str__(self) -> str:
        return self.login


class Role(Audited):
    """A bundle of permissions."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=40)
    permissions = ArrayField(models.CharField(max_length=60), default=list)
    owner = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class PostHolding(models.Model):
    """An account on a post; area (a division prefix) and item narrow what the post gives."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    post = models.ForeignKey("directory.Post", models.PROTECT, related_name="+")
    area = models.CharField(max_length=20, null=True)
    item = models.CharField(max_length=80, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "post", "valid_from"], name="accounts_holding_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.post_id}"


class Knock(models.Model):
    """How often somebody knocked within a window of time; for slowing down, never for reporting."""

    bucket = models.CharField(max_length=120)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "window"], name="accounts_knock_window")]

    def __str__(self) -> str:
        return f"{self.bucket} {self.count}"


class Token(models.Model):
    """A bearer token of another system; only its digest is kept."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} until {self.expires_at}"

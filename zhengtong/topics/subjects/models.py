"""Subjects and who may act for them."""

from collections.abc import Callable
from typing import ClassVar

from django.db import models

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import BlindIndexField, SealedField


class Subject(Audited):
    """A person or an entity, one row each, known by type and number of the identity paper."""

    class Kind(models.TextChoices):
        PERSON = "person", "个人"
        ENTITY = "entity", "单位"

    class IdType(models.TextChoices):
        RESIDENT_ID = "resident_id", "居民身份证"
        CREDIT_CODE = "credit_code", "统一社会信用代码"
        PASSPORT = "passport", "护照"
        OTHER = "other", "其他证件"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    id_type = models.CharField(max_length=20, choices=IdType.choices)
    id_number = SealedField()
    id_number_index = BlindIndexField(source="id_number")
    id_number_index_of: ClassVar[Callable[[str | None], bytes | None]]
    phone = SealedField(blank=True, default="")
    phone_index = BlindIndexField(source="phone")
    address = SealedField(blank=True, default="")
    division = models.CharField(max_length=12, blank=True)
    account = models.OneToOneField("accounts.Account", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id_type", "id_number_index"], name="subjects_subject_identity")]

    def __str__(self) -> str:
        return self.name


class Representation(models.Model):
    """A person who may act for another subject."""

    class Right(models.TextChoices):
        LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人（负责人）"
        HANDLER = "handler", "授权经办人"
        GUARDIAN = "guardian", "监护人"
        HELPER = "helper", "亲属协助"

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="representations")
    person = models.ForeignKey(Subject, models.PROTECT, related_name="represents")
    right = models.CharField(max_length=30, choices=Right.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "person", "right", "valid_from"], name="subjects_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.subject_id}"

"""Subjects and who may act for them."""

from collections.abc import Callable
from typing import ClassVar

from django.db import models

from zhengtong.foundation.audit.models import Audited
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import BlindIndexField, SealedField
from zhengtong.foundation.refusals import N_


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
    phone_index_of: ClassVar[Callable[[str | None], bytes | None]]
    address = SealedField(blank=True, default="")
    division = models.CharField(max_length=12, blank=True)
    account = models.OneToOneField("accounts.Account", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id_type", "id_number_index"], name="subjects_subject_identity")]

    def __str__(self) -> str:
        return self.name


class Relation(models.TextChoices):
    """What the person helped is to the one who helps."""

    FATHER = "father", N_("父亲")
    MOTHER = "mother", N_("母亲")
    GRANDFATHER = "grandfather", N_("祖父、外祖父")
    GRANDMOTHER = "grandmother", N_("祖母、外祖母")
    SPOUSE = "spouse", N_("配偶")
    CHILD = "child", N_("子女")
    SIBLING = "sibling", N_("兄弟姐妹")
    RELATIVE = "relative", N_("亲戚")
    FRIEND = "friend", N_("邻居、朋友")


class Agreement(models.TextChoices):
    """How somebody agrees to be helped."""

    ACCOUNT = "account", N_("本人账号确认")
    CODE = "code", N_("本人手机验证码")
    PAPER = "paper", N_("本人签名的委托书")


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
    # What the subject is to a relative or friend who helps him, and how he agreed.
    relation = models.CharField(max_length=20, choices=Relation.choices, blank=True)
    agreed_by = models.CharField(max_length=10, choices=Agreement.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "person", "right", "valid_from"], name="subjects_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.subject_id}"

    @property
    def dialog_id(self) -> str:
        """Names this consent on a page."""
        return f"helping-{self.pk}"


class HelpRequest(models.Model):
    """A relative or friend asks to act for somebody, who must agree first."""

    class State(models.TextChoices):
        ASKED = "asked", "等待同意"
        AGREED = "agreed", "已同意"
        DECLINED = "declined", "未同意"
        WITHDRAWN = "withdrawn", "已取消"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    person = models.ForeignKey(Subject, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=Relation.choices)
    valid_to = models.DateField()
    agreement = models.CharField(max_length=10, choices=Agreement.choices)
    paper = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    code_digest = models.BinaryField(max_length=32, null=True)
    code_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    open_until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "person"], condition=models.Q(state="asked"), name="subjects_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.subject_id}"


class IdentityCheck(models.Model):
    """Name and number, and a face where one was shown, compared by the province's identity service."""

    class Level(models.TextChoices):
        BASIC = "basic", "实名"
        FACE = "face", "实名实人"

    class State(models.TextChoices):
        ASKED = "asked", "正在核验"
        MATCHED = "matched", "核验通过"
        DIFFERS = "differs", "核验不一致"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="identity_checks")
    level = models.CharField(max_length=10, choices=Level.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    # What the person's phone was given for his face; forgotten with the answer.
    face = SealedField(blank=True, default="")
    serial = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-asked_at"], name="subjects_checks_of")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.level} {self.state}"

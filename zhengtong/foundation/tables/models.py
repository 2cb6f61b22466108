"""Views, preferences and exports; what somebody searched for may be a name, so query strings are sealed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.crypto.fields import SealedField


class View(models.Model):
    """A name for a query string; without an organisation only its owner sees it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    table = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = SealedField(blank=True, default="")
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_index=False)
    organisation = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "table", "name"], name="tables_view_once")]
        indexes = [
            models.Index(fields=["organisation", "table"], condition=~Q(organisation=""), name="tables_view_shared")
        ]

    def __str__(self) -> str:
        return self.name


class Preference(models.Model):
    """How an account wants to see a table: its columns, and the view that opens first."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_index=False)
    table = models.CharField(max_length=40)
    columns = ArrayField(models.CharField(max_length=40), default=list)
    view = models.ForeignKey(View, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "table"], name="tables_preference_once")]

    def __str__(self) -> str:
        return self.table


class Export(models.Model):
    """A list on its way into a spreadsheet. `run` counts the attempts: only the latest may write."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "正在导出"
        DONE = "done", "已完成"
        CANCELLED = "cancelled", "已取消"
        FAILED = "failed", "没有完成"
        EXPIRED = "expired", "已到期删除"

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_index=False)
    table = models.CharField(max_length=40)
    query = SealedField(blank=True, default="")
    columns = ArrayField(models.CharField(max_length=40), default=list)
    format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    run = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_all = models.PositiveIntegerField(null=True)
    size = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-created_at"], name="tables_export_of_account"),
            models.Index(fields=["keep_until"], condition=Q(state="done"), name="tables_export_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self) -> int | None:
        """How far it is; none before the rows were counted."""
        if self.rows_all is None:
            return None
        return min(self.rows_done * 100 // self.rows_all, 100) if self.rows_all else 100

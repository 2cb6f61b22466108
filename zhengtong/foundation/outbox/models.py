"""The outbox table and the cursor of each subscriber."""

from django.db import models


class _CurrentTransaction(models.Func):
    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class EventRow(models.Model):
    """One published event; `xid` tells the relay whether an older transaction may still be writing."""

    append_only = True

    xid = models.BigIntegerField(db_default=_CurrentTransaction(), editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "outbox_event"
        indexes = [models.Index(fields=["name", "xid", "id"], name="outbox_event_order")]

    def __str__(self) -> str:
        return f"{self.name}#{self.pk}"


class Cursor(models.Model):
    """How far one subscriber has heard."""

    subscriber = models.CharField(max_length=80, primary_key=True)
    xid = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    next_try = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_cursor"

    def __str__(self) -> str:
        return self.subscriber

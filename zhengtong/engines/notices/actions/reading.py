"""What somebody has read, he has read; when, stands in the trail."""

from django.db import transaction

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record, record_all

from ..models import Message

MOST_AT_ONCE = 1_000


@transaction.atomic
def mark_read(message: Message, *, actor: Actor) -> Message:
    """I have read this; a second time changes nothing."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    access.require(actor, "notices.own", message)
    if message.read_at is None:
        message.read_at = clock.now()
        message.save(update_fields=["read_at"])
        record("notices.message.read", message, actor=actor)
    return message


@transaction.atomic
def mark_all_read(*, actor: Actor) -> int:
    """I have read all there was; returns how many were new to me."""
    rows = access.visible(actor, "notices.own", Message.objects.filter(read_at=None).exclude(text=""))
    unread = list(rows.select_for_update().order_by("pk")[:MOST_AT_ONCE])
    Message.objects.filter(pk__in=[row.pk for row in unread]).update(read_at=clock.now())
    record_all("notices.message.read", unread, actor=actor, data=lambda _: {})
    return len(unread)

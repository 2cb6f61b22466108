"""What I want to hear and where; an e-mail address counts once its owner has typed the code sent there."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import first_leaf, record
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.bulk import insert_rows
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.refusals import SignInRequired

from .. import rules
from ..access import recipient_of
from ..models import Delivery, Message, Preference
from ..rules import SUBJECT, Channel, State
from .making import delivery_row

CODE_LIVES = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CONFIRMING = "notices.email_code"


def _mine(actor: Actor) -> Preference:
    """My row, locked; made the first time."""
    me = recipient_of(actor)
    if me is None:
        raise SignInRequired
    row = _locked(*me, actor)
    access.require(actor, "notices.prefer", row)
    return row


def _locked(kind: str, recipient: UUID, actor: Actor) -> Preference:
    """Whoever makes the row makes its first leaf; two at once meet at the constraint."""
    Preference.objects.bulk_create([Preference(recipient_kind=kind, recipient=recipient)], ignore_conflicts=True)
    row = Preference.objects.select_for_update().get(recipient_kind=kind, recipient=recipient)
    if not row.audit_count:
        record("notices.preference.begun", row, actor=actor)
    return row


@transaction.atomic
def choose_channels(off: Collection[str], *, actor: Actor) -> Preference:
    """Leave these out from now on: channels and happenings; whatever the law wants told is told all the same."""
    row = _mine(actor)
    chosen = sorted(set(off) & ({*rules.SENT_OUT} | {code for code, _ in rules.happenings.items()}))
    if chosen != row.off:
        row.off = [str(each) for each in chosen]
        row.save(update_fields=["off"])
        record("notices.preference.chosen", row, actor=actor, off=row.off)
    return row


@transaction.atomic
def add_email(address: str, *, actor: Actor) -> Preference:
    """Send a code to a new address. Refused: no address; a code was sent just now."""
    row, now = _mine(actor), clock.now()
    address = rules.check_email(address)
    if row.code_sent_at and now < row.code_sent_at + CODE_PAUSE:
        left = row.code_sent_at + CODE_PAUSE - now
        raise rules.TooManyCodes(seconds=int(left.total_seconds()) + 1)
    code = f"{secrets.randbelow(10**6):06d}"
    row.pending_email, row.code_index = address, _digest(row, code)
    row.code_sent_at = now
    row.save(update_fields=["pending_email", "code_index", "code_sent_at"])
    record("notices.preference.code_sent", row, actor=actor)
    _post_code(row, address, code, actor)
    return row


def _digest(row: Preference, code: str) -> bytes:
    return crypto.blind_index(f"{row.pk}:{code}", context=CONFIRMING)


def _post_code(row: Preference, address: str, code: str, actor: Actor) -> None:
    """A letter of its own, at any hour: somebody sits there and waits for it."""
    now, pk = clock.now(), uuid7()
    text = f"您的验证码是 {code}，十分钟内有效，只用于确认接收办件消息的邮箱。如不是您本人操作，请不用理会。"
    leaf, head = first_leaf("notices.message.made", Message, pk, actor=actor, at=now, data={"template": CONFIRMING})
    message = {
        "id": pk, "happening": f"{CONFIRMING}:{pk}", "template": CONFIRMING, "recipient_kind": row.recipient_kind,
        "recipient": row.recipient, "recipient_name": actor.name, "number": "", "path": "", "title": "邮箱验证码",
        "text": "", "must_tell": False, "happened_at": now, "made_at": now, "read_at": None, "audit_count": 1,
        "audit_head": head,
    }  # fmt: skip
    delivery = delivery_row(pk, Channel.EMAIL, now) | {
        "address": crypto.seal(address, context="notices.delivery.address"), "subject_line": "邮箱验证码",
        "text": text, "not_before": now, "state": State.QUEUED,
    }  # fmt: skip
    insert_rows(Message, [message])
    insert_rows(Leaf, [leaf])
    insert_rows(Delivery, [delivery])
    defer(f"notices.send_{Channel.EMAIL}")


@transaction.atomic
def confirm_email(code: str, *, actor: Actor) -> Preference:
    """The code sent there proves the address. Refused: another code, too late. Tries are counted by the page."""
    row, now = _mine(actor), clock.now()
    is_open = bool(row.pending_email) and row.code_sent_at is not None and now < row.code_sent_at + CODE_LIVES
    if not is_open or bytes(row.code_index or b"") != _digest(row, "".join(code.split())):
        raise rules.CodeWrong(fields={"code": [rules.CodeWrong.message]})
    row.email, row.pending_email, row.code_index = row.pending_email, "", None
    row.off = [each for each in row.off if each != Channel.EMAIL]
    row.save(update_fields=["email", "pending_email", "code_index", "off"])
    record("notices.preference.email_confirmed", row, actor=actor)
    return row


@transaction.atomic
def forget_email(*, actor: Actor) -> Preference:
    """No more e-mail; the address is gone from here."""
    row = _mine(actor)
    row.email, row.pending_email, row.code_index = "", "", None
    row.save(update_fields=["email", "pending_email", "code_index"])
    record("notices.preference.email_forgotten", row, actor=actor)
    return row


@transaction.atomic
def bind_wechat(person: UUID, *, address: str, actor: Actor) -> Preference:
    """The official account knows this person under this address: told by the sign-in through WeChat."""
    access.require(actor, "notices.bind")
    row = _locked(SUBJECT, person, actor)
    if row.wechat != address:
        row.wechat = address
        row.save(update_fields=["wechat"])
        record("notices.preference.wechat_bound", row, actor=actor)
    return row

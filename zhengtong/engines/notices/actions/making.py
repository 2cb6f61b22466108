"""Make messages, a set at a time: one for each happening and person, one delivery for each channel of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import first_leaf
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.bulk import insert_rows
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.params import queries as params

from .. import queries, rules
from ..models import Delivery, Message, Preference, Template
from ..rules import ACCOUNT, SENT_OUT, SUBJECT, Channel, Quiet, State

NOBODY = Preference()


@dataclass(frozen=True)
class Addressee:
    """A person who is told: a subject, with or without a login, or an account of the staff."""

    id: UUID
    name: str
    kind: str = SUBJECT
    phone: str = ""
    has_account: bool = True


@dataclass(frozen=True)
class Telling:
    """One happening about to be told. `key` tells it from others of its kind; `last_day` is the day it speaks of."""

    happening: str
    key: str
    at: datetime
    people: tuple[Addressee, ...]
    facts: Mapping[str, str]
    number: str = ""
    path: str = ""
    last_day: date | None = None


@transaction.atomic
def make_messages(tellings: Sequence[Telling], *, actor: Actor) -> int:
    """Tell everybody once; announced again, nothing is made. Returns how many messages are new.

    A happening without words, or one that its reader does not wish to hear of and need not, makes none.
    """
    access.require(actor, "notices.make")
    templates = queries.templates_by_code()
    told = [telling for telling in tellings if telling.happening in templates]
    preferences = queries.preferences_of({(who.kind, who.id) for telling in told for who in telling.people})
    drafts = [
        Draft(telling, who, templates[telling.happening], preferences.get((who.kind, who.id), NOBODY))
        for telling in told
        for who in dict.fromkeys(telling.people)
    ]
    return write([draft for draft in drafts if draft.is_wanted], actor=actor)


@dataclass(frozen=True)
class Draft:
    """A message before it is written."""

    telling: Telling
    who: Addressee
    template: Template
    preference: Preference

    @property
    def is_wanted(self) -> bool:
        return self.template.must_tell or self.template.code not in self.preference.off

    def filled(self, name: str) -> str:
        return rules.fill(getattr(self.template, name), self.telling.facts)

    def deliveries(self, pk: UUID, now: datetime, quiet: Quiet) -> Iterable[dict[str, Any]]:
        """One for each channel that has words for it and reaches the person."""
        if self.template.site and self.who.has_account:
            yield delivery_row(pk, Channel.SITE, now) | {"state": State.DELIVERED, "sent_at": now, "ended_at": now}
        if self.who.kind == ACCOUNT:
            return
        at = rules.send_at(now, quiet, last_day=self.telling.last_day if self.template.must_tell else None)
        addresses = {
            Channel.SMS: self.who.phone,
            Channel.EMAIL: self.preference.email,
            Channel.WECHAT: self.preference.wechat if self.template.wechat_template else "",
        }
        for channel in SENT_OUT:
            # What the law says must be told goes out by SMS whatever else somebody has switched off.
            is_due = self.template.must_tell and channel == Channel.SMS
            text = self.filled(channel)
            if text and channel == Channel.SMS:
                text = queries.signed(text)
            if text and addresses[channel] and (is_due or channel not in self.preference.off):
                yield delivery_row(pk, channel, now) | {
                    "state": State.HELD if at > now else State.QUEUED,
                    "address": crypto.seal(addresses[channel], context="notices.delivery.address"),
                    "subject_line": self.filled("wechat_template" if channel == Channel.WECHAT else "title"),
                    "text": text,
                    "not_before": at,
                }


def message_rows(draft: Draft, now: datetime, actor: Actor) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of a message and of its first leaf."""
    pk, telling, who = uuid7(), draft.telling, draft.who
    said = {"template": draft.template.code, "happening": telling.key, "number": telling.number}
    leaf, head = first_leaf("notices.message.made", Message, pk, actor=actor, at=now, data=said)
    row = {
        "id": pk,
        "happening": f"{telling.happening}:{telling.key}",
        "template": draft.template.code,
        "recipient_kind": who.kind,
        "recipient": who.id,
        "recipient_name": who.name,
        "number": telling.number,
        "path": telling.path,
        "title": draft.filled("title"),
        "text": draft.filled("site"),
        "must_tell": draft.template.must_tell,
        "happened_at": telling.at,
        "made_at": now,
        "read_at": None,
        "audit_count": 1,
        "audit_head": head,
    }
    return row, leaf


def delivery_row(message: UUID, channel: Channel, now: datetime) -> dict[str, Any]:
    """The columns of a delivery before anything is done about it."""
    return {
        "id": uuid7(), "message_id": message, "channel": channel, "state": State.QUEUED, "reason": "", "address": "",
        "subject_line": "", "text": "", "tries": 0, "since": now, "not_before": None, "sent_at": None,
        "ended_at": None, "number_there": "",
    }  # fmt: skip


def write(drafts: Sequence[Draft], *, actor: Actor) -> int:
    """Three statements for all of them; what somebody has been told before is left out."""
    if not drafts:
        return 0
    now = clock.now()
    quiet = Quiet.of(params.parameter("notices.quiet_hours", on=now.date()).value)
    rows = [(draft, *message_rows(draft, now, actor)) for draft in drafts]
    once = "happening, recipient_kind, recipient"
    written = insert_rows(Message, [row for _, row, _ in rows], conflict=once, returning="id")
    fresh = {UUID(str(pk)) for (pk,) in written}
    new = [(draft, row, leaf) for draft, row, leaf in rows if row["id"] in fresh]
    deliveries = [each for draft, row, _ in new for each in draft.deliveries(row["id"], now, quiet)]
    insert_rows(Leaf, [leaf for _, _, leaf in new])
    insert_rows(Delivery, deliveries)
    for channel in SENT_OUT:
        if any(each["channel"] == channel and each["state"] == State.QUEUED for each in deliveries):
            defer(f"notices.send_{channel}")
    return len(new)

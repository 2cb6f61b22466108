"""Hand deliveries to their carriers, and hear what became of them.

A delivery is claimed for some minutes, sent outside any transaction, then recorded. A worker that dies in between
leaves it to the next one, under the same reference, by which the carrier knows it again.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhengtong.foundation import access, clock, refusals
from zhengtong.foundation.access import Actor
from zhengtong.foundation.audit.actions import record, record_all
from zhengtong.foundation.links.rules import NeighbourAway
from zhengtong.foundation.params import queries as params

from .. import rules
from ..models import Delivery, Message
from ..rules import ENDED_BADLY, STATES, WAITING, Channel, State
from .carrying import BATCH, Outcome, carry, reports

# Longer than any carrier may take; then whoever claimed a delivery is taken for dead.
CLAIMED_FOR = timedelta(minutes=5)
COLUMNS = ["state", "reason", "not_before", "sent_at", "ended_at", "number_there"]


def send_due(channel: Channel, *, actor: Actor) -> int:
    """Send what is due on one channel, in batches; returns how many went out. Call outside any transaction.

    A carrier that is away keeps back its own channel only, until it is tried again.
    """
    access.require(actor, "notices.send")
    sent = 0
    while batch := _claimed(channel):
        outcomes, is_away = _carried(channel, batch, actor)
        sent += _recorded(batch, outcomes, actor)
        if is_away or len(batch) < BATCH:
            break
    return sent


def _carried(channel: Channel, batch: Sequence[Delivery], actor: Actor) -> tuple[dict[UUID, Outcome], bool]:
    """What became of each; whatever is missing waits for the next try."""
    outcomes: dict[UUID, Outcome] = {}
    try:
        for done in carry(channel, batch, actor=actor):
            outcomes |= done
    except NeighbourAway:
        return outcomes, True
    return outcomes, False


@transaction.atomic
def _claimed(channel: Channel) -> list[Delivery]:
    now = clock.now()
    waiting = Delivery.objects.filter(channel=channel, state__in=WAITING, not_before__lte=now)
    batch = list(waiting.select_for_update(skip_locked=True).order_by("not_before", "id")[:BATCH])
    for delivery in batch:
        delivery.tries, delivery.not_before = delivery.tries + 1, now + CLAIMED_FOR
    Delivery.objects.bulk_update(batch, ["tries", "not_before"])
    return batch


@transaction.atomic
def _recorded(batch: Sequence[Delivery], outcomes: Mapping[UUID, Outcome], actor: Actor) -> int:
    """Each delivery as it now stands, in the trail of its message."""
    now, hours = clock.now(), params.integer("notices.give_up_hours")
    # A second worker may have taken over what this one was too slow with: then his word counts.
    tried = {delivery.pk: delivery.tries for delivery in batch}
    waiting = Delivery.objects.select_for_update(of=("self",)).filter(pk__in=tried, state__in=WAITING)
    rows = [row for row in waiting if row.tries == tried[row.pk]]
    for row in rows:
        _conclude(row, outcomes.get(row.pk), now, hours)
    Delivery.objects.bulk_update(rows, COLUMNS)
    _trail("notices.message.sent", [row for row in rows if row.state == State.SENT], actor)
    _trail("notices.message.failed", [row for row in rows if row.state in ENDED_BADLY], actor)
    return sum(1 for row in rows if row.state == State.SENT)


def _conclude(row: Delivery, outcome: Outcome | None, now: datetime, hours: int) -> None:
    if outcome is None:
        if rules.is_given_up(row.since, now, hours=hours):
            row.state, row.ended_at, row.not_before = State.GIVEN_UP, now, None
        else:
            row.state, row.not_before = State.QUEUED, rules.next_try(row.tries, now)
        row.reason = "发送通道暂时联系不上"
    elif outcome.reason:
        row.state, row.reason, row.ended_at, row.not_before = State.FAILED, outcome.reason, now, None
    else:
        row.state, row.reason, row.sent_at, row.number_there = State.SENT, "", now, outcome.number
        # Only telephones report back.
        row.not_before = rules.next_try(1, now) if row.channel == Channel.SMS else None


def _trail(verb: str, rows: Sequence[Delivery], actor: Actor) -> None:
    if not rows:
        return
    by_message = {row.message_id: row for row in rows}
    messages = list(Message.objects.select_for_update().filter(pk__in=by_message).order_by("pk"))

    def said(message: Message) -> dict[str, str]:
        row = by_message[message.pk]
        return {"channel": row.channel, "state": row.state, "reason": row.reason}

    record_all(verb, messages, actor=actor, data=said)


def take_reports(*, actor: Actor) -> int:
    """Ask what became of messages sent by SMS; returns how many are known now. Call outside any transaction."""
    access.require(actor, "notices.send")
    known = 0
    while waiting := _asked_after():
        try:
            told = reports(waiting, actor=actor)
        except NeighbourAway:
            break
        known += _heard(waiting, told, actor)
        if len(waiting) < BATCH:
            break
    return known


@transaction.atomic
def _asked_after() -> list[Delivery]:
    now = clock.now()
    rows = Delivery.objects.filter(channel=Channel.SMS, state=State.SENT, not_before__lte=now)
    waiting = list(rows.select_for_update(skip_locked=True).order_by("not_before", "id")[:BATCH])
    hours = params.integer("notices.give_up_hours")
    for row in waiting:
        assert row.sent_at is not None
        # Each time after twice as long; past the budget nobody asks any more, it stays “sent”.
        later = now + max(now - row.sent_at, rules.FIRST_PAUSE)
        row.not_before = None if rules.is_given_up(row.sent_at, later, hours=hours) else later
    Delivery.objects.bulk_update(waiting, ["not_before"])
    return waiting


@transaction.atomic
def _heard(waiting: Sequence[Delivery], told: Mapping[str, Outcome], actor: Actor) -> int:
    rows = Delivery.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in waiting])
    ended = [row for row in rows if row.state == State.SENT and row.number_there in told]
    for row in ended:
        outcome = told[row.number_there]
        row.state = State.FAILED if outcome.reason else State.DELIVERED
        row.reason, row.ended_at, row.not_before = outcome.reason, outcome.at or clock.now(), None
    Delivery.objects.bulk_update(ended, COLUMNS)
    _trail("notices.message.delivered", [row for row in ended if row.state == State.DELIVERED], actor)
    _trail("notices.message.failed", [row for row in ended if row.state == State.FAILED], actor)
    return len(ended)


@transaction.atomic
def send_again(delivery: Delivery, *, actor: Actor) -> Delivery:
    """Try a failed delivery once more, with a fresh budget. Refused: it has not failed."""
    message = Message.objects.select_for_update().get(pk=delivery.message_id)
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    access.require(actor, "notices.manage", delivery)
    if delivery.state not in ENDED_BADLY:
        raise rules.NotSendable(state=refusals.Message(STATES[delivery.state]))
    now = clock.now()
    delivery.state, delivery.reason, delivery.tries, delivery.since = State.QUEUED, "", 0, now
    delivery.not_before, delivery.sent_at, delivery.ended_at, delivery.number_there = now, None, None, ""
    delivery.save(update_fields=[*COLUMNS, "tries", "since"])
    record("notices.message.sent_again", message, actor=actor, channel=delivery.channel)
    return delivery

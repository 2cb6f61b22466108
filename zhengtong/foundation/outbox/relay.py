"""Hands events to their subscribers: at least once over the wire, exactly once in the database."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from zhengtong.foundation import clock
from zhengtong.foundation.wiring import Registry

from .events import Event
from .models import Cursor, EventRow

log = logging.getLogger(__name__)
BATCH = 200
# Below this number every transaction of our database has ended. A transaction still running holds back what is younger,
# for its own events would come behind the cursor; one that is known to run in another database has none of ours.
HORIZON = """
    WITH elsewhere AS MATERIALIZED (
        SELECT held.transactionid::text::bigint AS xid FROM pg_locks held JOIN pg_stat_activity USING (pid)
        WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND datname <> current_database()
    )
    SELECT coalesce(min(running::text::bigint), min(pg_snapshot_xmax(snapshot)::text::bigint))
    FROM pg_current_snapshot() AS snapshot LEFT JOIN LATERAL pg_snapshot_xip(snapshot) AS running
         ON running::text::bigint % (1::bigint << 32) NOT IN (SELECT xid FROM elsewhere)
"""
MOST_COUNTED = 1_000
LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Subscriber:
    """A named, idempotent handler of one kind of event; `handle_all` where it hears a batch at once."""

    event: type[Event]
    handle: Callable[[Event], None]
    handle_all: Callable[[Sequence[Event]], None] | None = None

    def hear(self, events: Sequence[Event]) -> None:
        """A batch in order; it is heard whole or not at all."""
        if self.handle_all is not None:
            self.handle_all(events)
            return
        for event in events:
            self.handle(event)


subscribers: Registry[str, Subscriber] = Registry("subscribers")


def subscribe(event: type[Event], handle: Callable, *, name: str) -> None:
    """Let a handler hear an event; the name is its cursor, so it never changes."""
    subscribers.add(name, Subscriber(event, handle))


def subscribe_to_many(event: type[Event], handle_all: Callable, *, name: str) -> None:
    """The same for a handler of sets, where events come by the thousand."""
    subscribers.add(name, Subscriber(event, lambda one: handle_all([one]), handle_all))


def relay() -> int:
    """Hand on everything that is waiting; returns how many events were handled."""
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        horizon = cursor.fetchone()[0]
    return sum(_relay_one(name, subscriber, horizon) for name, subscriber in subscribers.items())


def _relay_one(name: str, subscriber: Subscriber, horizon: int) -> int:
    handled = 0
    while (count := _relay_batch(name, subscriber, horizon)) == BATCH:
        handled += count
    return handled + count


def _relay_batch(name: str, subscriber: Subscriber, horizon: int) -> int:
    with transaction.atomic():
        Cursor.objects.bulk_create([Cursor(subscriber=name)], ignore_conflicts=True)
        cursor = Cursor.objects.select_for_update(skip_locked=True).filter(subscriber=name).first()
        if cursor is None or (cursor.next_try and cursor.next_try > clock.now()):
            return 0
        events = _after(cursor, subscriber.event.name(), horizon)
        try:
            with transaction.atomic():
                if events:
                    subscriber.hear([subscriber.event.of(row.payload) for row in events])
        except Exception as error:
            _stumble(cursor, error)
            return 0
        if events:
            cursor.xid, cursor.event = events[-1].xid, events[-1].pk
            cursor.failures, cursor.last_error, cursor.next_try = 0, "", None
            cursor.save()
        return len(events)


def _after(cursor: Cursor, event: str, horizon: int) -> list[EventRow]:
    return list(
        EventRow.objects.raw(
            """SELECT * FROM outbox_event WHERE (xid, id) > (%s, %s) AND name = %s AND xid < %s
               ORDER BY xid, id LIMIT %s""",
            [cursor.xid, cursor.event, event, horizon, BATCH],
        )
    )


def _stumble(cursor: Cursor, error: Exception) -> None:
    log.error("outbox subscriber %s stumbled", cursor.subscriber, exc_info=error)
    cursor.failures += 1
    cursor.last_error = f"{type(error).__name__}: {error}"[:2_000]
    cursor.next_try = clock.now() + min(timedelta(seconds=2**cursor.failures), LONGEST_PAUSE)
    cursor.save()


def events_so_far() -> list[EventRow]:
    """Everything that has happened, in order of time, for whoever replays a past."""
    return list(EventRow.objects.order_by("at", "id"))


def backlog() -> int:
    """How many events wait for the slowest subscriber, counted up to a thousand."""
    held = {cursor.subscriber: (cursor.xid, cursor.event) for cursor in Cursor.objects.all()}
    waiting = 0
    with connection.cursor() as sql:
        for name, subscriber in subscribers.items():
            sql.execute(
                "SELECT count(*) FROM (SELECT 1 FROM outbox_event WHERE name = %s AND (xid, id) > (%s, %s) LIMIT %s) w",
                [subscriber.event.name(), *held.get(name, (0, 0)), MOST_COUNTED],
            )
            waiting = max(waiting, sql.fetchone()[0])
    return waiting

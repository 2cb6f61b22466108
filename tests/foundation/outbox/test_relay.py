"""Events reach each subscriber once, in commit-safe order, whatever dies and whoever stumbles."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from tests import databases
from tests.databases import Clone
from tests.foundation.outbox import happenings
from tests.foundation.outbox.happenings import BellRang, LampLit, write_down, written
from tests.settings import ENVIRONMENT
from zhengtong.foundation import clock
from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.outbox.events import publish_all
from zhengtong.foundation.outbox.models import Cursor, EventRow
from zhengtong.foundation.outbox.relay import BATCH, Subscriber, backlog, relay, subscribers
from zhengtong.main.places import ROOT

INSERT = "INSERT INTO outbox_event (name, payload, at) VALUES (%s, %s, now())"


@contextmanager
def hearing(handle: Callable[[Any], None], *, name: str = "tests.bell", event: Any = BellRang) -> Iterator[None]:
    with subscribers.registered(name, Subscriber(event, handle)):
        yield


@pytest.fixture
def clone_beside(database_server: None) -> Iterator[Clone]:
    """Another database on the same server."""
    made = databases.clone()
    yield made
    databases.drop(made)


def ring(*numbers: int) -> None:
    for number in numbers:
        BellRang(number).publish()


# -- hearing -----------------------------------------------------------------------------------------------------------


def test_events_are_heard_once_in_order_by_each_subscriber(committed_db: Clone) -> None:
    one, other, lamps = [], [], []
    ring(1, 2)
    LampLit(7).publish()
    publish_all([BellRang(3), LampLit(8), BellRang(4)])
    with (
        hearing(one.append, name="tests.one"),
        hearing(other.append, name="tests.other"),
        hearing(lamps.append, name="tests.lamps", event=LampLit),
    ):
        assert relay() == 10
        assert relay() == 0
        ring(5)
        assert relay() == 2
    assert one == other == [BellRang(number) for number in (1, 2, 3, 4, 5)]
    assert lamps == [LampLit(7), LampLit(8)]


def test_what_is_rolled_back_has_not_happened(committed_db: Clone) -> None:
    heard: list[BellRang] = []
    with transaction.atomic():
        ring(1)
        transaction.set_rollback(True)
    with hearing(heard.append):
        relay()
    assert heard == []
    assert not EventRow.objects.exists()


def test_a_long_row_of_events_is_heard_whole(committed_db: Clone) -> None:
    heard: list[BellRang] = []
    count = 2 * BATCH + 1
    publish_all([BellRang(number) for number in range(count)])
    with hearing(heard.append):
        assert relay() == count
    assert [event.number for event in heard] == list(range(count))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE outbox_event SET name = 'x'", "DELETE FROM outbox_event"])
def test_what_was_published_cannot_be_changed(statement: str) -> None:
    ring(1)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# -- order under concurrency -------------------------------------------------------------------------------------------


def test_nothing_is_passed_over_while_an_older_transaction_still_writes(committed_db: Clone) -> None:
    """The younger commits first: its event waits, for the older one's would otherwise come behind the cursor."""
    heard: list[BellRang] = []
    with (
        psycopg.connect(committed_db.logins.app) as older,
        psycopg.connect(committed_db.logins.app) as younger,
        hearing(heard.append),
    ):
        older.execute(INSERT, ["happenings.BellRang", '{"number": 1}'])
        younger.execute(INSERT, ["happenings.BellRang", '{"number": 2}'])
        younger.commit()
        relay()
        assert heard == []
        older.commit()
        relay()
    assert heard == [BellRang(1), BellRang(2)]


def test_a_transaction_that_writes_its_event_late_is_not_missed(committed_db: Clone) -> None:
    """It began to write before others did and published after they had been committed."""
    heard: list[BellRang] = []
    with (
        psycopg.connect(committed_db.logins.app) as early,
        psycopg.connect(committed_db.logins.app) as late,
        hearing(heard.append),
    ):
        early.execute("SELECT pg_current_xact_id()")
        late.execute(INSERT, ["happenings.BellRang", '{"number": 2}'])
        late.commit()
        relay()
        early.execute(INSERT, ["happenings.BellRang", '{"number": 1}'])
        early.commit()
        relay()
        relay()
    assert sorted(heard, key=lambda event: event.number) == [BellRang(1), BellRang(2)]


def test_what_runs_in_another_database_holds_nobody_back(committed_db: Clone, clone_beside: Clone) -> None:
    heard: list[BellRang] = []
    with psycopg.connect(clone_beside.logins.app) as neighbour, hearing(heard.append):
        neighbour.execute("SELECT pg_current_xact_id()")
        ring(1)
        relay()
    assert heard == [BellRang(1)]


def test_a_transaction_that_gives_up_holds_nobody_back(committed_db: Clone) -> None:
    heard: list[BellRang] = []
    with psycopg.connect(committed_db.logins.app) as older, hearing(heard.append):
        older.execute(INSERT, ["happenings.BellRang", '{"number": 1}'])
        ring(2)
        relay()
        older.rollback()
        relay()
    assert heard == [BellRang(2)]


def test_under_many_writers_and_two_relays_each_event_is_heard_once(committed_db: Clone) -> None:
    writers, each = 8, 40
    ended = threading.Event()

    def write(writer: int) -> None:
        with psycopg.connect(committed_db.logins.app) as own:
            for number in range(each):
                own.execute("SELECT pg_current_xact_id()")
                own.execute(INSERT, ["happenings.BellRang", f'{{"number": {writer * each + number}}}'])
                own.rollback() if number % 10 == 9 else own.commit()

    def hand_on() -> None:
        try:
            while not ended.is_set():
                relay()
        finally:
            connection.close()

    with hearing(write_down):
        relays = [threading.Thread(target=hand_on) for _ in range(2)]
        threads = [threading.Thread(target=write, args=[writer]) for writer in range(writers)]
        for thread in (*relays, *threads):
            thread.start()
        for thread in threads:
            thread.join()
        ended.set()
        for thread in relays:
            thread.join()
        relay()
    expected = {f"rang-{w * each + n}" for w in range(writers) for n in range(each) if n % 10 != 9}
    assert set(written()) == expected
    assert Cursor.objects.get(subscriber="tests.bell").failures == 0


# -- stumbling ---------------------------------------------------------------------------------------------------------


def test_a_handler_that_breaks_leaves_nothing_and_is_tried_again(committed_db: Clone) -> None:
    broken = True

    def stumble(event: BellRang) -> None:
        write_down(event)
        if broken and event.number == 2:
            raise ValueError("not today")

    ring(1, 2, 3)
    with hearing(stumble):
        assert relay() == 0
        assert written() == []  # the whole batch is undone with it
        cursor = Cursor.objects.get(subscriber="tests.bell")
        assert (cursor.failures, cursor.last_error) == (1, "ValueError: not today")
        broken = False
        assert relay() == 0  # not yet
        with clock.at(clock.now() + timedelta(seconds=5)):
            assert relay() == 3
    assert written() == ["rang-1", "rang-2", "rang-3"]
    cursor.refresh_from_db()
    assert (cursor.failures, cursor.last_error, cursor.next_try) == (0, "", None)


def test_a_poison_handler_blocks_only_itself(committed_db: Clone) -> None:
    heard: list[BellRang] = []

    def poison(event: BellRang) -> None:
        raise ValueError("never")

    with hearing(poison, name="tests.a_poison"), hearing(heard.append, name="tests.z_healthy"):
        for number in range(1, 6):
            ring(number)
            with clock.at(clock.now() + timedelta(hours=number)):
                relay()
        assert backlog() == 5
    assert heard == [BellRang(number) for number in range(1, 6)]
    assert Cursor.objects.get(subscriber="tests.a_poison").failures == 5


def test_the_pause_after_a_failure_grows_but_not_without_end(committed_db: Clone) -> None:
    def poison(event: BellRang) -> None:
        raise ValueError("never")

    ring(1)
    pauses, now = [], clock.now()
    with hearing(poison):
        for _ in range(12):
            with clock.at(now):
                relay()
            cursor = Cursor.objects.get(subscriber="tests.bell")
            pauses.append((cursor.next_try - now).total_seconds())
            now = cursor.next_try + timedelta(seconds=1)
    assert pauses == sorted(pauses)
    assert pauses[0] <= 5
    assert pauses[-1] == 300


def test_killed_between_effect_and_cursor_the_effect_happens_once(committed_db: Clone) -> None:
    ring(1, 2)
    program = (
        "import django; django.setup()\n"
        "from tests.foundation.outbox import happenings as h\n"
        "from zhengtong.foundation.outbox.relay import relay, subscribe\n"
        "subscribe(h.BellRang, h.write_down_and_die, name='tests.bell')\n"
        "relay()\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ
        | ENVIRONMENT
        | committed_db.environment()
        | {"DJANGO_SETTINGS_MODULE": "zhengtong.main.settings"},
        cwd=ROOT,
        check=False,
    )
    assert died.returncode == -9
    assert written() == []
    with hearing(happenings.write_down):
        assert relay() == 2
        assert relay() == 0
    assert written() == ["rang-1", "rang-2"]
    assert Role.objects.count() == 2

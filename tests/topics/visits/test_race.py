"""R7: two hundred people want the ten places of one half hour at the same moment: ten get them."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic

import psycopg
import pytest
from django.db import connection, connections

from tests.databases import Clone
from tests.topics.visits.calling import GENERAL, LAW, RESTAURANT, book, next_open, person
from zhengtong.engines.slots import queries as slots
from zhengtong.engines.slots.models import Place, Slot
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.refusals import Refused
from zhengtong.topics.visits import actions, queries
from zhengtong.topics.visits.models import Appointment

CLIENTS, PLACES = 200, 10


@pytest.fixture
def wide_pool(committed_district: Clone, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sixty-four connections at once, five times as many as a serving process holds."""
    connection.close_pool()  # type: ignore[attr-defined]
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "pool", {"min_size": 1, "max_size": 64, "timeout": 30})
    yield
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def _ten_places() -> None:
    group = queries.window_group(GENERAL)
    entry = queries.entry_of(group)
    hours = [{**row, "places": PLACES} for row in entry["hours"]]
    actions.put_from_pack({**entry, "hours": hours}, pack="demo", actor=system_actor("test", "packs.apply"))


@pytest.mark.usefixtures("wide_pool")
def test_two_hundred_clients_and_ten_places() -> None:
    _ten_places()
    starts_at = next_open(GENERAL, days=1)
    people = [person(order + 1) for order in range(CLIENTS)]
    barrier, told, through = threading.Barrier(CLIENTS), Counter[str](), set[int]()

    def wants(order: int) -> None:
        barrier.wait()
        try:
            book(people[order], starts_at, item=RESTAURANT, group=GENERAL)
            told["booked"] += 1
        except Refused as refusal:
            told[refusal.code] += 1
        finally:
            through.add(connection.connection.info.backend_pid)
            connections["default"].close()

    threads = [threading.Thread(target=wants, args=(order,)) for order in range(CLIENTS)]
    began = monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{CLIENTS} clients, {PLACES} places, {len(through)} connections: {monotonic() - began:.2f} s")
    assert told == {"booked": PLACES, "slot_full": CLIENTS - PLACES}
    assert Appointment.objects.filter(starts_at=starts_at).count() == Place.objects.count() == PLACES
    assert [(slot.taken, slot.capacity) for slot in Slot.objects.all()] == [(PLACES, PLACES)]
    assert not slots.miscounted()


def test_the_database_itself_refuses_one_too_many(committed_district: Clone) -> None:
    starts_at = next_open(LAW, days=1)
    book(person(1), starts_at)
    with psycopg.connect(committed_district.logins.app) as raw, pytest.raises(psycopg.errors.CheckViolation):
        raw.execute("UPDATE slots_slot SET taken = taken + 1")
    with psycopg.connect(committed_district.logins.app) as raw, pytest.raises(psycopg.errors.UniqueViolation):
        raw.execute("INSERT INTO slots_slot (pool, number, capacity, taken) SELECT pool, number, 9, 9 FROM slots_slot")


def test_one_person_at_two_windows_of_the_browser_books_once(committed_district: Clone) -> None:
    first = next_open(GENERAL, days=1)
    one, told = person(1), Counter[str]()

    def wants(order: int) -> None:
        try:
            book(one, first + order % 2 * timedelta(minutes=30), item=RESTAURANT, group=GENERAL)
            told["booked"] += 1
        except Refused as refusal:
            told[refusal.code] += 1
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=wants, args=(order,)) for order in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {"booked": 1, "already_booked": 7}
    assert not slots.miscounted() and Place.objects.count() == 1

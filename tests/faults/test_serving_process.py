"""kill -9 of serving processes while sixteen callers file: nothing acknowledged is lost, nothing is done twice."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from django.db import connection

from tests.faults import callers
from tests.faults.callers import Caller, Ledger
from tests.sites import Site
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.bulk import fetch

CALLERS = 16
ROUNDS = 20
ALL_AT_ONCE = 5  # every so many rounds the whole server dies, not one of its processes
BETWEEN = 20  # acknowledged cases between two kills


@pytest.fixture
def busy_site(district_site: Site) -> Site:
    """Two serving processes, as in a small deployment."""
    district_site.kill()
    district_site.start(workers=2)
    return district_site


def test_twenty_kills_under_load_lose_and_double_nothing(busy_site: Site) -> None:
    chance = random.Random(2)
    content, ledger, ended = callers.body(), Ledger(), threading.Event()
    bearer = callers.token(busy_site.port)
    crowd = [Caller(busy_site.port, bearer, content, ledger, ended) for _ in range(CALLERS)]
    for caller in crowd:
        caller.start()
    for number in range(ROUNDS):
        enough = ledger.count + BETWEEN
        while ledger.count < enough:
            _look_after(busy_site)
        if number % ALL_AT_ONCE == ALL_AT_ONCE - 1:
            busy_site.kill()
        else:
            _kill_one(busy_site, chance)
    ended.set()
    deadline = time.monotonic() + 60
    while any(caller.is_alive() for caller in crowd):
        _look_after(busy_site)
        assert time.monotonic() < deadline, "a caller never learnt what became of its case"
    _check(ledger)
    # Whoever asks again long after hears what he was told then.
    for key, told in chance.sample(sorted(ledger.numbers.items()), 20):
        status, answer = callers.file_once(busy_site.port, bearer, content, key)
        assert (status, answer["number"]) == (201, told)
    _check(ledger)


def test_fifty_at_once_with_one_key_get_one_case_and_one_answer(busy_site: Site) -> None:
    content, bearer = callers.body(), callers.token(busy_site.port)

    def file(_: int) -> tuple[int, str]:
        status, answer = callers.file_once(busy_site.port, bearer, content, "one-key-for-all")
        return status, str(answer)

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(file, range(50)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    assert fetch("SELECT count(*) FROM cases_case") == [(1,)]
    other = content.replace(b'"workshop_area": 120', b'"workshop_area": 121')
    assert other != content
    status, answer = callers.file_once(busy_site.port, bearer, other, "one-key-for-all")
    assert (status, answer["code"]) == (422, "idempotency_key_reused")


def _kill_one(site: Site, chance: random.Random) -> None:
    """SIGKILL for one of the processes that answer."""
    serving = psutil.Process(site.processes["web"].pid).children()
    if serving:
        chance.choice(serving).kill()


def _look_after(site: Site, moment: float = 0.01) -> None:
    """What the supervisor does: a server that is gone, or gave up after its processes died too fast, is started."""
    process = site.processes.get("web")
    if process is not None and process.poll() is not None:
        site.kill()
        process = None
    if process is None:
        site.start(workers=2)
    time.sleep(moment)


def _check(ledger: Ledger) -> None:
    """The callers' books against the database, and the database against itself."""
    connection.close()
    assert ledger.refused == []
    assert ledger.differing == []
    numbers = [number for (number,) in fetch("SELECT number FROM cases_case ORDER BY number")]
    assert numbers == sorted(ledger.numbers.values())
    assert len(set(numbers)) == len(numbers)
    answered = dict(fetch("SELECT key, answer ->> 'number' FROM idempotency_turn WHERE action = 'cases.submit'"))
    assert answered == ledger.numbers
    count = len(numbers)
    for table, each in (("cases_material", 4), ("tasks_task", 1)):
        assert fetch(f"SELECT count(*) FROM {table}") == [(each * count,)], table
    assert fetch("SELECT count(*) FROM outbox_event WHERE name = 'cases.CaseSubmitted'") == [(count,)]
    assert fetch("SELECT count(*) FROM audit_leaf WHERE stream LIKE 'case:%%'", []) == [(count,)]
    assert audit.verify().faults == ()
    assert ledger.unheard > 0 or count < BETWEEN, "no call was ever cut off: the test tested nothing"

"""kill -9 of the worker in the middle of its work: the next one finishes it, once."""

import time
from collections.abc import Callable

from django.db import connection

from tests import story
from tests.sites import Site
from zhengtong.foundation.audit import queries as audit
from zhengtong.foundation.bulk import fetch

LICENCES = 4
KILLS = 3


def test_a_killed_worker_loses_no_job(district_site: Site) -> None:
    district_site.kill("worker")
    for _ in range(LICENCES):
        story.granted()
    assert _jobs("todo") >= LICENCES
    for _ in range(KILLS):
        district_site.start_worker()
        _wait_until(lambda: _jobs("doing") > 0 or _papers() == LICENCES)
        district_site.kill("worker")
    district_site.start_worker()
    _wait_until(lambda: _papers() == LICENCES and _jobs("todo") + _jobs("doing") == 0)
    assert _jobs("failed") == 0
    assert fetch("SELECT count(*) FROM files_file WHERE purpose = 'paper'") == [(LICENCES,)]
    # Events too: each granted case has had its applicant invited to rate it, once.
    _wait_until(lambda: fetch("SELECT coalesce(max(failures), 0) FROM outbox_cursor") == [(0,)])
    assert audit.verify().faults == ()


def _jobs(status: str) -> int:
    connection.close()
    counted = fetch(
        "SELECT count(*) FROM procrastinate_jobs WHERE status::text = %s AND task_name LIKE 'credentials.%%'", [status]
    )
    return int(counted[0][0])


def _papers() -> int:
    return int(fetch("SELECT count(*) FROM credentials_credential WHERE file_id IS NOT NULL")[0][0])


def _wait_until(holds: Callable[[], bool], patience: float = 90) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, "nothing happened any more"
        time.sleep(0.02)

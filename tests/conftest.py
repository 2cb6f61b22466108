"""Fixtures for all tests. A test that touches the database takes `db` (rolled back) or `committed_db` (its own clone).

`live_site` is a real server process on a clone of its own; `page` a browser tab. Nothing here truncates tables.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.test import TestCase, TransactionTestCase

from tests import databases, districts
from tests.sites import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

BANNED = (
    "{} is banned: it empties tables, and the append-only ones refuse. Take `committed_db` (a database of the test's "
    "own, where commits are real) or `live_site` (a real server on one)."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would truncate."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.args or any(marker.kwargs.get(k) for k in ("transaction", "reset_sequences"))):
            raise pytest.UsageError(f"{item.nodeid}: {BANNED.format('django_db(transaction=True)')}")
        case = getattr(item, "cls", None)
        if case and issubclass(case, TransactionTestCase) and not issubclass(case, TestCase):
            raise pytest.UsageError(f"{item.nodeid}: {BANNED.format('TransactionTestCase')}")
        for name in ("transactional_db", "live_server", "django_db_reset_sequences"):
            if name in getattr(item, "fixturenames", ()):
                raise pytest.UsageError(f"{item.nodeid}: {BANNED.format(name)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where the time went, per folder."""
    spent: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                path = Path(report.nodeid.partition("::")[0])
                spent["/".join(path.parts[:3] if len(path.parts) > 3 else path.parts[:2])] += report.duration
    if len(spent) > 1:
        terminalreporter.section("time per folder")
        for folder, seconds in spent.most_common():
            terminalreporter.write_line(f"{seconds:8.1f} s  {folder}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With ZT_NO_SKIPS (CI) a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("ZT_NO_SKIPS") and reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("skipped tests count as failures here (ZT_NO_SKIPS)", red=True)


# -- databases -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """The tests' PostgreSQL, shared with all other workers and runs."""
    presence = databases.join()
    yield
    presence.leave()


@pytest.fixture(scope="session")
def django_db_setup(database_server: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """This worker's clone, in which every `db` test is a transaction that is rolled back."""
    clone = databases.clone()
    use = ExitStack()
    with django_db_blocker.unblock():
        use.enter_context(databases.in_use(clone))
    yield
    with django_db_blocker.unblock():
        use.close()
    databases.drop(clone)


@pytest.fixture
def clone(database_server: None) -> Iterator[databases.Clone]:
    """A database of the test's own, not yet in use."""
    made = databases.clone()
    yield made
    databases.drop(made)


@pytest.fixture
def committed_db(clone: databases.Clone, django_db_blocker: "DjangoDbBlocker") -> Iterator[databases.Clone]:
    """Django on a database of the test's own: commits are real, threads see them, and it is dropped afterwards."""
    with django_db_blocker.unblock(), databases.in_use(clone):
        yield clone


@pytest.fixture
def owner_connection(committed_db: databases.Clone) -> Iterator[psycopg.Connection]:
    """The owner's connection to the test's own database: may do what the program cannot, such as forge an audit row."""
    with psycopg.connect(committed_db.logins.owner, autocommit=True) as connection:
        yield connection


# -- a living district -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _district_clone(database_server: None) -> Iterator[databases.Clone]:
    made = districts.clone()
    yield made
    databases.drop(made)


@pytest.fixture
def district(_district_clone: databases.Clone, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """番江区 with its catalogue and cast, in a transaction that is rolled back; helpers are in `tests.story`."""
    from django.db import transaction

    from zhengtong.foundation.params.snapshots import forget_all

    around = transaction.atomic()
    around._from_testcase = True  # as Django's own TestCase: what must not run inside a transaction may inside this one
    with django_db_blocker.unblock(), databases.in_use(_district_clone), around:
        forget_all()
        yield
        transaction.set_rollback(True)
    forget_all()


@pytest.fixture
def committed_district(database_server: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[databases.Clone]:
    """番江区 in a database of the test's own: commits are real."""
    made = districts.clone()
    with django_db_blocker.unblock(), databases.in_use(made):
        yield made
    databases.drop(made)


# -- servers and browsers ----------------------------------------------------------------------------------------------


@pytest.fixture
def live_site(committed_db: databases.Clone, tmp_path: Path) -> Iterator[Site]:
    """A real server process on the test's own database; `live_site.url`, `.kill()`, `.start()`, `.start_worker()`."""
    site = Site(committed_db, tmp_path)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def district_site(committed_district: databases.Clone, tmp_path: Path) -> Iterator[Site]:
    """A real server with its worker on a district of its own."""
    site = Site(committed_district, tmp_path)
    site.start()
    site.start_worker()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Debian's Chromium, one per worker; without it the test is skipped."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium fonts-noto-cjk)")
    from playwright.sync_api import sync_playwright

    switches = (
        *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
        *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=switches)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: "Browser", live_site: Site) -> "Iterator[Page]":
    """A fresh tab on the live site, Chinese, on a desk's screen."""
    context = chromium.new_context(
        base_url=live_site.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()

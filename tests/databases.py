"""The tests' databases: one server per run, a migrated template per state of the migrations, clones by the hundred.

Everything is shared between xdist workers and between runs at the same time: file locks say who builds the template
and who is the last to leave and stops the server.
"""

import hashlib
import importlib.metadata
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from zhengtong.main import database, secrets_file
from zhengtong.main.places import ROOT
from zhengtong.main.postgres import Server, find_binaries
from zhengtong.main.presence import Presence

VAR = ROOT / "var" / "test"
FIRST_PORT = 16432
KEPT_TEMPLATES = 12
# The tests' server forgets on power loss and is told so; a test of durability starts a server of its own.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "250"}


@dataclass(frozen=True)
class Clone:
    """One database, copied from the template, and its addresses."""

    name: str
    logins: database.Logins
    superuser: str

    def environment(self) -> dict[str, str]:
        """What a process of the program needs to work on it."""
        return self.logins.environment()


@cache
def server() -> Server:
    """The tests' server; TEST_POSTGRES=15 takes Debian's of that version."""
    major = os.environ.get("TEST_POSTGRES")
    known = secrets_file.ensure(VAR / "secrets.env")
    return Server(
        VAR / f"postgres-{major or 'wheel'}",
        known["POSTGRES_PASSWORD"],
        binaries=find_binaries(int(major) if major else None),
        settings=FAST,
        first_port=FIRST_PORT,
    )


# -- coming and going --------------------------------------------------------------------------------------------


def join() -> Presence:
    """Use the server, started if need be; keep the answer, and let it `leave`."""
    presence = Presence(server())
    presence.join(when_alone=_prepare)
    return presence


def _prepare() -> None:
    """Nobody else is here: make the logins, drop the clones that a killed run left behind."""
    known = secrets_file.ensure(VAR / "secrets.env")
    with psycopg.connect(server().url(), autocommit=True) as connection:
        database.ensure_login(connection, database.OWNER, known["ZT_OWNER_PASSWORD"])
        database.ensure_login(connection, database.APP, known["ZT_APP_PASSWORD"])
        for (name,) in connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'clone\\_%' OR datname LIKE 'build\\_%'"
        ).fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


# -- template and clones -----------------------------------------------------------------------------------------


def _logins(name: str) -> database.Logins:
    known = secrets_file.ensure(VAR / "secrets.env")
    return database.Logins(
        owner=server().url(database.OWNER, known["ZT_OWNER_PASSWORD"], name),
        app=server().url(database.APP, known["ZT_APP_PASSWORD"], name),
    )


def clone() -> Clone:
    """A fresh database with all tables and no rows but those of migrations."""
    name = f"clone_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server().url(), autocommit=True) as connection:
        database.ensure_database(connection, name, owner=database.OWNER, template=template())
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(*map(sql.Identifier, (name, database.APP)))
        )
    return clone_named(name)


def clone_named(name: str) -> Clone:
    """An existing database as a clone to use."""
    return Clone(name, _logins(name), server().url(database=name))


def drop(made: Clone) -> None:
    """Remove a clone, whoever is still connected to it."""
    with psycopg.connect(server().url(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(made.name)))


_failures: list[str] = []  # of this process: not tried again for every test


@cache
def template() -> str:
    """The name of the migrated template; built by the first who asks, kept between runs."""
    name = f"template_{_migration_state()}"
    with (
        secrets_file.locked(VAR / f"{server().home.name}.template.lock"),
        psycopg.connect(server().url(), autocommit=True) as connection,
    ):
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            draft = f"build_{uuid.uuid4().hex[:12]}"
            database.ensure_database(connection, draft, owner=database.OWNER)
            _migrate(draft)
            connection.execute(
                sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true").format(sql.Identifier(draft))
            )
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (draft, name))))
            _forget_old_templates(connection)
    return name


def _migrate(name: str) -> None:
    from tests.settings import ENVIRONMENT

    if _failures:
        raise RuntimeError(_failures[0])
    done = subprocess.run(
        [sys.executable, "-m", "zhengtong.main.cli", "migrate", "--quiet"],
        env=os.environ
        | ENVIRONMENT
        | _logins(name).environment()
        | {"DJANGO_SETTINGS_MODULE": "zhengtong.main.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        _failures.append(f"The template database cannot be migrated:\n{done.stdout[-2_000:]}{done.stderr[-4_000:]}")
        raise RuntimeError(_failures[0])


def _migration_state() -> str:
    """A digest of all that makes the template what it is."""
    from django.apps import apps

    digest = hashlib.sha256()
    for path in sorted(p for app in apps.get_app_configs() for p in Path(app.path).glob("migrations/*.py")):
        if ROOT / "zhengtong" in path.parents:
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    for package in ("django", "procrastinate"):
        digest.update(importlib.metadata.version(package).encode())
    digest.update(repr(sorted(database.append_only_tables())).encode())
    digest.update(Path(database.__file__).read_bytes())
    return digest.hexdigest()[:12]


def _forget_old_templates(connection: psycopg.Connection) -> None:
    for (name,) in connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' ORDER BY oid DESC OFFSET %s",
        [KEPT_TEMPLATES],
    ).fetchall():
        connection.execute(sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE false").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


# -- Django --------------------------------------------------------------------------------------------------------


@contextmanager
def in_use(made: Clone) -> Iterator[Clone]:
    """Django's default connection works on the clone within the block, in every thread, as the app login."""
    from django.db import connections

    def point(entry: dict[str, str]) -> dict[str, str]:
        _disconnect()
        before = {name: shared[name] for name in entry}
        shared.update(entry)
        return before

    # One dict serves the connections of all threads.
    shared = connections.databases["default"]
    parts = urlsplit(made.logins.app)
    before = point(
        {
            "NAME": made.name,
            "HOST": parts.hostname or "",
            "PORT": str(parts.port),
            "USER": parts.username or "",
            "PASSWORD": parts.password or "",
        }
    )
    try:
        yield made
    finally:
        point(before)


def _disconnect() -> None:
    from django.db import connections

    connections["default"].close()
    if getattr(connections["default"], "pool", None):
        connections["default"].close_pool()

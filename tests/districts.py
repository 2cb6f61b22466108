"""A district to test in: packs national and demo applied, the cast brought in, no case yet.

Built once per state of packs and the code that reads them, kept as a template, cloned for each use.
"""

import hashlib
import os
import subprocess
import sys
import uuid
from functools import cache

import psycopg
from psycopg import sql

from tests import databases
from zhengtong.main import database, secrets_file
from zhengtong.main.places import ROOT

BUILD = """
import django

django.setup()
from zhengtong.main.scene import preparing

preparing.apply_packs()
preparing.bring_in(preparing.read())
"""
READ_BY = ("foundation/packs", "foundation/directory", "foundation/accounts", "foundation/params", "topics/items",
           "topics/credentials", "topics/subjects", "topics/visits", "engines/forms", "engines/deadlines",
           "engines/slots", "main/scene")  # fmt: skip


def clone() -> databases.Clone:
    """A district of one's own."""
    name = f"clone_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(databases.server().url(), autocommit=True) as connection:
        database.ensure_database(connection, name, owner=database.OWNER, template=template())
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(*map(sql.Identifier, (name, database.APP)))
        )
    return databases.clone_named(name)


@cache
def template() -> str:
    """The name of the district template; built by the first who asks."""
    name = f"template_{_state()}_district"
    with secrets_file.locked(databases.VAR / f"{databases.server().home.name}.district.lock"):
        with psycopg.connect(databases.server().url(), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
        draft = databases.clone()
        _build(draft)
        with psycopg.connect(databases.server().url(), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [draft.name]
            )
            connection.execute(
                sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true").format(
                    sql.Identifier(draft.name)
                )
            )
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (draft.name, name)))
            )
    return name


def _build(draft: databases.Clone) -> None:
    from tests.settings import ENVIRONMENT

    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        env=os.environ | ENVIRONMENT | draft.environment() | {"DJANGO_SETTINGS_MODULE": "zhengtong.main.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The district cannot be built:\n{done.stdout[-2_000:]}{done.stderr[-4_000:]}")


def _state() -> str:
    digest = hashlib.sha256(databases.template().encode())
    paths = list((ROOT / "packs").rglob("*.yaml"))
    paths += [p for part in READ_BY for p in (ROOT / "zhengtong" / part).rglob("*.py")]
    for path in sorted(paths):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]

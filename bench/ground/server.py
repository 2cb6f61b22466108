"""A PostgreSQL and a web server of the measurement's own: data under var/bench, every commit on disk."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from zhengtong.main import database, secrets_file
from zhengtong.main.places import ROOT, VAR, free_port
from zhengtong.main.postgres import Server
from zhengtong.main.presence import Presence

HOME = VAR / "bench"
FIRST_POSTGRES_PORT = 16900
FIRST_WEB_PORT = 8700
# What a district's own server would be given; durability is not for sale.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "effective_cache_size": "6GB",
    "max_connections": "200",
}


class Ground:
    """The measurement's server and the database it works on."""

    def __init__(self, name: str) -> None:
        self.known = secrets_file.ensure(HOME / "secrets.env")
        self.server = Server(
            HOME / "postgres", self.known["POSTGRES_PASSWORD"], settings=SETTINGS, first_port=FIRST_POSTGRES_PORT
        )
        self.presence = Presence(self.server)
        self.name = name

    def __enter__(self) -> "Ground":
        self.presence.join()
        with self.superuser("postgres") as connection:
            for login, secret in ((database.OWNER, "ZT_OWNER_PASSWORD"), (database.APP, "ZT_APP_PASSWORD")):
                database.ensure_login(connection, login, self.known[secret])
        os.environ.update(self.environment())
        return self

    def __exit__(self, *_: object) -> None:
        self.presence.leave()

    def environment(self) -> dict[str, str]:
        """What a process of the program needs to work here."""
        names = [name for name in self.known if name.startswith(("DJANGO_", "ZHENGTONG_"))]
        return {name: self.known[name] for name in names} | {
            "DATABASE_OWNER_URL": self.server.url(database.OWNER, self.known["ZT_OWNER_PASSWORD"], self.name),
            "DATABASE_APP_URL": self.server.url(database.APP, self.known["ZT_APP_PASSWORD"], self.name),
            "DJANGO_SETTINGS_MODULE": "zhengtong.main.settings",
            "ZHENGTONG_FILES": str(HOME / "files"),
        }

    def superuser(self, name: str = "") -> psycopg.Connection[Any]:
        """A connection that may do anything."""
        return psycopg.connect(self.server.url(database=name or self.name), autocommit=True)

    def exists(self, name: str) -> bool:
        with self.superuser("postgres") as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def like(self, pattern: str) -> list[str]:
        with self.superuser("postgres") as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]).fetchall()
        return [name for (name,) in found]

    def drop(self, name: str) -> None:
        with self.superuser("postgres") as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def copy(self, source: str, target: str) -> None:
        """Another database with the same content; nobody may be connected to the source."""
        self.drop(target)
        with self.superuser("postgres") as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
                    sql.Identifier(target), sql.Identifier(source), sql.Identifier(database.OWNER)
                )
            )
            connection.execute(
                sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                    sql.Identifier(target), sql.Identifier(database.APP)
                )
            )

    def command(self, *arguments: str) -> str:
        """Run a command of ours here to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "zhengtong.main.cli", *arguments],
            cwd=ROOT, env=os.environ | self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"zt {' '.join(arguments)} failed:\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}")
        return done.stdout

    @contextmanager
    def served(self, *, workers: int, relay: bool = True) -> Iterator[str]:
        """The program as a deployment runs it: web server and worker; yields its address."""
        # Two measurements that begin at the same moment would both find the first port free.
        port = free_port(FIRST_WEB_PORT + os.getpid() % 1_000 * 10)
        url = f"http://127.0.0.1:{port}"
        environment = os.environ | self.environment() | {"ZHENGTONG_SITE_URL": url}
        commands = [("serve", "--port", str(port), "--workers", str(workers))] + [("work",)] * relay
        log = HOME / "site.log"
        with open(log, "wb") as out:
            parts = [
                subprocess.Popen(
                    [sys.executable, "-m", "zhengtong.main.cli", *command],
                    cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                )
                for command in commands
            ]  # fmt: skip
        try:
            _wait_for(f"{url}/health", parts[0])
            yield url
        finally:
            for part in parts:
                part.terminate()
            for part in parts:
                try:
                    part.wait(30)
                except subprocess.TimeoutExpired:
                    part.kill()
                    part.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            if process.poll() is not None:
                raise RuntimeError(f"another server answers at {url}; see {HOME / 'site.log'}")
            return
        except OSError as problem:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server does not answer; see {HOME / 'site.log'}") from problem
            time.sleep(0.1)

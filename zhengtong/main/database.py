"""The database of an installation: where it is, its two logins, and what the program's login may do.

Owner migrates. App runs the program and the tests: it reads and writes rows, but what is declared append-only it can
only add to.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from zhengtong.main import secrets_file
from zhengtong.main.places import VAR
from zhengtong.main.postgres import Server
from zhengtong.main.presence import Presence

DATABASE = "zhengtong"
OWNER = "zt_owner"
APP = "zt_app"


class DatabaseProblem(Exception):
    """The database cannot be used; the text says why, to a person."""


@dataclass(frozen=True)
class Logins:
    """The addresses of one database for its two logins."""

    owner: str
    app: str

    def environment(self) -> dict[str, str]:
        """What the settings read."""
        return {"DATABASE_OWNER_URL": self.owner, "DATABASE_APP_URL": self.app}


def embedded_server(var: Path = VAR) -> Server:
    """The embedded server of this checkout (not started)."""
    known = secrets_file.ensure(var / "secrets.env")
    return Server(var / "postgres", known["POSTGRES_PASSWORD"])


def enter(*, start: bool = True, before_exec: Callable[[], None] | None = None) -> Presence | None:
    """Fill the environment for the settings: secrets, and the database by DATABASE_URL or else the embedded server.

    Addresses already given for both logins are taken as they are. Returns our presence on the embedded server where
    that is used; its owner leaves it at the end. Without `start` the server stays as it is.
    """
    for name, value in secrets_file.ensure(VAR / "secrets.env").items():
        os.environ.setdefault(name, value)
    if "DATABASE_APP_URL" in os.environ:
        return None
    if url := os.environ.get("DATABASE_URL"):
        os.environ.update(external_logins(url, os.environ["ZT_APP_PASSWORD"]).environment())
        return None
    if not start:
        return None
    presence = Presence(embedded_server())
    presence.join(before_exec=before_exec)
    os.environ.update(embedded_logins(presence.server).environment())
    return presence


def embedded_logins(server: Server, database: str = DATABASE) -> Logins:
    """Both addresses on the embedded server; logins and database are made on the first call."""
    known = {OWNER: os.environ["ZT_OWNER_PASSWORD"], APP: os.environ["ZT_APP_PASSWORD"]}
    with _connected(server) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('zhengtong logins'))")
        for login, password in known.items():
            ensure_login(connection, login, password)
        ensure_database(connection, database, owner=OWNER)
    return Logins(
        owner=server.url(OWNER, known[OWNER], database),
        app=server.url(APP, known[APP], database),
    )


def _connected(server: Server) -> psycopg.Connection:
    """A superuser's connection; a server that was just going down when we came is started again."""
    for _ in range(50):
        try:
            return psycopg.connect(server.url(), autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as problem:
            refused = problem
            time.sleep(0.1)
            server.start()
    raise DatabaseProblem(f"The embedded PostgreSQL does not answer: {refused}")


def external_logins(url: str, app_password: str) -> Logins:
    """Both addresses on a server of the operator, whose login becomes the owner; the app login is made there."""
    parts = urlsplit(url)
    database = parts.path.lstrip("/")
    app = APP if database == DATABASE else f"{APP}_{database}"[:63]
    app_url = urlunsplit(parts._replace(netloc=f"{quote(app)}:{quote(app_password)}@{parts.netloc.rpartition('@')[2]}"))
    try:
        with psycopg.connect(app_url, connect_timeout=10):
            return Logins(owner=url, app=app_url)
    except psycopg.OperationalError:
        pass  # not made yet, or made with a password we no longer have
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            if connection.info.server_version < 150000:
                raise DatabaseProblem(
                    f"PostgreSQL 15 or later is needed; the server of DATABASE_URL is {connection.info.server_version}."
                )
            ensure_login(connection, app, app_password)
            with suppress(psycopg.errors.InsufficientPrivilege):  # then it is open to all, or the operator opens it
                connection.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*map(sql.Identifier, (database, app)))
                )
    except psycopg.errors.InsufficientPrivilege as problem:
        raise DatabaseProblem(
            f"The login of DATABASE_URL may not create the program's login “{app}”. Either let it "
            f'(ALTER ROLE "{parts.username}" CREATEROLE), or create a login of your own without rights, and give both '
            "addresses: DATABASE_OWNER_URL and DATABASE_APP_URL."
        ) from problem
    except psycopg.OperationalError as problem:
        raise DatabaseProblem(f"The server of DATABASE_URL does not answer: {problem}".strip()) from problem
    return Logins(owner=url, app=app_url)


def ensure_login(connection: psycopg.Connection, login: str, password: str) -> None:
    """A login without any privilege of its own, with this password; two who begin at once wait for each other."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('zhengtong.login'))")
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone()
        connection.execute(
            sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                sql.SQL("ALTER" if exists else "CREATE"), sql.Identifier(login), sql.Literal(password)
            )
        )


def ensure_database(connection: psycopg.Connection, database: str, *, owner: str, template: str = "template0") -> None:
    """A database of the owner, unless it exists."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(*map(sql.Identifier, (database, owner, template)))
    )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database)))


def migrate(*, verbosity: int = 1) -> None:
    """Bring the tables up to date as owner and give the app login what it may do. Django must be set up as owner."""
    from django.core.management import call_command
    from django.db import connection

    app_login = urlsplit(os.environ["DATABASE_APP_URL"]).username or APP
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('zhengtong migrate'))")  # two starts at once take turns
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
            grant(app_login)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('zhengtong migrate'))")


def append_only_tables() -> set[str]:
    """Tables whose model declares `append_only = True`."""
    from django.apps import apps

    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "append_only", False)
    }


def grant(app_login: str) -> None:
    """The app login's rights, made anew in one transaction: rows of every table; append-only ones grow only."""
    from django.db import connection, transaction

    app = sql.Identifier(app_login)
    append_only = append_only_tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), array_agg(tablename::text) FROM pg_tables WHERE schemaname='public'")
        database, tables = cursor.fetchone()
        if missing := append_only - set(tables or []):
            raise DatabaseProblem(f"Append-only tables without a migration: {', '.join(sorted(missing))}")
        statements = [
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(sql.Identifier(database), app),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(app),
            sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(app),
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app),
        ]
        for table in sorted(tables or []):
            rights = "SELECT, INSERT, UPDATE, DELETE"
            if table in append_only:
                rights = "SELECT, INSERT"
            elif table == "django_migrations":
                rights = "SELECT"
            statements.append(
                sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier("public", table), app)
            )
        for statement in statements:
            cursor.execute(statement)

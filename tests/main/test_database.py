"""Two logins: the owner migrates, the program adds, reads and changes rows, but never its past."""

import os
import stat
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests import databases
from tests.databases import Clone
from zhengtong.main import database, secrets_file
from zhengtong.main.database import DatabaseProblem, external_logins


def rights(connection: psycopg.Connection, table: str) -> set[str]:
    rows = connection.execute(
        "SELECT privilege_type FROM information_schema.table_privileges WHERE grantee = %s AND table_name = %s",
        [database.APP, table],
    ).fetchall()
    return {row[0] for row in rows}


def test_neither_login_has_privileges_of_its_own(clone: Clone) -> None:
    with psycopg.connect(clone.superuser) as connection:
        rows = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = ANY(%s)",
            [[database.APP, database.OWNER]],
        ).fetchall()
    assert rows == [(False,) * 5] * 2


def test_the_program_changes_rows_but_only_adds_to_its_past(clone: Clone) -> None:
    append_only = database.append_only_tables()
    assert {"audit_leaf", "outbox_event"} <= append_only
    with psycopg.connect(clone.logins.owner) as connection:
        tables = [r[0] for r in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for table in tables:
            expected = {"SELECT", "INSERT", "UPDATE", "DELETE"}
            if table in append_only:
                expected = {"SELECT", "INSERT"}
            if table == "django_migrations":
                expected = {"SELECT"}
            assert rights(connection, table) == expected, table


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_leaf SET verb = 'x'",
        "DELETE FROM audit_leaf",
        "TRUNCATE audit_leaf",
        "DROP TABLE audit_leaf",
        "ALTER TABLE audit_leaf ADD x int",
        "TRUNCATE accounts_account",
        "CREATE TABLE public.x (x int)",
        "ALTER TABLE audit_leaf DISABLE TRIGGER ALL",
        "SET ROLE zt_owner",
        "UPDATE django_migrations SET name = 'x'",
    ],
)
def test_the_program_may_not(clone: Clone, statement: str) -> None:
    with psycopg.connect(clone.logins.app) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def foreign(clone: Clone) -> str:
    """An operator's login that owns a database and may create logins; its address."""
    name, password = f"operator_{clone.name[-6:]}", "secret-of-the-operator"
    with psycopg.connect(clone.superuser, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(sql.Identifier(name), sql.Literal(password))
        )
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(clone.name), sql.Identifier(name))
        )
    return databases.server().url(name, password, clone.name)


def drop_role(clone: Clone, name: str) -> None:
    with psycopg.connect(clone.superuser, autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(*map(sql.Identifier, (clone.name, database.OWNER)))
        )
        connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_on_an_operators_server_the_programs_login_is_made(clone: Clone, foreign: str) -> None:
    try:
        logins = external_logins(foreign, "first-password")
        assert logins.owner == foreign
        with psycopg.connect(logins.app) as connection:
            (name,) = connection.execute("SELECT current_user").fetchone() or ("",)
        assert name == f"zt_app_{clone.name}"
        assert external_logins(foreign, "first-password") == logins
        # A new var/ has a new password: the login gets it.
        with psycopg.connect(external_logins(foreign, "second-password").app):
            pass
    finally:
        drop_role(clone, f"zt_app_{clone.name}")
        drop_role(clone, f"operator_{clone.name[-6:]}")


def test_an_operators_login_without_the_right_is_told_what_to_do(clone: Clone, foreign: str) -> None:
    name = f"operator_{clone.name[-6:]}"
    with psycopg.connect(clone.superuser, autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} NOCREATEROLE").format(sql.Identifier(name)))
    try:
        with pytest.raises(DatabaseProblem, match=r"CREATEROLE.*DATABASE_APP_URL"):
            external_logins(foreign, "password")
    finally:
        drop_role(clone, name)


def test_a_server_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(DatabaseProblem, match="does not answer"):
        external_logins("postgresql://x:y@127.0.0.1:1/zhengtong", "password")


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    first = secrets_file.ensure(path)
    assert secrets_file.ensure(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_uid == os.geteuid()
    assert set(first) == set(secrets_file.NAMES)
    assert len(set(first.values())) == len(first)


def test_secrets_of_an_older_version_are_completed_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("# mine\nZHENGTONG_KEY_FIELD=abc\n")
    known = secrets_file.ensure(path)
    assert known["ZHENGTONG_KEY_FIELD"] == "abc"
    assert set(known) == set(secrets_file.NAMES)

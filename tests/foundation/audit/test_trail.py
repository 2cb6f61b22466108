"""The trail: what is recorded, that the program cannot change it, and that every forgery of its owner's is found."""

import random
from collections import Counter

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from tests.databases import Clone
from tests.foundation.audit.streams import ACTOR, as_owner, thing
from tests.foundation.audit.tampering import Trail, tampers
from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.audit import queries
from zhengtong.foundation.audit.actions import first_leaf, record, record_all
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.wiring import commands

TAMPERS = 1_000


# -- recording ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_leaf_tells_who_did_what_and_the_thing_carries_the_head() -> None:
    made = thing("clerk", 3)
    leaves = list(queries.leaves_of(made))
    assert [(leaf.seq, leaf.verb, leaf.actor, leaf.data["number"]) for leaf in leaves] == [
        (number, "accounts.role.written", "system:tests", number) for number in (1, 2, 3)
    ]
    made.refresh_from_db()
    assert made.audit_count == 3
    assert queries.verify(made.audit_stream).faults == ()


@pytest.mark.django_db
def test_a_set_is_recorded_like_one_by_one() -> None:
    things = [thing(f"role-{number}", number) for number in (1, 2, 3)]
    record_all("accounts.role.ended", things, actor=ACTOR, data=lambda role: {"code": role.code})
    assert [role.audit_count for role in things] == [2, 3, 4]
    for role in things:
        assert queries.verify(role.audit_stream).faults == ()
        record("accounts.role.written", role, actor=ACTOR)
        assert queries.verify(role.audit_stream).faults == ()


@pytest.mark.django_db
def test_the_row_of_a_first_leaf_is_what_record_would_have_written() -> None:
    made = Role.objects.create(code="a", name="角色", owner="tests")
    leaf = record("accounts.role.written", made, actor=ACTOR, pack="测试")
    columns, head = first_leaf(
        "accounts.role.written", Role, "a", actor=ACTOR, at=leaf.at, data={"pack": "测试"}
    )  # fmt: skip
    assert (columns["mac"], head) == (leaf.mac, made.audit_head)


@pytest.mark.django_db
def test_data_that_would_not_read_back_is_refused() -> None:
    made = thing("clerk", 1)
    for value in (1.5, b"bytes", object(), {"deep": [1.5]}):
        with pytest.raises(TypeError):
            record("accounts.role.written", made, actor=ACTOR, value=value)


def test_outside_a_transaction_nothing_is_recorded(committed_db: Clone) -> None:
    made = Role.objects.create(code="a", name="角色", owner="tests")
    with pytest.raises(RuntimeError):
        record("accounts.role.written", made, actor=ACTOR)
    with pytest.raises(RuntimeError):
        record_all("accounts.role.written", [made], actor=ACTOR, data=lambda _: {})


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_gap() -> None:
    made = thing("clerk", 1)
    with transaction.atomic():
        record("accounts.role.written", made, actor=ACTOR)
        transaction.set_rollback(True)
    made.refresh_from_db()
    record("accounts.role.written", made, actor=ACTOR)
    assert queries.verify(made.audit_stream).faults == ()


# -- append-only -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_leaf SET actor = 'nobody'",
        "DELETE FROM audit_leaf",
        "TRUNCATE audit_leaf",
        "DROP TABLE audit_leaf",
        "ALTER TABLE audit_leaf DISABLE TRIGGER ALL",
        "ALTER TABLE audit_leaf ADD COLUMN more text",
        "CREATE RULE r AS ON INSERT TO audit_leaf DO INSTEAD NOTHING",
        "SELECT * FROM audit_leaf FOR UPDATE",
        "SET ROLE zt_owner",
        "SET session_replication_role = replica",
        "COPY audit_leaf TO PROGRAM 'cat'",
    ],
)
def test_the_program_cannot_change_the_past(statement: str) -> None:
    thing("clerk", 1)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Leaf.objects.count() == 1


# -- verification ------------------------------------------------------------------------------------------------------


def test_every_one_of_a_thousand_forgeries_is_found_and_the_first_bad_leaf_named(committed_db: Clone) -> None:
    chance = random.Random(20261122)
    with as_owner(committed_db):
        with transaction.atomic():
            lengths = {f"role-{number}": chance.choice([1, 1, 2, 3, 5, 8, 13]) for number in range(40)}
            for code, length in lengths.items():
                thing(code, length)
        assert queries.verify().faults == ()
        used: Counter[str] = Counter()
        for number in range(TAMPERS):
            code, other = chance.sample(sorted(lengths), 2)
            trail = Trail(f"role:{code}", lengths[code], f"role:{other}", lengths[other])
            way = tampers[number] if number < len(tampers) else chance.choice(tampers)
            used[way.__name__] += 1
            with transaction.atomic():
                expected = way(trail, chance)
                faults = queries.verify(trail.stream).faults
                assert len(faults) == 1, (way.__name__, trail)
                assert (faults[0].stream, faults[0].seq) == (trail.stream, expected.seq), (way.__name__, trail, faults)
                assert faults[0].what == (expected.what or faults[0].what), (way.__name__, trail)
                if number % 50 == 0:  # the whole recount sees it as well
                    assert faults[0] in queries.verify().faults
                transaction.set_rollback(True)
        assert len(used) == len(tampers)
        assert queries.verify().faults == ()


def test_a_trail_without_a_thing_is_found(committed_db: Clone) -> None:
    with as_owner(committed_db), transaction.atomic():
        thing("clerk", 2)
        Leaf.objects.create(
            stream="role:ghost", seq=1, at="2026-01-01T00:00Z", verb="x", actor="x", data={}, mac=b"\0" * 32
        )  # fmt: skip
        Leaf.objects.create(stream="no-noun", seq=1, at="2026-01-01T00:00Z", verb="x", actor="x", data={}, mac=b"")
        faults = {fault.stream: fault.seq for fault in queries.verify().faults}
        assert faults == {"role:ghost": 1, "no-noun": 1}
        assert queries.verify("no-noun").faults[0].seq == 1
        assert queries.verify("file:not-a-uuid").faults == ()
        transaction.set_rollback(True)


def test_with_another_key_nothing_holds(committed_db: Clone, settings: object) -> None:
    with transaction.atomic():
        thing("clerk", 2)
    settings.ZHENGTONG_KEYS = {**settings.ZHENGTONG_KEYS, "audit": "44" * 32}  # type: ignore[attr-defined]
    assert [(fault.seq, fault.what) for fault in queries.verify().faults] == [(1, "altered")]


def test_the_command_names_the_first_bad_leaf_and_fails(
    committed_db: Clone, owner_connection: psycopg.Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        made = thing("clerk", 5)
    verify = commands.get("audit").run
    assert verify(["verify"]) == 0
    assert "1 streams, 5 leaves, 0 faults" in capsys.readouterr().out
    owner_connection.execute("UPDATE audit_leaf SET actor = 'nobody' WHERE seq IN (3, 4)")
    assert verify(["verify"]) == 1
    assert "role:clerk leaf 3: altered" in capsys.readouterr().out
    assert verify(["verify", made.audit_stream]) == 1
    assert verify([]) == 2

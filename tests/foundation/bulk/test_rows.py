"""Rows written in sets are the rows the ORM would have written; errors come out as Django's."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from tests.databases import Clone
from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.bulk import copy_rows, cursor, fetch, insert_rows, pipelined
from zhengtong.foundation.directory.models import Division
from zhengtong.foundation.files.models import File
from zhengtong.foundation.idempotency.models import Turn
from zhengtong.foundation.outbox.models import EventRow

NOW = datetime(2026, 11, 22, 13, 5, 7, 123456, tzinfo=UTC)
HARD_TEXTS = [
    "",
    " ",
    "，。·",
    "'\"\\",
    "{a,b}",
    "NULL",
    "null",
    "\t\n",
    "𠮷野家",
    "\u200b",
    "x" * 80,
    "%s %%",
    "\\N",
    "[1]",
]


class Colour(StrEnum):
    RED = "red"


class Worded(str):
    """As messages of forms are: a text that is more."""

    __slots__ = ()


def leaf(**changes: Any) -> dict[str, Any]:
    row = {
        "stream": "role:a", "seq": 1, "at": NOW, "verb": "x", "actor": "system:tests", "acting_for": "", "data": {},
        "mac": bytes(range(32)),
    }  # fmt: skip
    return row | changes


@pytest.mark.django_db
@pytest.mark.parametrize("write", [insert_rows, copy_rows])
def test_every_kind_of_value_comes_back_as_it_was(write: Any) -> None:
    data = {"text": "文字\"\\'", "number": 3, "big": 2**53 + 1, "none": None, "list": [1, [True]], "deep": {"a": {}}}
    write(Leaf, [leaf(seq=n, verb=text or "x", acting_for=text, data=data) for n, text in enumerate(HARD_TEXTS)])
    found = list(Leaf.objects.order_by("seq"))
    assert [row.acting_for for row in found] == HARD_TEXTS
    assert {json.dumps(row.data, sort_keys=True) for row in found} == {json.dumps(data, sort_keys=True)}
    assert {(row.at, bytes(row.mac)) for row in found} == {(NOW, bytes(range(32)))}


@pytest.mark.django_db
def test_ids_nothings_enums_and_texts_that_are_more() -> None:
    pk = UUID("0192f0c1-0000-7000-8000-000000000001")
    columns = {
        "digest": "d", "size": 2**40, "kind": Colour.RED, "name": Worded("名"), "purpose": "p", "state": "clean",
        "owner_key": "k", "created_at": NOW, "audit_count": 0, "audit_head": None,
    }  # fmt: skip
    insert_rows(File, [{"id": pk, **columns}])
    row = File.objects.get()
    assert (row.pk, row.size, row.kind, row.name, row.audit_head) == (pk, 2**40, "red", "名", None)
    insert_rows(
        Division,
        [{"code": "1", "name": "n", "level": "grid", "parent_id": None, "geometry": [[1.5, -2], None], "owner": "",
          "ended_at": None, "audit_count": 0}],
    )  # fmt: skip
    assert Division.objects.get().geometry == [[1.5, -2], None]


@pytest.mark.django_db
def test_json_null_and_no_value_are_two_things() -> None:
    columns = {"actor": "a", "action": "x", "digest": b"", "at": NOW}
    insert_rows(Turn, [{**columns, "key": "nothing", "answer": None}, {**columns, "key": "empty", "answer": {}}])
    assert dict(Turn.objects.values_list("key", "answer")) == {"nothing": None, "empty": {}}
    assert Turn.objects.filter(answer__isnull=True).count() == 1


@pytest.mark.django_db
def test_columns_left_out_take_the_tables_own_value() -> None:
    insert_rows(EventRow, [{"name": "n", "payload": {}, "at": NOW}])
    assert EventRow.objects.get().xid > 0


@pytest.mark.django_db
def test_a_second_row_of_the_same_key_is_left_out_and_the_rest_heard_of() -> None:
    def turn(key: str) -> dict[str, Any]:
        return {"actor": "a", "key": key, "action": "x", "digest": b"", "answer": None, "at": NOW}

    told = insert_rows(Turn, [turn("one"), turn("two")], conflict="actor, key", returning="actor, key")
    assert sorted(told) == [("a", "one"), ("a", "two")]
    told = insert_rows(Turn, [turn("two"), turn("three")], conflict="actor, key", returning="actor, key")
    assert told == [("a", "three")]
    assert insert_rows(Turn, [], returning="key") == []


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["a\x00b", "x" * 81])
def test_what_cannot_be_stored_is_djangos_data_error(value: str) -> None:
    with pytest.raises(DataError), transaction.atomic():
        insert_rows(Leaf, [leaf(actor=value)])
    assert not Leaf.objects.exists()


@pytest.mark.django_db
def test_statements_in_a_pipeline_are_all_done() -> None:
    with transaction.atomic(), pipelined():
        for number in range(5):
            insert_rows(Leaf, [leaf(seq=2 * number), leaf(seq=2 * number + 1)])
    assert Leaf.objects.count() == 10


@pytest.mark.django_db
def test_an_error_in_a_pipeline_comes_out_at_its_end_and_undoes_all() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), pipelined():
        insert_rows(Leaf, [leaf(seq=1)])
        insert_rows(Leaf, [leaf(seq=1)])
        insert_rows(Leaf, [leaf(seq=2)])
    assert not Leaf.objects.exists()
    insert_rows(Leaf, [leaf(seq=1)])
    assert Leaf.objects.count() == 1


def test_a_statement_is_planned_once(committed_db: Clone) -> None:
    for number in range(6):
        insert_rows(Role, [{"code": f"r{number}", "name": "", "permissions": [], "owner": "", "audit_count": 0}])
    names = [name for (name,) in fetch("SELECT statement FROM pg_prepared_statements")]
    assert any('INSERT INTO "accounts_role"' in name for name in names)


@pytest.mark.django_db
def test_values_never_become_words_of_the_statement() -> None:
    insert_rows(Role, [{"code": "'; DROP TABLE accounts_role; --", "name": "", "permissions": ["a.b"], "owner": "",
                        "audit_count": 0}])  # fmt: skip
    assert Role.objects.get().permissions == ["a.b"]
    assert fetch("SELECT count(*) FROM accounts_role WHERE code LIKE %s", ["%DROP%"]) == [(1,)]


@pytest.mark.django_db
def test_whoever_listens_to_statements_hears_these_too() -> None:
    heard: list[str] = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        heard.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen), cursor() as asking:
        asking.execute("SELECT 1")
        insert_rows(Leaf, [leaf()])
    assert len(heard) == 2

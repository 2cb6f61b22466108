"""Ways to forge a trail as the owner of the tables, each with the leaf at which it must be found."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

TABLE, HEADS = "audit_leaf", "accounts_role"


@dataclass(frozen=True)
class Trail:
    """The stream under attack, another one, and how long both are."""

    stream: str
    length: int
    other: str
    other_length: int

    @property
    def code(self) -> str:
        return self.stream.partition(":")[2]


@dataclass(frozen=True)
class Found:
    """Where verification must point, for the stream itself or for another that was hurt as well."""

    seq: int
    what: str = ""


Tamper = Callable[[Trail, random.Random], Found]
tampers: list[Tamper] = []


def tamper(way: Tamper) -> Tamper:
    tampers.append(way)
    return way


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        assert cursor.rowcount != 0, f"nothing was forged: {text} {values}"


# -- edits -------------------------------------------------------------------------------------------------------------


def _edit(trail: Trail, seq: int, assignment: str, *values: Any) -> None:
    sql(f"UPDATE {TABLE} SET {assignment} WHERE stream = %s AND seq = %s", *values, trail.stream, seq)


@tamper
def edit_a_text(trail: Trail, chance: random.Random) -> Found:
    seq, column = chance.randint(1, trail.length), chance.choice(["verb", "actor", "acting_for"])
    _edit(trail, seq, f"{column} = {column} || %s", chance.choice(["x", " ", "，", "0"]))
    return Found(seq, "altered")


@tamper
def edit_the_moment(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _edit(trail, seq, "at = at + %s::interval", chance.choice(["1 microsecond", "-1 day", "8 hours"]))
    return Found(seq, "altered")


@tamper
def edit_the_data(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    change = chance.choice(['{"number": 99}', '{"pack": "别的"}', '{"more": null}', '{"number": "1"}'])
    _edit(trail, seq, "data = data || %s::jsonb", change)
    return Found(seq, "altered")


@tamper
def take_a_word_out_of_the_data(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _edit(trail, seq, "data = data - %s", chance.choice(["number", "pack"]))
    return Found(seq, "altered")


@tamper
def edit_a_seal(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _edit(trail, seq, "mac = set_bit(mac, %s, 1 - get_bit(mac, %s))", *[chance.randrange(256)] * 2)
    return Found(seq, "altered")


@tamper
def put_another_seal_in_its_place(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _edit(trail, seq, f"mac = (SELECT mac FROM {TABLE} WHERE stream = %s AND seq = 1)", trail.other)
    return Found(seq, "altered")


@tamper
def swap_two_leaves(trail: Trail, chance: random.Random) -> Found:
    if trail.length < 2:
        return edit_a_seal(trail, chance)
    first = chance.randint(1, trail.length - 1)
    second = chance.randint(first + 1, trail.length)
    for before, after in ((first, 1_000), (second, first), (1_000, second)):
        _edit(trail, before, "seq = %s", after)
    return Found(first, "altered")


@tamper
def give_a_leaf_another_number(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _edit(trail, seq, "seq = %s", trail.length + chance.randint(2, 9))
    return Found(seq, "missing")


@tamper
def move_a_leaf_to_another_trail(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _edit(trail, seq, "stream = %s, seq = %s", trail.other, trail.other_length + 1)
    return Found(seq, "missing")


# -- deletes -----------------------------------------------------------------------------------------------------------


def _delete(trail: Trail, condition: str, *values: Any) -> None:
    sql(f"DELETE FROM {TABLE} WHERE stream = %s AND {condition}", trail.stream, *values)


@tamper
def delete_a_leaf(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _delete(trail, "seq = %s", seq)
    return Found(seq, "missing")


@tamper
def delete_the_last_leaf(trail: Trail, chance: random.Random) -> Found:
    _delete(trail, "seq = %s", trail.length)
    return Found(trail.length, "missing")


@tamper
def delete_the_end(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    _delete(trail, "seq >= %s", seq)
    return Found(seq, "missing")


@tamper
def delete_all_leaves(trail: Trail, chance: random.Random) -> Found:
    _delete(trail, "true")
    return Found(1, "missing")


@tamper
def delete_a_leaf_and_close_the_gap(trail: Trail, chance: random.Random) -> Found:
    if trail.length < 2:
        return delete_the_last_leaf(trail, chance)
    seq = chance.randint(1, trail.length - 1)
    _delete(trail, "seq = %s", seq)
    for later in range(seq + 1, trail.length + 1):
        _edit(trail, later, "seq = %s", later - 1)
    return Found(seq, "altered")


@tamper
def delete_the_last_leaf_and_count_one_less(trail: Trail, chance: random.Random) -> Found:
    _delete(trail, "seq = %s", trail.length)
    _head(trail, "audit_count = audit_count - 1")
    # A thing never stands without its first leaf; otherwise the seal of the head fits no shorter trail.
    return Found(max(trail.length - 1, 1))


# -- inserts -----------------------------------------------------------------------------------------------------------


def _insert(trail: Trail, seq: int, mac: bytes) -> None:
    sql(
        f"INSERT INTO {TABLE} (stream, seq, at, verb, actor, acting_for, data, mac) "
        "VALUES (%s, %s, now(), 'accounts.role.written', 'system:tests', '', '{\"pack\": \"forged\"}', %s)",
        trail.stream, seq, mac,
    )  # fmt: skip


@tamper
def add_a_leaf(trail: Trail, chance: random.Random) -> Found:
    _insert(trail, trail.length + 1, chance.randbytes(32))
    return Found(trail.length + 1, "altered")


@tamper
def add_a_leaf_and_count_it(trail: Trail, chance: random.Random) -> Found:
    _insert(trail, trail.length + 1, chance.randbytes(32))
    _head(trail, "audit_count = audit_count + 1")
    return Found(trail.length + 1, "altered")


@tamper
def add_a_leaf_past_a_gap(trail: Trail, chance: random.Random) -> Found:
    _insert(trail, trail.length + chance.randint(2, 9), chance.randbytes(32))
    return Found(trail.length + 1, "missing")


@tamper
def add_a_leaf_before_the_first(trail: Trail, chance: random.Random) -> Found:
    _insert(trail, 0, chance.randbytes(32))
    return Found(1, "missing")


@tamper
def push_a_leaf_in(trail: Trail, chance: random.Random) -> Found:
    seq = chance.randint(1, trail.length)
    for later in range(trail.length, seq - 1, -1):
        _edit(trail, later, "seq = %s", later + 1)
    _insert(trail, seq, chance.randbytes(32))
    return Found(seq, "altered")


@tamper
def repeat_the_last_leaf(trail: Trail, chance: random.Random) -> Found:
    sql(
        f"INSERT INTO {TABLE} (stream, seq, at, verb, actor, acting_for, data, mac) "
        f"SELECT stream, seq + 1, at, verb, actor, acting_for, data, mac FROM {TABLE} WHERE stream = %s AND seq = %s",
        trail.stream, trail.length,
    )  # fmt: skip
    return Found(trail.length + 1, "altered")


# -- heads -------------------------------------------------------------------------------------------------------------


def _head(trail: Trail, assignment: str, *values: Any) -> None:
    sql(f"UPDATE {HEADS} SET {assignment} WHERE code = %s", *values, trail.code)


@tamper
def count_more(trail: Trail, chance: random.Random) -> Found:
    _head(trail, "audit_count = audit_count + %s", chance.randint(1, 5))
    return Found(trail.length + 1, "missing")


@tamper
def count_less(trail: Trail, chance: random.Random) -> Found:
    count = chance.randrange(trail.length)
    _head(trail, "audit_count = %s", count)
    return Found(count + 1, "head cut back" if count else "head removed")


@tamper
def edit_the_head(trail: Trail, chance: random.Random) -> Found:
    _head(trail, "audit_head = set_bit(audit_head, %s, 1 - get_bit(audit_head, %s))", *[chance.randrange(256)] * 2)
    return Found(trail.length, "head altered")


@tamper
def remove_the_head(trail: Trail, chance: random.Random) -> Found:
    _head(trail, "audit_head = NULL")
    return Found(trail.length, "head altered")


@tamper
def take_anothers_head(trail: Trail, chance: random.Random) -> Found:
    other = trail.other.partition(":")[2]
    _head(trail, f"audit_head = (SELECT audit_head FROM {HEADS} WHERE code = %s)", other)
    return Found(trail.length, "head altered")


@tamper
def delete_the_thing(trail: Trail, chance: random.Random) -> Found:
    sql(f"DELETE FROM {HEADS} WHERE code = %s", trail.code)
    return Found(1, "no such thing")


@tamper
def delete_the_thing_but_not_the_memory_of_its_first_leaf(trail: Trail, chance: random.Random) -> Found:
    sql(f"DELETE FROM {HEADS} WHERE code = %s", trail.code)
    if trail.length > 1:
        _delete(trail, "seq > 1")
    return Found(1, "no such thing")

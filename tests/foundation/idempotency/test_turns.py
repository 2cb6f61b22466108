"""One key, one effect, one answer: one by one, in sets, and fifty at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.databases import Clone
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts.models import Role
from zhengtong.foundation.idempotency.actions import (
    LONGEST_KEY,
    Claim,
    KeyMissing,
    KeyReused,
    digest_of,
    is_usable_key,
    once,
    take_turns,
)
from zhengtong.foundation.idempotency.models import Turn
from zhengtong.foundation.refusals import Refused

ACTOR = system_actor("tests")
OTHER = system_actor("others")


class NotToday(Refused):
    """Refused: for the test."""

    code = "not_today"


def write(key: str, body: Any = b"{}", *, actor: Any = ACTOR, effect: str = "") -> dict[str, Any]:
    """A write over HTTP in short: the effect is a row, the answer names it."""
    with once(actor, key, action="tests.write", body=body) as turn:
        if turn.is_new:
            row = Role.objects.create(code=effect or f"effect-{Role.objects.count()}", name="角色", owner="tests")
            turn.answer(code=row.code)
    return turn.answered


# -- one by one --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_repetition_does_nothing_and_hears_the_same() -> None:
    first = write("a")
    assert write("a") == first
    assert Role.objects.count() == 1


@pytest.mark.django_db
def test_another_content_under_the_same_key_is_refused() -> None:
    write("a", {"amount": 1})
    with pytest.raises(KeyReused) as refusal:
        write("a", {"amount": 2})
    assert refusal.value.status == 422
    assert Role.objects.count() == 1


@pytest.mark.django_db
def test_the_same_content_is_the_same_whatever_its_order() -> None:
    assert write("a", {"one": 1, "two": "二"}) == write("a", {"two": "二", "one": 1})


def test_the_same_content_for_another_action_is_another() -> None:
    assert digest_of("tests.write", b"{}") != digest_of("tests.erase", b"{}")


@pytest.mark.django_db
def test_keys_are_each_actors_own() -> None:
    assert write("a") != write("a", actor=OTHER)
    assert Role.objects.count() == 2


def test_a_refused_write_gives_the_key_back(committed_db: Clone) -> None:
    with pytest.raises(NotToday), once(ACTOR, "a", action="tests.write", body=b"1"):
        Role.objects.create(code="half", name="角色", owner="tests")
        raise NotToday
    assert not Role.objects.exists()
    assert not Turn.objects.exists()
    assert write("a", b"another content") == {"code": "effect-0"}


@pytest.mark.parametrize("key", ["", "k" * (LONGEST_KEY + 1), "one two", "a\x00", "a\n", "é", "键"])
def test_without_a_usable_key_nothing_is_done(key: str) -> None:
    assert not is_usable_key(key)
    with pytest.raises(KeyMissing) as refusal, once(ACTOR, key, action="tests.write", body=b""):
        raise AssertionError("entered")
    assert refusal.value.status == 400


# -- at once -----------------------------------------------------------------------------------------------------------


def together(calls: list[Any]) -> list[Any]:
    """Each in a thread with a connection of its own."""

    def run(call: Any) -> Any:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:  # the pool has twelve connections
        return [future.result() for future in [threads.submit(run, call) for call in calls]]


def test_fifty_at_once_with_one_key_have_one_effect_and_one_answer(committed_db: Clone) -> None:
    answers = together([lambda: write("a", effect="once")] * 50)
    assert answers == [{"code": "once"}] * 50
    assert Role.objects.count() == 1


def test_when_the_first_of_many_fails_the_next_does_it(committed_db: Clone) -> None:
    chance = iter([True] + [False] * 49)

    def attempt() -> dict[str, Any] | None:
        try:
            with once(ACTOR, "a", action="tests.write", body=b"") as turn:
                if turn.is_new:
                    Role.objects.create(code="once", name="角色", owner="tests")
                    if next(chance):
                        raise NotToday
                    turn.answer(code="once")
            return turn.answered
        except NotToday:
            return None

    answers = together([attempt] * 50)
    assert answers.count(None) == 1
    assert answers.count({"code": "once"}) == 49
    assert Role.objects.count() == 1


# -- in sets -----------------------------------------------------------------------------------------------------------


def claim(key: str, content: bytes = b"1", answer: str = "", actor: Any = ACTOR) -> Claim:
    return Claim(actor.key, key, "tests.write", digest_of("tests.write", content), {"number": answer or key})


@pytest.mark.django_db
def test_a_set_is_told_of_each_claim_on_its_own() -> None:
    assert take_turns([claim("a"), claim("b")]) == [None, None]
    told = take_turns([claim("a", answer="later"), claim("b", b"2"), claim("c"), claim(""), claim("a", actor=OTHER)])
    assert told[0] == {"number": "a"}
    assert isinstance(told[1], KeyReused)
    assert told[2:] == [None, None, None]


@pytest.mark.django_db
def test_one_key_twice_in_a_set_is_one_turn() -> None:
    told = take_turns([claim("a", answer="first"), claim("a", answer="second"), claim("a", b"2"), claim(""), claim("")])
    assert told[:2] == [None, {"number": "first"}]
    assert isinstance(told[2], KeyReused)
    assert told[3:] == [None, None]
    assert Turn.objects.count() == 1


@pytest.mark.django_db
def test_no_claims_no_turns() -> None:
    assert take_turns([]) == []


def test_sets_that_share_keys_neither_block_each_other_for_good_nor_take_a_key_twice(committed_db: Clone) -> None:
    from django.db import transaction

    chance = random.Random(7)
    sets = [[f"k{n}" for n in chance.sample(range(30), 20)] for _ in range(20)]

    def take(number: int) -> list[str]:
        with transaction.atomic():
            told = take_turns([claim(key, answer=str(number)) for key in sets[number]])
        return [key for key, turn in zip(sets[number], told, strict=True) if turn is None]

    taken = [key for keys in together([lambda n=n: take(n) for n in range(20)]) for key in keys]
    assert sorted(taken) == sorted({key for keys in sets for key in keys})

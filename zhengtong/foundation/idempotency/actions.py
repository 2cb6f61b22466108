"""Run a write once for a key; answer a repetition with what was answered before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from zhengtong.foundation import clock, crypto
from zhengtong.foundation.audit.actions import Acting
from zhengtong.foundation.bulk import insert_rows
from zhengtong.foundation.refusals import N_, Refused

from .models import Turn

LONGEST_KEY = 80


class KeyMissing(Refused):
    """Refused: a write over HTTP came without its idempotency key."""

    code = "idempotency_key_missing"
    status = 400
    message = N_("这次提交缺少防重复标识，未作处理。")
    remedy = N_("请刷新页面后重新提交；接口调用请带上 Idempotency-Key。")


class KeyReused(Refused):
    """Refused: the same key came with another content."""

    code = "idempotency_key_reused"
    status = 422
    message = N_("同一个防重复标识不能用于两份不同的内容。")
    remedy = N_("请刷新页面后重新提交；接口调用请换一个新的 Idempotency-Key。")


def is_usable_key(key: str) -> bool:
    """Up to eighty visible ASCII characters, as headers and hidden fields carry them."""
    return 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key


class Once:
    """The turn under way: new, or answered before."""

    def __init__(self, answered: dict[str, Any] | None) -> None:
        self.is_new = answered is None
        self.answered: dict[str, Any] = answered or {}

    def answer(self, **answer: Any) -> None:
        """What a repetition will be told."""
        self.answered = answer


def digest_of(action: str, body: bytes | Mapping[str, Any]) -> bytes:
    """The fingerprint by which the same content is known again."""
    raw = (
        body if isinstance(body, bytes) else json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()
    )
    return crypto.sm3(action.encode() + b"\0" + raw)


@contextmanager
def once(actor: Acting, key: str, *, action: str, body: bytes | Mapping[str, Any]) -> Iterator[Once]:
    """Open a transaction in which the key is taken; a second caller waits, then hears the first one's answer."""
    if not is_usable_key(key):
        raise KeyMissing
    digest = digest_of(action, body)
    with transaction.atomic():
        if _take(actor.key, key, action, digest):
            turn = Once(None)
            yield turn
            Turn.objects.filter(actor=actor.key, key=key).update(answer=turn.answered)
            return
        before = Turn.objects.get(actor=actor.key, key=key)
        if bytes(before.digest) != digest:
            raise KeyReused
        yield Once(before.answer or {})


def _take(actor: str, key: str, action: str, digest: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO idempotency_turn (actor, key, action, digest, at) VALUES (%s, %s, %s, %s, %s)
               ON CONFLICT (actor, key) DO NOTHING RETURNING 1""",
            [actor, key, action, digest, clock.now()],
        )
        return cursor.fetchone() is not None


@dataclass(frozen=True)
class Claim:
    """A key brought with one filing of a set, and the answer it will have if it is new."""

    actor: str
    key: str
    action: str
    digest: bytes
    answer: dict[str, Any]


def take_turns(claims: Sequence[Claim]) -> list[dict[str, Any] | KeyReused | None]:
    """Take the keys of a set in one statement, inside the caller's transaction.

    For each claim: None when it is new (or came without a key), the earlier answer, or the refusal of a reused key.
    """
    first: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if claim.key:
            first.setdefault((claim.actor, claim.key), claim)
    now = clock.now()
    taken = insert_rows(
        Turn,
        [
            {"actor": c.actor, "key": c.key, "action": c.action, "digest": c.digest, "answer": c.answer, "at": now}
            for _, c in sorted(first.items())
        ],
        conflict="actor, key",
        returning="actor, key",
    )
    before = {pair: (claim.digest, claim.answer) for pair, claim in first.items()}
    lost = set(first) - {(actor, key) for actor, key in taken}
    if lost:
        keys = [key for _, key in lost]
        for turn in Turn.objects.filter(actor__in={actor for actor, _ in lost}, key__in=keys):
            before[turn.actor, turn.key] = (bytes(turn.digest), turn.answer or {})
    return [_turn(claim, first, lost, before) for claim in claims]


def _turn(
    claim: Claim, first: Mapping, lost: set[tuple[str, str]], before: Mapping[tuple[str, str], tuple[bytes, dict]]
) -> dict[str, Any] | KeyReused | None:
    pair = (claim.actor, claim.key)
    if not claim.key or (first[pair] is claim and pair not in lost):
        return None
    digest, answer = before[pair]
    return answer if digest == claim.digest else KeyReused()

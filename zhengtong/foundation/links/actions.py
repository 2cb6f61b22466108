"""Call a neighbour: within a stated budget, with a breaker, and a record of it."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import httpx
from django.db import transaction

from zhengtong.foundation import access, clock, crypto
from zhengtong.foundation.access import Actor

from . import mail, rules
from .mail import Letter
from .models import Breaker, Exchange
from .ports import Port, ports

# A neighbour's answer is codes and numbers; whoever sends more is not listened to any longer.
LONGEST_ANSWER = 4 << 20
LONGEST_KEPT = 1 << 16
wait: Callable[[float], None] = time.sleep


def call(
    port: str, method: str, path: str, *, operation: str, about: str, content: Mapping[str, Any] | None = None,
    actor: Actor,
) -> dict[str, Any]:  # fmt: skip
    """The neighbour's answer as JSON. The exchange is its own record: call outside any transaction.

    Every call carries an `Idempotency-Key` made of what it says, so the same call made again by a job is known there.
    Refused: `NeighbourAway` (no answer, 5xx, left alone for now), `NeighbourRefused` (4xx, not the agreed form).
    """
    access.require(actor, "links.call")
    known = ports.get(port)
    asked = json.dumps({"method": method, "path": path, "content": content}, ensure_ascii=False, sort_keys=True)
    with _exchange(known, operation, about, asked) as exchange:
        key = crypto.sm3(f"{operation}\0{about}\0{asked}".encode()).hex()[:32]
        response = _tried(known, exchange, method, path, content, key)
        return _read(known, exchange, response)


def post_letter(port: str, *, letter: Letter, operation: str, about: str, actor: Actor) -> None:
    """Hand a letter to the mail server, once: the exchange is its record. Call outside any transaction.

    Refused: `NeighbourAway` (no answer, or told to come later), `NeighbourRefused` (the server will not take it).
    """
    access.require(actor, "links.call")
    known = ports.get(port)
    if known.is_simulated:
        call(port, "POST", "/letters", operation=operation, about=about, content=asdict(letter), actor=actor)
        return
    asked = json.dumps(asdict(letter), ensure_ascii=False, sort_keys=True)
    with _exchange(known, operation, about, asked) as exchange:
        exchange.attempts = 1
        mail.deliver(known, exchange, letter)


@contextmanager
def _exchange(port: Port, operation: str, about: str, asked: str) -> Iterator[Exchange]:
    """What is said within is one recorded exchange. Refused while the neighbour is left alone."""
    _pass_breaker(port)
    with transaction.atomic(durable=True):
        exchange = Exchange.objects.create(
            port=port.name, operation=operation, about=about, state=Exchange.State.UNDER_WAY,
            asked=asked[:LONGEST_KEPT], started_at=clock.now(),
        )  # fmt: skip
    error = "interrupted"
    try:
        yield exchange
        error = ""
    except rules.Refused as refusal:
        error = exchange.error or refusal.code
        raise
    except Exception as fault:
        error = type(fault).__name__
        raise
    finally:
        _end(port, exchange, error)


def sweep_hanging(*, older_than: timedelta, actor: Actor) -> int:
    """Exchanges whose process died are marked failed; returns how many."""
    access.require(actor, "links.call")
    rows = Exchange.objects.filter(state=Exchange.State.UNDER_WAY, started_at__lt=clock.now() - older_than)
    return rows.update(state=Exchange.State.FAILED, error="process ended", ended_at=clock.now())


def forget_exchanges(*, older_than: timedelta, actor: Actor) -> int:
    """What was said goes after its time, that it was said stays; returns how many."""
    access.require(actor, "links.call")
    rows = Exchange.objects.filter(ended_at__lt=clock.now() - older_than, asked__isnull=False)
    return rows.update(asked=None, answered=None)


def _pass_breaker(port: Port) -> None:
    """Refuse while the neighbour is left alone; when its rest is over, only one call at a time tries it."""
    now = clock.now()
    breaker = Breaker.objects.filter(port=port.name).first()
    if breaker is None or breaker.open_until is None:
        return
    if rules.may_call(breaker.open_until, now):
        probing = now + timedelta(seconds=port.patience.budget)
        if Breaker.objects.filter(port=port.name, open_until=breaker.open_until).update(open_until=probing):
            return
    raise rules.NeighbourAway(port=port.title)


def _tried(
    port: Port, exchange: Exchange, method: str, path: str, content: Mapping[str, Any] | None, key: str
) -> httpx.Response:
    """The first answer that is one, within tries and budget."""
    patience = port.patience
    end = time.monotonic() + patience.budget
    headers = {"Idempotency-Key": key, "X-Request-Id": f"{exchange.pk}"}
    with port.client() as client:
        while True:
            exchange.attempts += 1
            seconds = min(patience.seconds, max(end - time.monotonic(), 0.1))
            was_sent, asked, response = True, "", None
            try:
                response = _sent(client, method, path, content, headers, seconds)
            except httpx.RequestError as error:
                exchange.error, exchange.status_code = type(error).__name__, None
                was_sent = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            else:
                exchange.error, exchange.status_code = "", response.status_code
                asked = response.headers.get("Retry-After", "")
                if response.status_code < 500 and response.status_code not in rules.TURNED_AWAY:
                    return response
            pause = rules.pause_before(exchange.attempts, patience, asked)
            again = rules.may_try_again(method, exchange.status_code, was_sent)
            if not again or exchange.attempts >= patience.tries or time.monotonic() + pause >= end:
                raise rules.NeighbourAway(port=port.title)
            wait(pause)


def _sent(
    client: httpx.Client, method: str, path: str, content: Mapping[str, Any] | None, headers: Mapping[str, str],
    seconds: float,
) -> httpx.Response:  # fmt: skip
    """One request and its whole answer; the seconds bound each silence and, checked between parts, all of it."""
    end = time.monotonic() + seconds
    with client.stream(method, path, json=content, headers=dict(headers), timeout=seconds) as response:
        body = b""
        for part in response.iter_bytes():
            body += part
            if len(body) > LONGEST_ANSWER:
                return httpx.Response(response.status_code)
            if time.monotonic() > end:
                raise httpx.ReadTimeout("the answer takes too long", request=response.request)
        return httpx.Response(
            response.status_code, headers={"Retry-After": response.headers.get("Retry-After", "")}, content=body
        )


def _read(port: Port, exchange: Exchange, response: httpx.Response) -> dict[str, Any]:
    exchange.answered = response.text[:LONGEST_KEPT].replace("\0", "")
    try:
        said = json.loads(response.content)
    except ValueError:
        said = None
    if not response.is_success:
        reason = str(said if said is not None else response.status_code)[: rules.MOST_WORDS]
        raise rules.NeighbourRefused(port=port.title, reason=reason, answer=response.status_code)
    if not isinstance(said, dict):
        raise rules.NeighbourRefused(port=port.title, reason="回答不是约定的格式", answer=response.status_code)
    return said


@transaction.atomic(durable=True)
def _end(port: Port, exchange: Exchange, error: str) -> None:
    """Close the record; whatever answers at all is there, whatever does not is counted."""
    exchange.state = Exchange.State.FAILED if error else Exchange.State.DONE
    exchange.error, exchange.ended_at = error[:300], clock.now()
    exchange.save()
    is_there = exchange.status_code is not None and exchange.status_code < 500
    Breaker.objects.bulk_create([Breaker(port=port.name)], ignore_conflicts=True)
    breaker = Breaker.objects.select_for_update().get(port=port.name)
    before = (breaker.failures, breaker.open_until)
    breaker.failures = 0 if is_there else breaker.failures + 1
    breaker.open_until = None if is_there else rules.open_until(breaker.failures, port.patience, clock.now())
    if (breaker.failures, breaker.open_until) != before:
        breaker.save()

"""Call a neighbour: with time-out, a stated number of tries, a breaker, and a record of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from django.db.models import F

from zhengtong.foundation import access, clock
from zhengtong.foundation.access import Actor

from . import rules
from .models import Breaker, Exchange
from .ports import Port, ports


def call(
    port: str, method: str, path: str, *, operation: str, about: str, content: Mapping[str, Any] | None = None,
    actor: Actor,
) -> dict[str, Any]:  # fmt: skip
    """The neighbour's answer as JSON. The exchange is its own record: call outside any transaction.

    Refused: `NeighbourAway` (no answer, 5xx, left alone for now), `NeighbourRefused` (4xx).
    """
    access.require(actor, "links.call")
    known = ports.get(port)
    breaker, _ = Breaker.objects.get_or_create(port=port)
    if not rules.may_call(breaker.open_until, clock.now()):
        raise rules.NeighbourAway(port=known.title)
    exchange = Exchange.objects.create(
        port=port, operation=operation, about=about, state=Exchange.State.UNDER_WAY, started_at=clock.now()
    )
    try:
        answer = _tried(known, method, path, content, exchange)
    except rules.Refused as refusal:
        _end(exchange, Exchange.State.FAILED, str(refusal))
        if isinstance(refusal, rules.NeighbourAway):
            _count_failure(known)
        raise
    _end(exchange, Exchange.State.DONE)
    if breaker.failures:
        Breaker.objects.filter(port=port).update(failures=0, open_until=None)
    return answer


def _tried(
    port: Port, method: str, path: str, content: Mapping[str, Any] | None, exchange: Exchange
) -> dict[str, Any]:  # fmt: skip
    with port.client() as client:
        for _ in range(port.patience.tries):
            exchange.attempts += 1
            try:
                response = client.request(method, path, json=content)
            except httpx.HTTPError as error:
                exchange.error = type(error).__name__
                continue
            exchange.status_code = response.status_code
            if response.status_code < 500:
                return _read(port, response)
    raise rules.NeighbourAway(port=port.title)


def _read(port: Port, response: httpx.Response) -> dict[str, Any]:
    try:
        said = response.json()
    except ValueError:
        raise rules.NeighbourRefused(port=port.title, reason="回答不是约定的格式") from None
    if response.is_error or not isinstance(said, dict):
        raise rules.NeighbourRefused(port=port.title, reason=str(said)[:200])
    return said


def _end(exchange: Exchange, state: str, error: str = "") -> None:
    exchange.state, exchange.ended_at = state, clock.now()
    exchange.error = (error or exchange.error)[:300] if state == Exchange.State.FAILED else ""
    exchange.save()


def _count_failure(port: Port) -> None:
    Breaker.objects.filter(port=port.name).update(failures=F("failures") + 1)
    breaker = Breaker.objects.get(port=port.name)
    breaker.open_until = rules.open_until(breaker.failures, port.patience, clock.now())
    breaker.save(update_fields=["open_until"])


def sweep_hanging(*, older_than: timedelta, actor: Actor) -> int:
    """Exchanges whose process died are marked failed; returns how many."""
    access.require(actor, "links.call")
    rows = Exchange.objects.filter(state=Exchange.State.UNDER_WAY, started_at__lt=clock.now() - older_than)
    return rows.update(state=Exchange.State.FAILED, error="process ended", ended_at=clock.now())

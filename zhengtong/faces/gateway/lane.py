"""POST /api/v1/cases as a raw ASGI route in front of Django: no middleware, one gathered transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from django.db import DatabaseError, connection

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import Refused

from . import filings, problems, tokens
from .gatherer import Gatherer, NotWritten

log = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
PATH = "/api/v1/cases"


class ClientGone(Exception):
    """Nobody is left to be answered."""


class FilingLane:
    """Answers the filing route itself and passes everything else on."""

    def __init__(self, application: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.application = application
        self.gatherer = Gatherer()
        self.readers = ThreadPoolExecutor(1, thread_name_prefix="lane")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == PATH:
            await self._file(scope, receive, send)
        else:
            await self.application(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        try:
            actor = await self._actor(tokens.token_in(headers.get(b"authorization", "")))
            body = await _body(receive, headers.get(b"content-length", ""))
            outcome = await self.gatherer.submit(
                filings.Sent(body, headers.get(b"content-type", ""), actor, headers.get(b"idempotency-key", ""))
            )
        except Refused as refusal:
            outcome = refusal
        except ClientGone:
            return
        except Exception:
            log.exception("the filing lane broke")
            outcome = problems.Broken()
        if isinstance(outcome, Refused):
            told = msgspec.json.encode(problems.said(outcome, PATH, headers.get(b"accept-language", "")))
            await _answer(send, outcome.status, told, problems.KIND, problems.headers_of(outcome))
        else:
            await _answer(send, 201, filings.answer(outcome), filings.JSON, filings.headers_of(outcome))

    async def _actor(self, token: str) -> Actor:
        if held := tokens.held_actor(token):
            return held
        return await asyncio.get_running_loop().run_in_executor(self.readers, _looked_up, token)


def _looked_up(token: str) -> Actor:
    try:
        return tokens.actor_of(token)
    except DatabaseError:
        log.exception("a token could not be looked up")
        raise NotWritten from None
    finally:
        connection.close()


async def _body(receive: Receive, announced: str) -> bytes:
    if announced.isdigit() and int(announced) > filings.LONGEST_BODY:
        raise problems.BodyTooLong
    parts, length = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > filings.LONGEST_BODY:
            raise problems.BodyTooLong
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, body: bytes, kind: str, more: Mapping[str, str]) -> None:
    headers = {
        "content-type": kind, "content-length": str(len(body)), "cache-control": "no-store",
        "x-content-type-options": "nosniff", **more,
    }  # fmt: skip
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})

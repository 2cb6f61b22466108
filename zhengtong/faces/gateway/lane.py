"""POST /api/v1/cases as a raw ASGI route in front of Django: no middleware, one gathered transaction."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from django.db import connection

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import N_, Refused
from zhengtong.foundation.refusals.middleware import problem

from . import filings, tokens
from .gatherer import Gatherer, Request

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
PATH = "/api/v1/cases"
LONGEST_BODY = 1 << 20


class BodyTooLong(Refused):
    """Refused: more than a form can hold."""

    code = "body_too_long"
    status = 413
    message = N_("请求内容过大，文件请先单独上传。")


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
            body = await _body(receive)
            actor = await self._actor(headers.get(b"authorization", ""))
            outcome = await self.gatherer.submit(Request(body, actor, headers.get(b"idempotency-key", "")))
            if isinstance(outcome, Refused):
                raise outcome
        except Refused as refused:
            await _answer(send, refused.status, problem(refused, PATH), b"application/problem+json")
            return
        await _answer(send, 200 if outcome.again else 201, filings.answer(outcome), b"application/json")

    async def _actor(self, authorization: str) -> Actor:
        scheme, _, token = authorization.partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
        held = tokens.held_actor(token)
        return held or await self._in_thread(tokens.actor_of, token)

    async def _in_thread(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        def asked() -> Any:
            try:
                return ask(*arguments)
            finally:
                connection.close()

        return await asyncio.get_running_loop().run_in_executor(self.readers, asked)


async def _body(receive: Receive) -> bytes:
    parts, length = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > LONGEST_BODY:
            raise BodyTooLong
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, content: dict[str, Any], kind: bytes) -> None:
    body = msgspec.json.encode(content)
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

"""Speak HTTP to a program in this process, WSGI or ASGI, as if it were far away: it may crash, and it may not answer.

The program runs in a thread of its own, with the caller's clock but without his database connection: a neighbour has
no access to our tables.
"""

import asyncio
import inspect
import logging
import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import httpx

Program = Callable[..., Any]
log = logging.getLogger(__name__)


class InProcess(httpx.BaseTransport):
    """A transport that calls the program, and stops waiting when the request's time is over."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        answers: list[httpx.Response] = []
        context = copy_context()
        thread = threading.Thread(target=lambda: answers.append(context.run(self._answer, request)), daemon=True)
        thread.start()
        thread.join(request.extensions.get("timeout", {}).get("read"))
        if not answers:
            raise httpx.ReadTimeout("the program did not answer in time", request=request)
        return answers[0]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        try:
            if _is_asgi(self.program):
                return asyncio.run(self._asgi(request))
            response = httpx.WSGITransport(app=self.program).handle_request(request)
            response.read()
            return httpx.Response(response.status_code, headers=response.headers, content=response.content)
        except Exception:
            # What the far side of a real connection would see of a crash, too.
            log.warning("a program in this process crashed", exc_info=True)
            return httpx.Response(500)

    async def _asgi(self, request: httpx.Request) -> httpx.Response:
        response = await httpx.ASGITransport(app=self.program).handle_async_request(request)
        content = await response.aread()
        return httpx.Response(response.status_code, headers=response.headers, content=content)


def _is_asgi(program: Program) -> bool:
    return inspect.iscoroutinefunction(program) or inspect.iscoroutinefunction(getattr(program, "__call__", None))  # noqa: B004

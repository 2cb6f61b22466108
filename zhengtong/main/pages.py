"""Django behind ASGI: one thread carries a page from the first middleware to the last.

Django's own handler makes a thread for each request and changes it at every middleware that is a plain function, as all
of ours are. Bodies are read and answers sent outside the thread, so that slow browsers hold none.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections
from django.http import HttpResponseBase
from django.urls import set_script_prefix

# More threads take turns on the same interpreter: the slowest pages get slower and nothing gets faster.
PAGES_AT_ONCE = 2


class Pages(ASGIHandler):
    """Every route that has no lane of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.threads = ThreadPoolExecutor(PAGES_AT_ONCE, thread_name_prefix="page")

    def load_middleware(self, is_async: bool = False) -> None:
        """As for plain functions, whatever the handler's own wish."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            response = await self._in_thread(self._answer, scope, body)
        finally:
            body.close()
        await send({"type": "http.response.start", "status": response.status_code, "headers": _headers(response)})
        if not response.streaming:
            await send({"type": "http.response.body", "body": response.content})
            return
        parts = iter(response)
        try:
            while (part := await self._in_thread(_next, parts)) is not None:
                await send({"type": "http.response.body", "body": part, "more_body": True})
        finally:
            await self._in_thread(response.close)
        await send({"type": "http.response.body", "body": b""})

    async def _in_thread(self, step: Callable[..., Any], *arguments: Any) -> Any:
        """From the first middleware to the last part of a stream, language and clock are the request's own."""
        return await sync_to_async(step, thread_sensitive=False, executor=self.threads)(*arguments)

    def _answer(self, scope: Any, body: Any) -> Any:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, malformed = self.create_request(scope, body)
        response: Any = self.get_response(request) if request else malformed
        response._handler_class = self.__class__
        if response.streaming:
            close_old_connections()
        else:
            response.close()  # in the thread that holds the connections
        return response


def _next(parts: Iterator[bytes]) -> bytes | None:
    try:
        return next(parts, None)
    finally:
        close_old_connections()


def _headers(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    cookies = [cookie.output(header="").strip() for cookie in response.cookies.values()]
    named = [*response.items(), *(("Set-Cookie", cookie) for cookie in cookies)]
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in named]

"""The one ASGI entry: a few hot routes are answered by lanes before Django, everything else is Django."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengtong.main.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

# Pages are plain functions: one thread carries a request from the first middleware to the last byte. Django's own ASGI
# handler makes a thread for each request and changes it at every middleware.
PAGES_AT_ONCE = 4
_pages = WSGIMiddleware(get_wsgi_application(), workers=PAGES_AT_ONCE)  # type: ignore[arg-type]

from zhengtong.faces.gateway.lane import FilingLane, Receive, Scope, Send  # noqa: E402 - needs Django ready


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Every page; what the server hands us can be awaited, but only a coroutine can be handed to another thread."""

    async def receiving() -> Any:
        return await receive()

    async def sending(message: Any) -> None:
        await send(message)

    await _pages(scope, receiving, sending)  # type: ignore[arg-type]


application = FilingLane(pages)

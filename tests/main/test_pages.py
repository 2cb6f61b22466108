"""Pages behind ASGI: whoever is slow holds no thread of the few."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.http import StreamingHttpResponse
from django.utils import translation

from zhengtong.main.pages import PAGES_AT_ONCE, Pages

FILE = "/static/ui/icons.svg"


def scope(path: str, *, method: str = "GET", length: int = 0, query: str = "") -> dict[str, Any]:
    headers = [(b"host", b"127.0.0.1"), (b"content-length", str(length).encode())]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
        "root_path": "",
    }


async def asked(pages: Pages, path: str, query: str = "") -> tuple[int, bytes]:
    """One whole visit."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await asyncio.wait_for(pages(scope(path, query=query), receive, send), 20)
    assert not sent[-1].get("more_body")
    return sent[0]["status"], b"".join(message["body"] for message in sent[1:])


def finished(work: Any) -> Any:
    """In a thread of its own: a browser's loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_slow_senders_hold_no_thread() -> None:
    async def go() -> tuple[int, bytes]:
        pages, never = Pages(), asyncio.Event()

        async def receive() -> dict[str, Any]:
            await never.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            raise AssertionError("answered before the request was read")

        slow = [
            asyncio.create_task(pages(scope(FILE, method="POST", length=9), receive, send))
            for _ in range(PAGES_AT_ONCE + 2)
        ]
        answer = await asked(pages, FILE)
        never.set()
        await asyncio.gather(*slow)
        return answer

    assert finished(go())[0] == 200


def test_slow_readers_hold_no_thread() -> None:
    async def go() -> tuple[int, bytes]:
        pages, never, begun = Pages(), asyncio.Event(), []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            begun.append(message)
            await never.wait()

        slow = [asyncio.create_task(pages(scope(FILE), receive, send)) for _ in range(PAGES_AT_ONCE + 2)]
        while len(begun) < len(slow):
            await asyncio.sleep(0.01)
        answer = await asked(pages, FILE)
        never.set()
        await asyncio.gather(*slow)
        return answer

    status, content = finished(go())
    assert status == 200
    assert content.startswith(b"<svg")


def test_a_page_stays_in_one_thread(monkeypatch: Any) -> None:
    threads: list[str] = []
    pages = Pages()
    real = pages.get_response

    def told(request: Any) -> Any:
        threads.append(threading.current_thread().name)
        return real(request)

    monkeypatch.setattr(pages, "get_response", told)
    finished(asked(pages, FILE))
    assert len(threads) == 1
    assert threads[0].startswith("page")


def test_a_stream_keeps_the_language_of_its_request(monkeypatch: Any) -> None:
    pages = Pages()

    def answer(request: Any) -> StreamingHttpResponse:
        translation.activate(request.GET["language"])
        return StreamingHttpResponse(translation.get_language() + " " for _ in range(20))

    async def go() -> list[tuple[int, bytes]]:
        wanted = ("en", "zh-hans", "zh-hant") * 3
        return list(await asyncio.gather(*(asked(pages, FILE, f"language={language}") for language in wanted)))

    monkeypatch.setattr(pages, "get_response", answer)
    told = [content.decode().split() for _, content in finished(go())]
    assert told == [[language] * 20 for language in ("en", "zh-hans", "zh-hant") * 3]

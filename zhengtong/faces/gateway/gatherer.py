"""Concurrent filings of one process wait a moment for each other and share a transaction.

Each caller is answered only after the commit that holds his case. A set that fails as a whole is tried again one by
one, each with its own idempotency key, so one bad row never takes others with it.
"""

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import DatabaseError, connection

from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import N_, Refused
from zhengtong.topics.cases import actions as cases

from . import filings

log = logging.getLogger(__name__)
MOST_AT_ONCE = 64
MOST_WAITING = 2_000
WRITERS = 2


class Overloaded(Refused):
    """Refused: more is waiting than can be written within a bearable time."""

    code = "overloaded"
    status = 503
    message = N_("系统繁忙，请稍后再试。")
    remedy = N_("请在几秒后用同一个 Idempotency-Key 重试，不会重复提交。")


class NotWritten(Refused):
    """Refused: the database did not take it; the same key may be sent again."""

    code = "not_written"
    status = 503
    message = N_("暂时无法保存，请稍后再试。")
    remedy = N_("请用同一个 Idempotency-Key 重试，不会重复提交。")


@dataclass(frozen=True, slots=True)
class Request:
    """A filing as it came over the wire: its body is read by the writer, who has a database at hand."""

    body: bytes
    actor: Actor
    key: str


Outcome = cases.Submitted | Refused
Waiting = tuple[Request, "asyncio.Future[Outcome]"]


class Gatherer:
    """A queue and at most two writers, each a thread with a database connection of its own."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._writing = 0
        self._threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="filing")

    async def submit(self, request: Request) -> Outcome:
        """Hand in one filing and wait for its own outcome. Refused when too many wait already."""
        if len(self._waiting) >= MOST_WAITING:
            raise Overloaded
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((request, outcome))
        if self._writing < WRITERS:
            self._writing += 1
            # Held by the loop until done: `_write_waiting` never raises.
            self._task = asyncio.create_task(self._write_waiting())
        return await outcome

    async def _write_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))]
                outcomes = await loop.run_in_executor(self._threads, write, [request for request, _ in batch])
                for (_, waiting), outcome in zip(batch, outcomes, strict=True):
                    if not waiting.done():
                        waiting.set_result(outcome)
        finally:
            self._writing -= 1


def write(requests: list[Request]) -> list[Outcome]:
    """One transaction for all that can be read; on failure one for each."""
    read = [_read(request) for request in requests]
    good = [filing for filing in read if not isinstance(filing, Refused)]
    try:
        written = iter(cases.submit_cases(good))
    except Exception:
        log.warning("a set of %d filings failed and is written one by one", len(good), exc_info=True)
        connection.close()
        written = iter([_write_one(filing) for filing in good])
    return [filing if isinstance(filing, Refused) else next(written) for filing in read]


def _read(request: Request) -> cases.Filing | Refused:
    try:
        return filings.read(request.body, actor=request.actor, key=request.key)
    except Refused as refusal:
        return refusal


def _write_one(filing: cases.Filing) -> Outcome:
    try:
        return cases.submit_cases([filing])[0]
    except DatabaseError:
        log.exception("a filing was not written")
        connection.close()
        return NotWritten()

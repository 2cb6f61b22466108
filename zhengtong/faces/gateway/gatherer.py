"""Concurrent filings of one process wait a moment for each other and share a transaction.

Each caller is answered only after the commit that holds his case. A set that fails as a whole is tried again one by
one, each with its own idempotency key, so one bad row never takes others with it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, DataError, connection

from zhengtong.foundation.refusals import N_, Refused
from zhengtong.topics.cases import actions as cases

from . import filings
from .problems import SAFE_TO_REPEAT, Broken, ValueUnstorable

log = logging.getLogger(__name__)
MOST_AT_ONCE = 64
MOST_WAITING = 2_000


class Overloaded(Refused):
    """Refused: more is waiting than can be written within a bearable time."""

    code = "overloaded"
    status = 503
    message = N_("系统繁忙，请稍后再试。")
    remedy = SAFE_TO_REPEAT


class NotWritten(Refused):
    """Refused: the database did not take it; the same key may be sent again."""

    code = "not_written"
    status = 503
    message = N_("暂时无法保存，请稍后再试。")
    remedy = SAFE_TO_REPEAT


T = TypeVar("T")
Outcome = cases.Submitted | Refused
Waiting = tuple[filings.Sent, "asyncio.Future[Outcome]"]


class Gatherer:
    """A queue and one writer, a thread with a database connection of its own.

    A second writer takes the same cores twice: the sets halve and the rate falls by a fifth.
    """

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="filing")

    async def submit(self, sent: filings.Sent) -> Outcome:
        """Hand in one filing and wait for its own outcome. Refused when too many wait already."""
        if len(self._waiting) >= MOST_WAITING:
            raise Overloaded
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((sent, outcome))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())
        return await outcome

    async def _write_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self._waiting)))]
            outcomes = await loop.run_in_executor(self._thread, write, [sent for sent, _ in batch])
            for (_, waiting), outcome in zip(batch, outcomes, strict=True):
                if not waiting.done():
                    waiting.set_result(outcome)


def write(sent: list[filings.Sent]) -> list[Outcome]:
    """One transaction for all that can be read; on failure one for each. Never raises: somebody waits for each."""
    read = [_guarded(partial(filings.read, one)) for one in sent]
    good = [filing for filing in read if isinstance(filing, cases.Filing)]
    try:
        written = iter(cases.submit_cases(good))
    except Exception:
        log.warning("a set of %d filings failed and is written one by one", len(good), exc_info=True)
        connection.close()
        written = iter([_guarded(partial(_submit_one, one)) for one in good])
    return [next(written) if isinstance(filing, cases.Filing) else filing for filing in read]


def _guarded(step: Callable[[], T]) -> T | Refused:
    try:
        return step()
    except Refused as refusal:
        return refusal
    except DataError:
        return ValueUnstorable()
    except DatabaseError:
        log.exception("a filing was not written")
        connection.close()
        return NotWritten()
    except Exception:
        log.exception("a filing broke")
        connection.close()
        return Broken()


def _submit_one(filing: cases.Filing) -> Outcome:
    return cases.submit_cases([filing])[0]

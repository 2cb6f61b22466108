"""Work done later, by procrastinate: deferred in the action's transaction, run by the worker after commit."""

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

RETRY = RetryStrategy(max_attempts=12, exponential_wait=2)


def job(
    name: str, *, queue: str = "default", every: str = "", lock: str = ""
) -> Callable[[Callable[..., None]], Callable[..., None]]:  # fmt: skip
    """Register a function of keyword arguments as a job; it must be idempotent, for it may run again after a crash.

    `every` is a cron line in UTC at which it also runs by itself and is told the planned moment as `timestamp`.
    Of jobs with the same `lock` only one runs at a time.
    """

    def register(run: Callable[..., None]) -> Callable[..., None]:
        task = app.task(name=name, queue=queue, retry=RETRY, lock=lock or None)(run)
        if every:
            app.periodic(cron=every)(task)
        return run

    return register


def defer(name: str, **arguments: Any) -> None:
    """Queue a job in the current transaction: no commit, no job."""
    app.configure_task(name).defer(**arguments)

"""The one place that knows what time it is; tests and the simulator move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """This moment, aware, in China's one time zone."""
    return _moved.get() or datetime.now(CHINA)  # noqa: TID251 - the one caller


def today() -> date:
    """The calendar day it is in China."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block, `now()` is this moment."""
    if moment.tzinfo is None:
        raise ValueError("a moved clock needs an aware datetime")
    token = _moved.set(moment.astimezone(CHINA))
    try:
        yield
    finally:
        _moved.reset(token)

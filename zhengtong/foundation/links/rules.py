"""When a neighbour is called again, and when it is left alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengtong.foundation.refusals import N_, Refused

# Repeating these does not do the thing twice, whatever became of the first try.
REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
# The neighbour says it did not do it and asks to be called later.
TURNED_AWAY = frozenset({429, 503})
MOST_WORDS = 200


class NeighbourAway(Refused):
    """Refused: the other system does not answer or is being left alone; the work waits and is tried again."""

    code = "neighbour_away"
    status = 503
    message = N_("{port} 暂时联系不上，系统会自动重试。")


class NeighbourRefused(Refused):
    """Refused: the other system answered that it will not."""

    code = "neighbour_refused"
    status = 502
    message = N_("{port} 没有接受：{reason}")


@dataclass(frozen=True)
class Patience:
    """How long and how often: all that one call may cost, and when the neighbour is left alone.

    Seconds for one try; tries within one call; the first pause between them, doubled each time; seconds for the whole
    call, pauses included; failures in a row before leaving it alone; for how long at first.
    """

    seconds: float = 5.0
    tries: int = 3
    pause: float = 0.5
    budget: float = 15.0
    failures: int = 5
    rest: timedelta = timedelta(seconds=30)


def open_until(failures: int, patience: Patience, now: datetime) -> datetime | None:
    """Until when the neighbour is left alone; longer with every further failure, five minutes at most."""
    if failures < patience.failures:
        return None
    longer = min(2 ** min(failures - patience.failures, 10), 10)
    return now + patience.rest * longer


def may_call(open_until: datetime | None, now: datetime) -> bool:
    """Whether it is not being left alone."""
    return open_until is None or open_until <= now


def may_try_again(method: str, status: int | None, was_sent: bool) -> bool:
    """Whether the same request may go out once more: never when a first one may have been carried out unseen."""
    if status is not None and status < 500 and status not in TURNED_AWAY:
        return False
    return method in REPEATABLE or not was_sent or status in TURNED_AWAY


def pause_before(attempt: int, patience: Patience, asked: str = "") -> float:
    """Seconds to wait before the next try (the first is attempt 1); what the neighbour asks for counts if longer."""
    own = patience.pause * 2 ** (attempt - 1)
    return max(own, float(asked)) if asked.isascii() and asked.isdigit() else own

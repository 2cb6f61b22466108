"""When a neighbour is called again, and when it is left alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengtong.foundation.refusals import N_, Refused


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
    """Seconds for one try, tries within one call, failures in a row before leaving it alone, for how long."""

    seconds: float = 5.0
    tries: int = 2
    failures: int = 5
    rest: timedelta = timedelta(seconds=30)


def open_until(failures: int, patience: Patience, now: datetime) -> datetime | None:
    """Until when the neighbour is left alone; longer with every further failure, five minutes at most."""
    if failures < patience.failures:
        return None
    longer = min(2 ** (failures - patience.failures), 10)
    return now + patience.rest * longer


def may_call(open_until: datetime | None, now: datetime) -> bool:
    return open_until is None or open_until <= now

"""How urgent a running limit is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from .calendars import Calendar
from .counting import Due, local_day, working_days_between
from .limits import Unit


class Light(StrEnum):
    """How urgent: green, yellow, red."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Yellow when no more than this share, or no more than this many working days, is left."""

    share: float | Fraction = Fraction(1, 3)
    working_days: int = 2


def days_left(due: Due, now: datetime, calendar: Calendar) -> int:
    """Days still to come, today not among them, in the unit of the limit; negative when it is over."""
    today = local_day(now)
    if due.limit.unit is Unit.WORKING_DAY:
        return working_days_between(today, due.date, calendar, due.pauses)
    return (due.date - today).days


def light(due: Due, now: datetime, calendar: Calendar, thresholds: Thresholds = Thresholds()) -> Light:
    """The light of a running limit; it informs, it is not the record of an overdue case (see `Due.has_lapsed`)."""
    if not due.is_met_by(now):
        return Light.RED
    # 0.3333 in a parameter means a third.
    share = Fraction(thresholds.share).limit_denominator(100)
    if due.limit.unit is Unit.HOUR:
        assert isinstance(due.start, datetime)
        return Light.YELLOW if due.moment - now <= (due.moment - due.start) * float(share) else Light.GREEN
    today, first = local_day(now), local_day(due.start)
    left = working_days_between(today, due.date, calendar, due.pauses)
    if left <= thresholds.working_days:
        return Light.YELLOW
    if due.limit.unit is Unit.WORKING_DAY:
        whole = due.limit.amount
    else:
        left, whole = (due.date - today).days, (due.date - first).days
    return Light.YELLOW if left <= whole * share else Light.GREEN

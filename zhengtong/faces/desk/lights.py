"""How urgent a case or a task is: the rule of the deadlines engine with the district's thresholds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.deadlines import rules as deadlines
from zhengtong.foundation import clock
from zhengtong.foundation.params import queries as params

AT_INTAKE = ("submitted", "received")
RUNNING = ("accepted", "in_review")


@dataclass(frozen=True)
class Light:
    """What the deadline component is told."""

    due: date
    left: int | None
    state: str
    is_provisional: bool = False


def light_of(due: date | None, since: datetime, *, is_provisional: bool = False) -> Light | None:
    """The light of a limit that runs from a moment to a day; none where no clock runs."""
    if due is None:
        return None
    calendar, now = calendars.calendar(), clock.now()
    first = min(deadlines.local_day(since), due)
    limit = deadlines.Limit(deadlines.working_days_between(first, due, calendar), deadlines.Unit.WORKING_DAY)
    whole = deadlines.Due(first, limit, (), due, deadlines.end_of(due), is_provisional, "")
    left: int | None = deadlines.working_days_between(deadlines.local_day(now), due, calendar)
    if left == 0 and deadlines.local_day(now) > due:
        left = None  # over since a rest day: neither due today nor a working day late
    return Light(due, left, deadlines.light(whole, now, calendar, _thresholds()).value, is_provisional)


def light_of_case(case: Any) -> Light | None:
    """To the day by which somebody owes the applicant an answer."""
    if case.status in AT_INTAKE:
        return light_of(case.accept_due, case.received_at or case.submitted_at)
    if case.status in RUNNING:
        due = case.promised_due or case.statutory_due
        return light_of(due, case.accepted_at, is_provisional=case.due_provisional)
    return None


def _thresholds() -> deadlines.Thresholds:
    today = clock.today()
    return deadlines.Thresholds(
        share=params.parameter("lights.yellow_at_share", on=today).value,
        working_days=params.integer("lights.yellow_at_days", on=today),
    )

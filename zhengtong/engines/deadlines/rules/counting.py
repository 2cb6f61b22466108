"""The count itself: Civil Code articles 201 to 204, and the laws that count in working days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.refusals import N_

from .calendars import Calendar, Kind
from .limits import Limit, Pause, StartUnclear, Unit

ONE_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What the count did with a day."""

    START = "start"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    MOVED = "moved"
    LAST = "last"


MARK_WORDS = {
    Mark.START: N_("起算当日，不计入"),
    Mark.COUNTED: N_("计入"),
    Mark.SKIPPED: N_("不计入"),
    Mark.PAUSED: N_("暂停期间，不计入"),
    Mark.MOVED: N_("期满日遇休息日，顺延"),
    Mark.LAST: N_("到期日"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the proof; `number` says which day of the limit it is, `known` whether its year is published."""

    date: date
    kind: Kind
    mark: Mark
    number: int | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit, with all that is needed to count it again."""

    start: date | datetime
    limit: Limit
    pauses: tuple[Pause, ...]
    date: date
    moment: datetime
    provisional: bool
    calendar: str

    @property
    def binding(self) -> bool:
        """Whether a legal effect may hang on the date: it rests on published calendars only."""
        return not self.provisional

    def is_met_by(self, finish: datetime) -> bool:
        """Done in time: by the last moment, or by 24:00 of the last day."""
        if self.limit.unit is Unit.HOUR:
            return finish <= self.moment
        return local_day(finish) <= self.date

    def has_lapsed(self, now: datetime) -> bool:
        """Over, with legal effect; never so on a provisional date."""
        return self.binding and not self.is_met_by(now)


def local_day(moment: date | datetime) -> date:
    """The calendar day in China's one time zone; a moment without a zone is refused."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise StartUnclear(start=moment)
    return moment.astimezone(CHINA).date()


def end_of(day: date) -> datetime:
    """24:00 of the day."""
    return datetime.combine(day + ONE_DAY, time.min, CHINA)


def due(start: date | datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """When the limit ends; the day of the starting event does not count."""
    pauses, first = tuple(pauses), local_day(start)
    try:
        if limit.unit is Unit.HOUR:
            moment, provisional = _hours_later(start, limit.amount, pauses), False
            last = local_day(moment)
        else:
            last, provisional = _counted(first, limit, calendar, pauses)
            moment = end_of(last)
    except (OverflowError, ValueError):
        raise StartUnclear(start=start) from None
    return Due(start, limit, pauses, last, moment, provisional, calendar.version(first, last))


def days(due: Due, calendar: Calendar) -> list[Day]:
    """The proof: every day from the starting event to the last day, and what the count did with it."""
    first = local_day(due.start)
    if due.limit.unit is not Unit.HOUR:
        return list(_walk(first, due.limit, calendar, due.pauses))
    return [
        Day(day, calendar.kind(day), _hour_mark(day, due), known=calendar.knows(day)) for day in _span(first, due.date)
    ]


def working_days_between(
    start: date | datetime, end: date | datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> int:
    """Working days used: the first day excluded, the last included, paused days left out; negative backwards."""
    first, last, pauses = local_day(start), local_day(end), tuple(pauses)
    if last < first:
        return -working_days_between(last, first, calendar, pauses)
    return sum(calendar.is_working_day(day) and not _is_paused(day, pauses) for day in _span(first, last)[1:])


@lru_cache(4_096)
def _counted(first: date, limit: Limit, calendar: Calendar, pauses: tuple[Pause, ...]) -> tuple[date, bool]:
    """The last day and whether it is provisional: on one day, many cases start the same limit."""
    walked = list(_walk(first, limit, calendar, pauses))
    return walked[-1].date, any(not day.known and _leans_on_calendar(day, limit) for day in walked)


def _walk(first: date, limit: Limit, calendar: Calendar, pauses: tuple[Pause, ...]) -> Iterator[Day]:
    """Day by day until the limit is full and, where it ends on a rest day, until people work again."""
    if not limit.amount:
        yield Day(first, calendar.kind(first), Mark.LAST, 0, calendar.knows(first))
        return
    yield Day(first, calendar.kind(first), Mark.START, known=calendar.knows(first))
    by_working_day = limit.unit is Unit.WORKING_DAY
    target = limit.amount if by_working_day else _calendar_days(first, limit)
    number, day, mark = 0, first, Mark.START
    while mark is not Mark.LAST:
        day += ONE_DAY
        works = calendar.is_working_day(day)
        counts = False
        if _is_paused(day, pauses):
            mark = Mark.PAUSED
        elif number < target and by_working_day and not works:
            mark = Mark.SKIPPED
        else:
            counts = number < target
            number += counts
            mark = Mark.COUNTED if number < target else Mark.LAST if works else Mark.MOVED
        yield Day(day, calendar.kind(day), mark, number if counts else None, calendar.knows(day))


def _leans_on_calendar(day: Day, limit: Limit) -> bool:
    """Whether another list of rest days could have changed what the count did with the day."""
    if limit.unit is Unit.WORKING_DAY:
        return day.mark in (Mark.COUNTED, Mark.SKIPPED, Mark.LAST) and limit.amount > 0
    return day.mark in (Mark.MOVED, Mark.LAST) and limit.amount > 0


def _calendar_days(first: date, limit: Limit) -> int:
    """The length in days; a month ends on the corresponding day, or on the last of a month that has no such day."""
    if limit.unit is Unit.CALENDAR_DAY:
        return limit.amount
    months = first.month - 1 + limit.amount * (12 if limit.unit is Unit.YEAR else 1)
    month = date(first.year + months // 12, months % 12 + 1, 1)
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (min(following - ONE_DAY, month + timedelta(days=first.day - 1)) - first).days


def _hours_later(start: date | datetime, amount: int, pauses: tuple[Pause, ...]) -> datetime:
    """Wall time, whole paused days left out."""
    if not isinstance(start, datetime):
        raise StartUnclear(start=start)
    moment, left = start.astimezone(CHINA), timedelta(hours=amount)
    while pauses and left:
        midnight = end_of(moment.date())
        if _is_paused(moment.date(), pauses):
            moment = midnight
            continue
        step = min(left, midnight - moment)
        moment, left = moment + step, left - step
    return moment + left


def _hour_mark(day: date, due: Due) -> Mark:
    if _is_paused(day, due.pauses):
        return Mark.PAUSED
    return Mark.LAST if day == due.date else Mark.COUNTED


def _is_paused(day: date, pauses: tuple[Pause, ...]) -> bool:
    return any(day in pause for pause in pauses)


def _span(first: date, last: date) -> list[date]:
    return [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1)]

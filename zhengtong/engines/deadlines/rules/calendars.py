"""Which days are worked: the published list of rest days and working weekends, year by year."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from zhengtong.foundation.refusals import N_, Refused


class CalendarInvalid(Refused):
    """Refused: the list of rest days and working weekends contradicts itself."""

    code = "calendar_invalid"
    status = 422
    message = N_("{year} 年的放假安排有误：{problem}（{days}）。")
    remedy = N_("请对照国务院办公厅当年的放假通知逐日核对。")


class Kind(StrEnum):
    """What a day is in the calendar."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


KIND_WORDS = {
    Kind.WORKDAY: N_("工作日"),
    Kind.MAKE_UP: N_("调休上班"),
    Kind.WEEKEND: N_("周末"),
    Kind.HOLIDAY: N_("放假"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """One year as published; refuses to contradict itself. A working weekend is a Saturday or a Sunday."""

    year: int
    rest_days: tuple[date, ...]
    workdays: tuple[date, ...] = ()
    version: int = 1

    def __post_init__(self) -> None:
        rest, work = self.rest_days, self.workdays
        if not rest:
            raise CalendarInvalid(year=self.year, problem=N_("没有列出放假日"), days=self.year)
        self._refuse(N_("不在这一年"), (day for day in rest + work if day.year != self.year))
        self._refuse(N_("重复列出"), (day for days in (rest, work) for day in days if days.count(day) > 1))
        self._refuse(N_("既放假又上班"), set(rest) & set(work))
        self._refuse(N_("周一至周五不是调休上班日"), (day for day in work if day.weekday() < 5))

    def _refuse(self, problem: str, days: Iterable[date]) -> None:
        if listed := sorted(set(days)):
            raise CalendarInvalid(year=self.year, problem=problem, days="、".join(map(str, listed)))


@dataclass(frozen=True, eq=False)
class Calendar:
    """The years loaded; of other years it knows only Monday to Friday. Hashed by identity: counts are remembered."""

    years: dict[int, Year] = field(default_factory=dict)
    rest_days: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, years: Iterable[Year]) -> Self:
        known = {year.year: year for year in sorted(years, key=lambda year: year.year)}
        return cls(
            known,
            frozenset(day for year in known.values() for day in year.rest_days),
            frozenset(day for year in known.values() for day in year.workdays),
        )

    def knows(self, day: date) -> bool:
        return day.year in self.years

    def kind(self, day: date) -> Kind:
        if day in self.workdays:
            return Kind.MAKE_UP
        if day in self.rest_days:
            return Kind.HOLIDAY
        return Kind.WORKDAY if day.weekday() < 5 else Kind.WEEKEND

    def is_working_day(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < 5 and day not in self.rest_days)

    def version(self, first: date, last: date) -> str:
        """Which lists a count from one day to another rests on, such as “2026.1 2027.0”; 0 means not published."""
        spanned = range(first.year, last.year + 1)
        return " ".join(f"{year}.{self.years[year].version if year in self.years else 0}" for year in spanned)

"""Openings cut into half hours; who falls out when there are fewer places; the refusals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from zhengtong.foundation.refusals import N_, Refused

MINUTES = 30
LENGTH = timedelta(minutes=MINUTES)
MOST_PLACES = 500
CHINA = ZoneInfo("Asia/Shanghai")


class SlotFull(Refused):
    """Refused: all places of that half hour are taken."""

    code = "slot_full"
    message = N_("{when} 的号刚刚约满了。")
    remedy = N_("请换一个时间；急着办的，也可以直接到大厅现场取号。")


class OpeningsInvalid(Refused):
    """Refused: these opening hours cannot be cut into half hours."""

    code = "openings_invalid"
    status = 422
    message = N_("开放时段“{opening}”有误：{problem}。")
    remedy = N_("时段请从整点或半点开始、到整点或半点结束，互不重叠，每半小时 1 到 500 个号。")


@dataclass(frozen=True, order=True)
class Opening:
    """From one time of day to another, with so many places in every half hour."""

    start: time
    end: time
    places: int

    def __str__(self) -> str:
        return f"{self.start:%H:%M}—{self.end:%H:%M}"


@dataclass(frozen=True, order=True)
class Time:
    """One half hour of a day that is offered, with its places."""

    number: int
    places: int

    @property
    def starts_at(self) -> datetime:
        return starts_at(self.number)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + LENGTH


def number_of(moment: datetime) -> int:
    """The half hour, counted from 1970, in which a moment lies."""
    return int(moment.timestamp()) // (MINUTES * 60)


def starts_at(number: int) -> datetime:
    """When a half hour begins."""
    return datetime.fromtimestamp(number * MINUTES * 60, CHINA)


def check_openings(openings: Sequence[Opening]) -> tuple[Opening, ...]:
    """The openings in order. Refused: off the half hour, backwards, without places, one over the other."""
    ordered = tuple(sorted(openings))
    for one in ordered:
        if any(end.minute % MINUTES or end.second or end.microsecond for end in (one.start, one.end)):
            raise OpeningsInvalid(opening=one, problem=N_("不在整点或半点"))
        if one.start >= one.end:
            raise OpeningsInvalid(opening=one, problem=N_("结束不晚于开始"))
        if not 1 <= one.places <= MOST_PLACES:
            raise OpeningsInvalid(opening=one, problem=N_("号数不对"))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise OpeningsInvalid(opening=after, problem=N_("与另一个时段重叠"))
    return ordered


def times(day: date, openings: Iterable[Opening]) -> list[Time]:
    """The half hours of a day, in order; openings that overlap are refused, so places never add up."""
    return [time for opening in check_openings(list(openings)) for time in _cut(day, opening)]


def _cut(day: date, opening: Opening) -> Iterator[Time]:
    first, last = (datetime.combine(day, end, CHINA) for end in (opening.start, opening.end))
    return (Time(number, opening.places) for number in range(number_of(first), number_of(last)))


def falling_out(taken: Mapping[int, Sequence[Any]], offered: Iterable[Time]) -> list[Any]:
    """Whoever has no place any more under new hours: of each half hour, those who came last.

    `taken`: the half hour's number → its holders, the first to come first.
    """
    places = {time.number: time.places for time in offered}
    return [holder for number in sorted(taken) for holder in taken[number][places.get(number, 0) :]]

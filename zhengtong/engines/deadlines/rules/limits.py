"""How much time: amounts, units, pauses, and the refusals of what cannot be counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self

from zhengtong.foundation.refusals import N_, Refused

MOST = 10_000


class LimitInvalid(Refused):
    """Refused: this is not an amount of time."""

    code = "limit_invalid"
    status = 422
    message = N_("期限「{amount} {unit}」看不懂。")
    remedy = N_("数量填零或正整数，单位填工作日、自然日、月、年或小时。")


class StartUnclear(Refused):
    """Refused: the starting day or moment cannot be used for counting."""

    code = "start_unclear"
    status = 422
    message = N_("起算时间「{start}」不能用来计算期限。")
    remedy = N_("按日、月、年计算的填日期；按小时计算的填带时区的时刻。")


class PauseInvalid(Refused):
    """Refused: the pause ends before it begins."""

    code = "pause_invalid"
    status = 422
    message = N_("暂停的截止日 {end} 早于开始日 {start}。")
    remedy = N_("请核对暂停的起止日期。")


class Unit(StrEnum):
    """What an amount of time is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


WORDS = {
    Unit.WORKING_DAY: N_("{amount} 个工作日"),
    Unit.CALENDAR_DAY: N_("{amount} 日"),
    Unit.MONTH: N_("{amount} 个月"),
    Unit.YEAR: N_("{amount} 年"),
    Unit.HOUR: N_("{amount} 小时"),
}
ON_THE_SPOT = N_("当场")


@dataclass(frozen=True, slots=True)
class Limit:
    """How much time there is; an amount of nothing means on the spot."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        units = set(Unit)
        if type(self.amount) is not int or not 0 <= self.amount <= MOST or self.unit not in units:
            raise LimitInvalid(amount=self.amount, unit=self.unit)
        object.__setattr__(self, "unit", Unit(self.unit))

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Self:
        """From the words of a pack or a parameter: {amount: 20, unit: working_day, …}."""
        return cls(entry.get("amount"), entry.get("unit"))  # type: ignore[arg-type]  # __post_init__ is the check

    def __add__(self, extension: "Limit") -> "Limit":
        """The same clock made longer; an extension in another unit is no extension of this clock."""
        if extension.unit != self.unit:
            raise LimitInvalid(amount=extension.amount, unit=extension.unit)
        return Limit(self.amount + extension.amount, self.unit)

    def wording(self) -> str:
        """Such as “20 个工作日”."""
        return WORDS[self.unit].format(amount=self.amount) if self.amount else ON_THE_SPOT


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both ends included; a day paused in part is paused once."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PauseInvalid(start=self.start, end=self.end)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

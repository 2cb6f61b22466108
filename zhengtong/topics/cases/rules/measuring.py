"""Shares with their two numbers beside them, lest one case look like half of the town."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from zhengtong.foundation.refusals import N_

# The ways of delivery that nobody has to come for, as they are said on the case.
WITHOUT_COMING = (N_("电子送达"), N_("邮寄送达"))
ONLINE = ("online", "mobile")
# Online depths: offered online in any way; handled online to the end.
OFFERED, TO_THE_END = frozenset(range(2, 8)), frozenset({5, 6, 7})
# What a drill-down shows: all that count, those that were online to the end, those that were not, those not counted.
HEAPS = {
    "counted": N_("全部已送达"),
    "online": N_("真正全程网办"),
    "other": N_("没有全程网办"),
    "undelivered": N_("已办结、还没有送达"),
}


@dataclass(frozen=True)
class Share:
    """Part of a whole."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """With one decimal, half rounded up; None of nothing."""
        if self.whole == 0:
            return None
        return (Decimal(100 * self.part) / self.whole).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True)
class Measured:
    """One item of one department in a period: what it offers, and what came of its cases."""

    department: str
    department_name: str
    item: str
    item_name: str
    depths: frozenset[int]
    real: Share
    undelivered: int

    @property
    def is_offered(self) -> bool:
        return bool(self.depths & OFFERED)

    @property
    def is_offered_to_the_end(self) -> bool:
        return bool(self.depths & TO_THE_END)


@dataclass(frozen=True)
class Total:
    """Several items together: how many of them could be handled online, how many of their cases really were."""

    name: str
    key: str
    could: Share
    could_to_the_end: Share
    real: Share
    undelivered: int
    small_below: int

    @property
    def is_small(self) -> bool:
        return self.real.whole < self.small_below

    @property
    def note(self) -> str:
        if self.real.whole == 0:
            return N_("这段时间没有送达的办件。")
        return N_("办件较少，比率仅供参考。") if self.is_small else ""


def total(name: str, key: str, rows: list[Measured], *, small_below: int) -> Total:
    """The sum of some items."""
    return Total(
        name, key,
        could=Share(sum(row.is_offered for row in rows), len(rows)),
        could_to_the_end=Share(sum(row.is_offered_to_the_end for row in rows), len(rows)),
        real=sum((row.real for row in rows), Share(0, 0)),
        undelivered=sum(row.undelivered for row in rows),
        small_below=small_below,
    )  # fmt: skip

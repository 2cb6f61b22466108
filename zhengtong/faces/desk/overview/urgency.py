"""What is red and yellow within an actor's units, counted by unit and by who has it in hand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhengtong.engines.tasks import queries as tasks
from zhengtong.foundation.access import Actor

from ..lights import Light, light_of

# Nearest due first: whoever has more than this on the clock sees the oldest of it.
MOST = 2_000
FREE = "free"
COLOURS = ("red", "yellow")


@dataclass(frozen=True)
class Urgent:
    """One piece of work that is due soon or over."""

    task: int
    unit: str
    holder: str
    holder_name: str
    due: date
    light: Light

    @property
    def colour(self) -> str:
        return self.light.state


@dataclass(frozen=True)
class Share:
    """What of it is a unit's or a person's."""

    key: str
    name: str
    red: int
    yellow: int
    oldest: Light


def urgent_work(actor: Actor) -> tuple[list[Urgent], bool]:
    """All of it, the oldest first; and whether there is more than is counted."""
    columns = ("id", "organisation", "holder", "holder__name", "due", "opened_at")
    rows = list(tasks.overseen_tasks(actor).values_list(*columns)[: MOST + 1])
    known: dict[tuple[date, date], Light | None] = {}

    def lit(due: date, since: datetime) -> Light | None:
        # Many are due on the same day and came on the same day.
        key = due, since.date()
        if key not in known:
            known[key] = light_of(due, since)
        return known[key]

    found = [
        Urgent(task, unit, str(holder or FREE), name or "", due, light)
        for task, unit, holder, name, due, since in rows[:MOST]
        if (light := lit(due, since)) and light.state in COLOURS
    ]
    return found, len(rows) > MOST


def shared(work: Sequence[Urgent], key: Callable[[Urgent], str], name: Callable[[Urgent], str]) -> list[Share]:
    """By unit or by person: whoever has the oldest comes first; nobody is ranked by how much he has."""
    counts: Counter[tuple[str, str]] = Counter((key(one), one.colour) for one in work)
    first: dict[str, Urgent] = {}
    for one in work:
        first.setdefault(key(one), one)
    return [
        Share(ident, name(one), counts[ident, "red"], counts[ident, "yellow"], one.light)
        for ident, one in first.items()
    ]


def idents(actor: Actor, *, light: str, unit: str, holder: str) -> list[Any]:
    """The tasks behind a figure."""
    work, _is_cut = urgent_work(actor)
    return [
        one.task
        for one in work
        if (not light or one.colour == light)
        and (not unit or one.unit == unit)
        and (not holder or one.holder == holder)
    ]

"""Appointments at the halls, by the public actions: some days past, today, and the days to come."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts.queries import actor_for
from zhengtong.topics.visits import actions
from zhengtong.topics.visits import queries as visits

from .casting import Cast

AHEAD = timedelta(days=2, hours=1)
FARTHEST = 30
CAME = {"arrived": (actions.check_in, timedelta(minutes=4)), "missed": (actions.mark_missed, timedelta(minutes=40))}


def visit(cast: Cast, entries: list[Mapping[str, Any]]) -> int:
    """Everything up to now, in order of time; returns how many appointments there are."""
    now = clock.now()
    made: dict[int, Any] = {}
    happenings: list[tuple[datetime, int, Any]] = []
    for index, entry in enumerate(entries):
        starts_at = _starts_at(entry, now.date())
        happenings.append((min(starts_at - AHEAD, now), index, partial(_book, cast, entry, starts_at)))
        act, later = CAME.get(entry.get("came", ""), (None, timedelta()))
        if act and starts_at + later <= now:
            clerk = actor_for(cast.accounts[entry.get("by", "zhoumin")])
            happenings.append((starts_at + later, index, partial(act, actor=clerk)))
    for when, index, happen in sorted(happenings, key=lambda one: one[:2]):
        with clock.at(when):
            made[index] = happen(made[index]) if index in made else happen()
    return len(made)


def _starts_at(entry: Mapping[str, Any], today: date) -> datetime:
    """The half hour of the day so many open days away."""
    group, at = visits.window_group(entry["group"]), time.fromisoformat(entry["time"])
    step = -1 if entry["day"] < 0 else 1
    span = (today + timedelta(days=step * number) for number in range(1 if step < 0 else 0, FARTHEST))
    moments = (datetime.combine(day, at, clock.CHINA) for day in span)
    opened = [m for m in moments if any(one.starts_at == m for one in visits.times_of(group, m.date()))]
    return opened[-entry["day"] - 1 if step < 0 else entry["day"]]


def _book(cast: Cast, entry: Mapping[str, Any], starts_at: datetime) -> Any:
    visitor = cast.subjects[entry["visitor"]]
    person = cast.subjects[cast.person_of(entry["visitor"])]
    himself = Actor(key=f"subject:{person.pk}", kind="citizen", name=person.name, subject_id=person.pk)
    by = actor_for(cast.accounts[entry["by"]]) if "by" in entry else himself
    return actions.book_appointment(
        entry["item"], group=entry["group"], starts_at=starts_at, visitor=visitor.pk,
        channel=actions.Channel.PHONE if "by" in entry else actions.Channel.MOBILE, actor=by,
    )  # fmt: skip

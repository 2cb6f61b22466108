"""Which halls, days and half hours somebody may choose for an item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhengtong.engines.deadlines import queries as calendars
from zhengtong.engines.slots import queries as slots
from zhengtong.engines.slots.rules import Time, times
from zhengtong.foundation import clock
from zhengtong.foundation.params.queries import integer
from zhengtong.topics.items import queries as items

from .. import rules
from ..models import WindowGroup
from ..rules import Terms


@dataclass(frozen=True)
class Counter:
    """A place of an item that takes appointments, with the windows that serve it."""

    place: Any
    group: WindowGroup


@dataclass(frozen=True)
class TimeOffer:
    """A half hour and what is left of it."""

    time: Time
    left: int


@dataclass(frozen=True)
class DayOffer:
    """A day with its half hours; provisional while the year's holidays are not published."""

    day: date
    offers: tuple[TimeOffer, ...]
    is_provisional: bool

    @property
    def left(self) -> int:
        return sum(offer.left for offer in self.offers)

    @property
    def mornings(self) -> tuple[TimeOffer, ...]:
        return tuple(offer for offer in self.offers if offer.time.starts_at.hour < 12)

    @property
    def afternoons(self) -> tuple[TimeOffer, ...]:
        return tuple(offer for offer in self.offers if offer.time.starts_at.hour >= 12)


def terms(on: date | None = None) -> Terms:
    """The numbers in force on a day."""
    return Terms(**{name: integer(f"visits.{name}", on) for name in Terms.__dataclass_fields__})


def groups() -> list[WindowGroup]:
    """All window groups that take appointments, hall by hall."""
    rows = WindowGroup.objects.filter(ended_at=None).select_related("hall")
    return list(rows.order_by("hall_id", "code"))


def window_group(code: str) -> WindowGroup:
    """One window group with its hall. Refused: unknown or ended."""
    found = WindowGroup.objects.filter(pk=code, ended_at=None).select_related("hall").first()
    if found is None:
        raise rules.GroupUnknown
    return found


def counters_among(places: Iterable[Any]) -> list[Counter]:
    """Of an item's places those that take appointments, in the order of its guide."""
    named = {place.group: place for place in places if place.group}
    if not named:
        return []
    known = WindowGroup.objects.filter(ended_at=None).select_related("hall").in_bulk(list(named))
    return [Counter(place, known[code]) for code, place in named.items() if code in known]


def counters_of(item_code: str) -> list[Counter]:
    """The same by the item's code. Refused: no such item."""
    return counters_among(items.guide(item_code).places)


def name_of_item(item_code: str) -> str:
    """The item's name as it stands today."""
    return items.current_version(item_code).name


def times_of(group: WindowGroup, day: date, *, hours: Sequence[Mapping[str, Any]] | None = None,
             closed_days: Iterable[date] | None = None) -> list[Time]:  # fmt: skip
    """The half hours of a day by the group's hours, or by others that are being considered."""
    kind = calendars.calendar().kind(day)
    opened = rules.openings_on(
        day, kind, group.hours if hours is None else hours, group.closed_days if closed_days is None else closed_days
    )
    return times(day, opened)


def days(group: WindowGroup) -> list[DayOffer]:
    """Every open day from today to the farthest that may be booked, with what is left of it."""
    today, now = clock.today(), clock.now()
    calendar, farthest = calendars.calendar(), rules.last_day(today, terms())
    span = [today + timedelta(days=number) for number in range((farthest - today).days + 1)]
    by_day = {day: [time for time in times_of(group, day) if time.starts_at > now] for day in span}
    taken = slots.taken(group.code, [time for found in by_day.values() for time in found])
    return [
        DayOffer(
            day,
            tuple(TimeOffer(time, max(time.places - taken.get(time.number, 0), 0)) for time in found),
            not calendar.knows(day),
        )
        for day, found in by_day.items()
        if found
    ]


def time_at(group: WindowGroup, starts_at: Any) -> Time:
    """The half hour that begins then. Refused: not open."""
    found = next((t for t in times_of(group, starts_at.date()) if t.starts_at == starts_at), None)
    if found is None:
        raise rules.TimeNotOffered(when=rules.in_words(starts_at))
    return found

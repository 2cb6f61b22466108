"""Short words for tests of appointments: a Monday morning in the district, who books, what is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor, system_actor
from zhengtong.foundation.codes import resident_id
from zhengtong.topics.subjects import actions as subjects
from zhengtong.topics.visits import actions, queries
from zhengtong.topics.visits.models import Appointment

# A Monday of a year whose holidays are published.
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=clock.CHINA)
CARD, RESTAURANT, LEGAL = "social-security-card", "food-business-restaurant", "legal-aid"
GENERAL, LAW = "hall-central-general", "hall-central-legal"


@contextmanager
def on(day: int = 23, hour: int = 8, minute: int = 0) -> Iterator[None]:
    """The clock on a day of November 2026."""
    with clock.at(MONDAY.replace(day=day, hour=hour, minute=minute)):
        yield


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return MONDAY.replace(day=day, hour=hour, minute=minute)


def person(order: int, *, born: Any = None) -> Actor:
    """Somebody new with a login's actor."""
    number = resident_id.make_resident_id("440101", born or datetime(1990, 3, 8).date(), order)  # noqa: DTZ001
    one = subjects.register_subject(
        kind="person", name=f"来访{order}", id_type="resident_id", id_number=number, actor=system_actor("test")
    )
    return Actor(key=f"account:{uuid4()}", kind="citizen", account_id=uuid4(), subject_id=one.pk)


def book(
    actor: Actor, starts_at: datetime, *, item: str = LEGAL, group: str = LAW, visitor: UUID | None = None, **more: Any
) -> Appointment:
    return actions.book_appointment(
        item, group=group, starts_at=starts_at, visitor=visitor or actor.subject_id or uuid4(),
        channel=actions.Channel.ONLINE, actor=actor, **more,
    )  # fmt: skip


def left(starts_at: datetime, group: str = LAW) -> int:
    """Places left at a half hour."""
    return next(
        offer.left
        for day in queries.days(queries.window_group(group))
        for offer in day.offers
        if offer.time.starts_at == starts_at
    )


def next_open(group: str, *, days: int = 0) -> datetime:
    """The first half hour still free, so many days on or later; for tests that run by the real clock."""
    wanted = clock.today() + timedelta(days=days)
    return next(
        offer.time.starts_at
        for day in queries.days(queries.window_group(group))
        if day.day >= wanted
        for offer in day.offers
        if offer.left
    )


clerk = story.actor

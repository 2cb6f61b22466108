"""A day, then a half hour: what is asked in the address, and the links that lead on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from zhengtong.foundation import clock
from zhengtong.topics.visits import queries as visits


@dataclass(frozen=True)
class Choice:
    """One day or half hour, with what is left and where it leads (nowhere when it is full)."""

    moment: Any
    left: int
    path: str
    is_provisional: bool = False


def chosen_day(asked: Any) -> date | None:
    """The day that was asked for, if it is one."""
    try:
        return date.fromisoformat(asked.get("day", ""))
    except ValueError:
        return None


def chosen_moment(asked: Any) -> datetime | None:
    """The half hour that was asked for, if it is one."""
    day = chosen_day(asked)
    try:
        at = time.fromisoformat(asked.get("time", ""))
    except ValueError:
        return None
    return datetime.combine(day, at, clock.CHINA) if day else None


def offer_of(days: Sequence[visits.DayOffer], day: date | None) -> visits.DayOffer | None:
    """The day among those on offer."""
    return next((one for one in days if one.day == day), None)


def days_to_choose(request: HttpRequest, days: Sequence[visits.DayOffer], **kept: str) -> list[Choice]:
    """Every open day, each with its address."""
    return [
        Choice(one.day, one.left, _path(request, kept, day=one.day.isoformat()) if one.left else "", one.is_provisional)
        for one in days
    ]


def times_to_choose(request: HttpRequest, offer: visits.DayOffer, **kept: str) -> list[tuple[str, list[Choice]]]:
    """The half hours of a day, mornings and afternoons apart."""

    def link(one: visits.TimeOffer) -> Choice:
        at = one.time.starts_at
        return Choice(at, one.left, _path(request, kept, day=f"{at:%Y-%m-%d}", time=f"{at:%H:%M}") if one.left else "")

    halves = (("morning", offer.mornings), ("afternoon", offer.afternoons))
    return [(half, [link(one) for one in offers]) for half, offers in halves if offers]


def _path(request: HttpRequest, kept: dict[str, str], **more: str) -> str:
    return f"{request.path}?{urlencode({**kept, **more})}"

"""Who comes when: a hall's day by time, found by number, scan, identity or telephone, and how full it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.topics.visits import queries as visits

from ..people import worker

PERMISSIONS = ("visits.receive", "visits.manage")
MOST = 200


@dataclass(frozen=True)
class Row:
    """One appointment with what may be done now."""

    appointment: Any
    has_priority: bool
    may_check_in: bool
    may_miss: bool

    @property
    def status(self) -> str:
        return f"visits.{self.appointment.state}"


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/visits/?hall=&day=&q="""
    actor = worker(request, *PERMISSIONS)
    groups = visits.groups_of(actor)
    halls = {group.hall_id: group.hall for group in groups}
    hall = request.GET.get("hall", "")
    hall = hall if hall in halls else _own_hall(actor, halls)
    day = day_asked(request.GET.get("day", "")) or clock.today()
    text = request.GET.get("q", "").strip()[:200]
    here = [group for group in groups if group.hall_id == hall]
    found = visits.appointments_found(actor, text) if text else None
    rows = rows_of(found if found is not None else visits.appointments_on(actor, day, hall=hall)[:MOST])
    states = [row.appointment.state for row in rows]
    context = {
        "text": text,
        "is_found": found is not None,
        "halls": sorted(halls.values(), key=lambda one: one.code),
        "hall": halls.get(hall),
        "day": day,
        "is_today": day == clock.today(),
        "previous": _path(hall, day - timedelta(days=1)),
        "next": _path(hall, day + timedelta(days=1)),
        "rows": rows,
        "groups": here,
        "load": visits.load_on(day, here),
        "waiting": states.count("booked"),
        "arrived": states.count("arrived"),
        "may_receive": actor.may("visits.receive"),
    }
    return render(request, "desk/visits/day.html", context)


def rows_of(appointments: Iterable[Any]) -> list[Row]:
    """Each appointment with what may be done now."""
    now, today = clock.now(), clock.today()
    return [
        Row(
            one,
            visits.has_priority(one.visitor),
            one.state in ("booked", "missed") and one.starts_at.astimezone(clock.CHINA).date() == today,
            visits.may_be_missed(one, now),
        )
        for one in appointments
    ]


def _own_hall(actor: Actor, halls: dict[str, Any]) -> str:
    """Where he sits: the hall of his first post, or one that his organisation runs."""
    for code in accounts.organisations_of(actor.account_id) if actor.account_id else ():
        if code in halls:
            return code
        if found := next((hall.code for hall in halls.values() if hall.parent_id == code), ""):
            return found
    return next(iter(halls), "")


def _path(hall: str, day: date) -> str:
    return f"{reverse('desk-visits')}?{urlencode({'hall': hall, 'day': day.isoformat()})}"

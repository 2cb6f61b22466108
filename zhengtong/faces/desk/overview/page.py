"""One page that is read in a minute, on the phone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.params import queries as params
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.ratings import queries as ratings

from ..people import worker
from .urgency import FREE, Share, shared, urgent_work

MOST_SHOWN = 8
MOST_RATINGS = 5


@dataclass(frozen=True)
class Figure:
    """How many there were, and how many at the other time."""

    title: str
    now: int
    before: int
    path: str

    @property
    def change(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Line:
    """A unit or a person with what is his; each figure is a way into the work behind it."""

    share: Share
    red: str
    yellow: str


def overview(request: HttpRequest) -> HttpResponse:
    """GET /desk/overview/"""
    actor = worker(request, "tasks.oversee")
    work, is_cut = urgent_work(actor)
    units = directory.organisations({one.unit for one in work})
    today = clock.today()
    context: dict[str, Any] = {
        "red": sum(one.colour == "red" for one in work),
        "yellow": sum(one.colour == "yellow" for one in work),
        "is_cut": is_cut,
        "units": _lines("unit", shared(work, lambda one: one.unit, lambda one: _unit_name(units, one.unit))),
        "people": _lines(
            "holder", shared(work, lambda one: one.holder, lambda one: one.holder_name or _("还没有人领办"))
        ),
        "most": MOST_SHOWN,
        "now": clock.now(),
        **_pace(actor),
        "may_see_ratings": actor.may("ratings.view"),
    }
    if actor.may("ratings.view"):
        since = today - timedelta(days=context["days"])
        context["ratings"] = list(ratings.bad_ratings_for(actor).filter(rated_at__date__gte=since)[: MOST_RATINGS + 1])
        context["more_ratings"] = len(context["ratings"]) > MOST_RATINGS
        context["ratings"] = context["ratings"][:MOST_RATINGS]
        context["levels"] = ratings.scale().words
    return render(request, "desk/overview/page.html", context)


def _unit_name(units: dict[str, Any], code: str) -> str:
    return units[code].short_name if code in units else code


def _lines(key: str, shares: list[Share]) -> list[Line]:
    path = reverse("desk-overview-work")
    return [
        Line(one, *(f"{path}?{urlencode({'light': light, key: one.key})}" for light in ("red", "yellow")))
        for one in shares
    ]


def _pace(actor: Actor) -> dict[str, Any]:
    """The week and the limits, with what makes a figure doubtful."""
    today = clock.today()
    small, days = params.integer("cases.overview_small_sample", today), params.integer("cases.overview_days", today)
    pace = cases.pace(actor, today=today)
    since = today - timedelta(days=days - 1)
    kept = cases.kept_limits(actor, since=since, until=today)

    def path(heap: str, first: Any, last: Any) -> str:
        asked = urlencode({"heap": heap, "since": first.isoformat(), "until": last.isoformat()})
        return f"{reverse('desk-overview-cases')}?{asked}"

    return {
        "pace": pace,
        "figures": [
            Figure(_("收到"), pace.received, pace.other_received, path("received", pace.days.since, pace.days.until)),
            Figure(_("作出决定"), pace.decided, pace.other_decided, path("decided", pace.days.since, pace.days.until)),
        ],
        "is_small": min(pace.received, pace.decided, pace.other_received, pace.other_decided) < small,
        "kept": kept,
        "late": kept.whole - kept.part,
        "kept_path": path("in_time", since, today),
        "late_path": path("late", since, today),
        "kept_is_small": 0 < kept.whole < small,
        "days": days,
        "free": FREE,
    }

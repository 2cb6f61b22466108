"""What rows of the matrix about appointments ask for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests import story
from tests.topics.visits.calling import GENERAL, LAW, LEGAL, RESTAURANT, book, next_open

OWNER = "chenzhiyuan"


def _appointment() -> dict[str, Any]:
    """The owner comes for his restaurant, on another day than today, so that the hours of the tests do not matter."""
    starts_at = next_open(GENERAL, days=1)
    made = book(story.actor(OWNER), starts_at, item=RESTAURANT, group=GENERAL, visitor=story.subject("weizhenyuan").pk)
    return {"number": made.number, "at": starts_at + timedelta(minutes=30), "code": GENERAL}


def _visit(at: datetime) -> dict[str, Any]:
    return {"item": RESTAURANT, "hall": "hall-central", "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}


def _for_the_firm() -> dict[str, Any]:
    return {**_visit(next_open(GENERAL, days=1)), "visitor": str(story.subject("weizhenyuan").pk)}


def _by_telephone() -> dict[str, Any]:
    return {
        "item": LEGAL, "group": LAW, "at": f"{next_open(LAW, days=1):%Y-%m-%dT%H:%M}", "kind": "person",
        "visitor-id_number": "11010519491231002X", "visitor-name": "方晓", "visitor-phone": "13800138000",
    }  # fmt: skip


HOURS = {"days-0": "workday", "from-0": "09:00", "to-0": "12:00", "places-0": "2", "look": "1"}
OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "appointment": _appointment,
    "window group": lambda: {"code": GENERAL},
}
SENT: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "visits/new/": lambda _: _for_the_firm(),
    "visits/<str:number>/change/": lambda v: _visit(v["at"]),
    "desk/visits/new/": lambda _: _by_telephone(),
    "desk/visits/<str:number>/change/": lambda v: {"at": f"{v['at']:%Y-%m-%dT%H:%M}"},
    "desk/visits/hours/<slug:code>/": lambda _: dict(HOURS),
}

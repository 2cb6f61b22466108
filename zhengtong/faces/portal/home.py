"""The front page: search first, then what people do most, life and business events, and what of mine is under way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhengtong.foundation import clock
from zhengtong.foundation.params.snapshots import Snapshot
from zhengtong.foundation.ui.preferences import COOKIE
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.items import queries as items

from .cases.words import now_of
from .people import visitor

SHOWN = 3
POPULAR = 8
ICONS = {
    "permit": "certificate",
    "filing": "clipboard-check",
    "benefit": "heart-handshake",
    "confirmation": "rubber-stamp",
    "public_service": "users",
}


@dataclass(frozen=True)
class LifeEvent:
    """Something that happens in a life or a business, and where to read about it."""

    name: str
    path: str
    icon: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Events:
    """Life events of persons and of firms, as of a day."""

    on: date
    person: tuple[LifeEvent, ...]
    entity: tuple[LifeEvent, ...]


def _events() -> Events:
    found: dict[str, list[Any]] = {}
    for row in items.published_items().exclude(events=[]):
        for event in row.events:
            found.setdefault(event, []).append(row)
    made = {name: _event(name, rows) for name, rows in found.items()}
    by_kind = {
        kind: tuple(made[name] for name, rows in found.items() if any(kind in row.audience for row in rows))
        for kind in ("person", "entity")
    }
    return Events(clock.today(), **by_kind)


def _event(name: str, rows: list[Any]) -> LifeEvent:
    path = (
        reverse("item", args=[rows[0].code]) if len(rows) == 1 else f"{reverse('items')}?{urlencode({'event': name})}"
    )
    return LifeEvent(name, path, ICONS.get(rows[0].nature, "file-text"), tuple(r.short_name or r.name for r in rows))


# Read again whenever the items change; what is in force also changes at midnight.
in_memory: Snapshot[Events] = Snapshot("items", _events)


def events() -> Events:
    """The life events of today."""
    found = in_memory.get()
    if found.on != clock.today():
        in_memory.forget()
        found = in_memory.get()
    return found


def popular() -> list[Any]:
    """The items filed for most lately; in a new district those done on the spot."""
    codes = cases.items_filed_lately(limit=POPULAR)
    if not codes:
        return list(items.published_items(items.Published(channel="online", on_the_spot=True))[:POPULAR])
    rows: Iterable[Any] = items.published_items().filter(item__code__in=codes)
    by_code = {row.code: row for row in rows}
    return [by_code[code] for code in codes if code in by_code]


def home(request: HttpRequest) -> HttpResponse:
    """GET /"""
    actor = visitor(request)
    context: dict[str, Any] = {
        "popular": popular(),
        "events": events(),
        "newcomer": COOKIE not in request.COOKIES,
    }
    if actor.kind == "citizen" and actor.subject_id is not None:
        running = cases.cases_of(actor).filter(ended_at=None)
        mine = sorted(islice(running, SHOWN * 2), key=lambda case: case.status != "correction_requested")[:SHOWN]
        context |= {
            "mine": [now_of(case) for case in mine],
            "drafts": list(cases.drafts_of(actor).select_related("applicant")[:SHOWN]),
        }
    return render(request, "portal/home.html", context)

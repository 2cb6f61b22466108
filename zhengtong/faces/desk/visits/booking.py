"""By telephone or at the counter: book for somebody, give him another time."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.access import Actor
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.items import queries as items
from zhengtong.topics.visits import actions
from zhengtong.topics.visits import queries as visits

from ..drafts.visitors import ID_TYPES, KINDS, Visitor
from ..people import worker
from ..turns import turn

SHOWN = 20


def new(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/visits/new/?q=&item=&group="""
    actor = worker(request, "visits.receive")
    asked = request.POST if request.method == "POST" else request.GET
    mine = {group.code: group for group in visits.groups_of(actor)}
    if not asked.get("item"):
        return _choose(request, mine)
    item = items.current_version(asked["item"])
    counters = [one for one in visits.counters_of(item.code) if one.group.pk in mine]
    counter = next((one for one in counters if one.group.pk == asked.get("group")), counters[0] if counters else None)
    visitor = _visitor(request, item)
    errors: dict[str, str] = {}
    at = moment_of(request)
    if request.method == "POST" and counter is not None:
        if at is None:
            errors["at"] = _("请选择时间。")
        number = _book(request, actor, item.code, counter, visitor, at)
        if number:
            return go("desk-visit", number, said="visit-booked")
        errors |= {f"{visitor.role}-{name}": words for name, words in visitor.errors.items()}
    context = {
        "item": item,
        "counters": counters,
        "counter": counter,
        "days": visits.days(counter.group) if counter else [],
        "visitor": visitor,
        "kinds": [(kind, _(KINDS[kind])) for kind in ("person", "entity") if kind in item.audience],
        "at": request.POST.get("at", ""),
        "errors": errors,
    }
    return render(request, "desk/visits/new.html", context, status=422 if errors else 200)


def _choose(request: HttpRequest, mine: dict[str, Any]) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    rows = items.search_items(text).rows if text else items.published_items()
    wanted = Q(pk__in=[])
    for code in mine:
        wanted |= Q(editorial__places__contains=[{"group": code}])
    return render(request, "desk/visits/choose.html", {"text": text, "rows": list(rows.filter(wanted)[:SHOWN])})


def _visitor(request: HttpRequest, item: Any) -> Visitor:
    sent = request.POST
    kind = sent.get("kind", "")
    if kind not in item.audience:
        kind = "person" if "person" in item.audience else "entity"
    types = [code for code, _words in ID_TYPES[kind]]
    id_type = sent.get("visitor-id_type", "")
    number, name, phone = (sent.get(f"visitor-{part}", "").strip()[:120] for part in ("id_number", "name", "phone"))
    return Visitor("visitor", kind, id_type if id_type in types else types[0], number, name, phone)


def _book(
    request: HttpRequest, actor: Actor, item: str, counter: visits.Counter, visitor: Visitor, at: datetime | None
) -> str:  # fmt: skip
    """The number; empty where something has to be put right first."""
    visitor.look_up(actor)
    visitor.check()
    if visitor.errors or at is None:
        return ""
    try:
        with turn(request, "visits.book", item=item) as this:
            if this.is_new:
                made = actions.book_appointment(
                    item, group=counter.group.pk, starts_at=at, visitor=visitor.register(actor).pk,
                    channel=actions.Channel.PHONE, actor=actor,
                )  # fmt: skip
                this.answer(number=made.number)
            return str(this.answered["number"])
    except Refused as refusal:
        if not refusal.fields:
            raise
        visitor.errors |= {key: " ".join(_(text) for text in texts) for key, texts in refusal.fields.items()}
        return ""


def change(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /desk/visits/<number>/change/"""
    actor = worker(request, "visits.receive")
    appointment = visits.received(actor, number)
    error = ""
    if request.method == "POST":
        at = moment_of(request)
        if at is not None:
            with turn(request, "visits.change", number=number) as this:
                if this.is_new:
                    actions.change_appointment(appointment, starts_at=at, actor=actor)
            return go("desk-visit", number, said="visit-changed")
        error = _("请选择时间。")
    context = {
        "appointment": appointment,
        "days": visits.days(appointment.group),
        "errors": {"at": error} if error else {},
    }
    return render(request, "desk/visits/change.html", context, status=422 if error else 200)


def moment_of(request: HttpRequest) -> datetime | None:
    """The half hour chosen in the list."""
    try:
        return datetime.fromisoformat(request.POST.get("at", "")).replace(tzinfo=clock.CHINA)
    except ValueError:
        return None

"""Book: hall, day, time, confirm; every step an address, so that it works without scripts and the way back is one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.ui.said import go
from zhengtong.topics.items import queries as items
from zhengtong.topics.subjects import queries as subjects
from zhengtong.topics.visits import actions
from zhengtong.topics.visits import queries as visits

from ..people import channel_of, citizen, key_of
from .choosing import chosen_day, chosen_moment, days_to_choose, offer_of, times_to_choose


def new(request: HttpRequest) -> HttpResponse:
    """GET, POST /visits/new/?item=&hall=&day=&time="""
    asked = request.POST if request.method == "POST" else request.GET
    if not asked.get("item"):
        return go("items")
    guide = items.guide(asked["item"])
    counters = visits.counters_among(guide.places)
    only = counters[0] if len(counters) == 1 else None
    counter = next((one for one in counters if one.place.code == asked.get("hall")), only)
    steps = [_("日期"), _("时间"), _("确认")]
    context: dict[str, Any] = {
        "guide": guide,
        "counter": counter,
        "counters": counters,
        "terms": visits.terms(),
        "steps": steps if only else [_("大厅"), *steps],
        "here": 1,
    }
    if counter is None:
        return render(request, "portal/visits/hall.html", context)
    context["here"] = 1 if only else 2
    kept = {"item": guide.code, "hall": counter.place.code}
    moment = chosen_moment(asked)
    if moment is not None:
        return _confirm(request, {**context, "here": context["here"] + 2, "moment": moment})
    days = visits.days(counter.group)
    offer = offer_of(days, chosen_day(asked))
    if offer is None or not offer.left:
        context["days"] = days_to_choose(request, days, **kept)
        return render(request, "portal/visits/day.html", context)
    context |= {"here": context["here"] + 1, "offer": offer, "halves": times_to_choose(request, offer, **kept)}
    return render(request, "portal/visits/time.html", context)


def _confirm(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    actor = citizen(request)
    guide, counter, moment = context["guide"], context["counter"], context["moment"]
    visitors = _visitors(actor, guide)
    chosen = next((one for one in visitors if str(one.pk) == request.POST.get("visitor")), None)
    error = ""
    if request.method == "POST" and chosen is None:
        error = _("请选择谁的事。")
    elif chosen is not None:
        body = {
            "item": guide.code, "hall": counter.place.code, "at": moment.isoformat(), "visitor": str(chosen.pk)
        }  # fmt: skip
        with once(actor, key_of(request), action="visits.book", body=body) as turn:
            if turn.is_new:
                channel = "mobile" if channel_of(request) == "mobile" else "online"
                made = actions.book_appointment(
                    guide.code, group=counter.group.pk, starts_at=moment, visitor=chosen.pk,
                    channel=actions.Channel(channel), actor=actor,
                )  # fmt: skip
                turn.answer(number=made.number)
        return go("visit", turn.answered["number"], said="visit-booked")
    visits.time_at(counter.group, moment)
    context |= {
        "visitors": visitors,
        "me": actor.subject_id,
        "chosen": str(visitors[0].pk) if len(visitors) == 1 else request.POST.get("visitor", ""),
        "error": error,
        "needed": [row for row in guide.materials if row.material.is_required],
    }
    return render(request, "portal/visits/confirm.html", context, status=422 if error else 200)


def _visitors(actor: Actor, guide: Any) -> list[Any]:
    """Whose affair it may be: those the item is for, among whom the actor may act for; himself if there is none."""
    able = subjects.subjects_i_act_for(actor)
    return [one for one in able if one.kind in guide.version.audience] or able[:1]

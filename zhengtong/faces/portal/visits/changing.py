"""Another time, or not at all."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.ui.said import go
from zhengtong.topics.visits import actions
from zhengtong.topics.visits import queries as visits

from ..people import citizen, key_of
from .choosing import chosen_day, chosen_moment, days_to_choose, offer_of, times_to_choose


def change(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /visits/<number>/change/?day=&time="""
    actor = citizen(request)
    appointment = visits.appointment_for(actor, number)
    moment = chosen_moment(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and moment is not None:
        body = {"number": number, "at": moment.isoformat()}
        with once(actor, key_of(request), action="visits.change", body=body) as turn:
            if turn.is_new:
                actions.change_appointment(appointment, starts_at=moment, actor=actor)
        return go("visit", number, said="visit-changed")
    chance = visits.chance_of(appointment)
    context: dict[str, Any] = {
        "appointment": appointment,
        "chance": chance,
        "group": appointment.group,
        "terms": visits.terms(),
        "steps": [_("日期"), _("时间"), _("确认")],
        "here": 1,
    }
    if not chance.may_change:
        return go("visit", number)
    if moment is not None:
        visits.time_at(appointment.group, moment)
        return render(request, "portal/visits/change.html", context | {"here": 3, "moment": moment})
    days = visits.days(appointment.group)
    offer = offer_of(days, chosen_day(request.GET))
    if offer is None or not offer.left:
        return render(request, "portal/visits/day.html", context | {"days": days_to_choose(request, days)})
    context |= {"here": 2, "offer": offer, "halves": times_to_choose(request, offer)}
    return render(request, "portal/visits/time.html", context)


@require_POST
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """POST /visits/<number>/cancel/"""
    actor = citizen(request)
    appointment = visits.appointment_for(actor, number)
    with once(actor, key_of(request), action="visits.cancel", body={"number": number}) as turn:
        if turn.is_new:
            actions.cancel_appointment(appointment, actor=actor)
    return go("visits", said="visit-cancelled")

"""One appointment: check in, note as missed, cancel for the visitor, call off for the hall."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from zhengtong.foundation.ui.said import go
from zhengtong.topics.visits import actions
from zhengtong.topics.visits import queries as visits

from ..people import worker
from ..turns import turn
from .day import rows_of

VERBS: dict[str, Callable[..., Any]] = {
    "check-in": actions.check_in,
    "miss": actions.mark_missed,
    "cancel": actions.cancel_appointment,
    "call-off": actions.call_off,
}


def detail(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/visits/<number>/"""
    actor = worker(request, "visits.receive")
    appointment = visits.received(actor, number)
    context = {
        "row": rows_of([appointment])[0],
        "appointment": appointment,
        "group": appointment.group,
        "terms": visits.terms(),
    }
    return render(request, "desk/visits/detail.html", context)


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """POST /desk/visits/<number>/<verb>/"""
    actor = worker(request, "visits.receive")
    if verb not in VERBS:
        raise Http404
    appointment = visits.received(actor, number)
    more = {"reason": request.POST.get("reason", "")} if verb == "call-off" else {}
    with turn(request, f"visits.{verb}", number=number) as this:
        if this.is_new:
            VERBS[verb](appointment, **more, actor=actor)
    return go("desk-visit", number, said=f"visit-{verb}")

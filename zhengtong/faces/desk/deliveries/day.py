"""The evening at a window: figures, a count, a reason for what differs, signed off."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.files.responses import paper
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui.paging import paged
from zhengtong.foundation.ui.said import go
from zhengtong.topics.deliveries import actions, queries

from ..devices import with_devices
from ..people import worker
from ..turns import turn

SQUARE = "deliveries.reconcile"


@with_devices
def day(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/deliveries/day/"""
    actor, today = worker(request, SQUARE), clock.today()
    errors: dict[str, Any] = {}
    if request.method == "POST":
        counted = request.POST.get("counted", "").strip()
        if not (counted.isascii() and counted.isdigit() and len(counted) < 5):
            errors = {"counted": [_("请填写清点的份数。")]}
        else:
            try:
                with turn(request, "deliveries.close_day") as this:
                    if this.is_new:
                        actions.close_day(
                            today, organisation=_place_of(actor), counted=int(counted),
                            reason=request.POST.get("reason", "")[:500], actor=actor,
                        )  # fmt: skip
                return go("desk-day", said="day-closed")
            except Refused as refusal:
                if not refusal.fields:
                    raise
                errors = refusal.fields
    signed = queries.last_days(actor)
    closed = signed[0] if signed and signed[0].day == today else None
    context = {
        "today": today,
        "closed": closed,
        "difference": closed.counted - closed.opening - closed.taken + closed.given if closed else 0,
        "figures": closed or queries.figures_since(signed[0] if signed else None, today, actor=actor),
        "page": paged(request, queries.originals_with(actor), size=100),
        "before": signed,
        "errors": errors,
        "sent": request.POST,
    }
    return render(request, "desk/deliveries/day.html", context, status=422 if errors else 200)


def _place_of(actor: Any) -> str:
    """The organisation of the post by which the actor keeps a window."""
    return next((grant.organisation for grant in actor.granted(SQUARE) if grant.organisation), "")


def day_paper(request: HttpRequest, day: str) -> HttpResponse:
    """GET /desk/deliveries/day/<date>.pdf"""
    actor = worker(request, SQUARE)
    try:
        found = queries.day_for(actor, date.fromisoformat(day))
    except ValueError:
        raise NotFound from None
    return paper(queries.day_pdf(found), name=f"窗口日结单 {day}.pdf")

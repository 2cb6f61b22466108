"""Hand-overs: many pieces on one slip, signed for line by line by whoever receives them."""

from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor, may
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.files.responses import paper
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.paging import paged
from zhengtong.foundation.ui.said import go
from zhengtong.topics.deliveries import actions, queries
from zhengtong.topics.deliveries.actions import Answer, Signature, Way

from ..devices import with_devices
from ..people import worker
from ..turns import turn

VIEW, PASS_ON = "deliveries.view", "deliveries.hand_over"
BOXES = ("in", "out", "all")
MOST_LINES = 200
KEPT_SECONDS = 15


def waiting_slips(actor: Actor) -> int:
    """How many slips wait for me, for the navigation; counted anew after some seconds, not on every page."""
    name = f"desk.slips.{actor.key}"
    known: int | None = cache.get(name)
    if known is None:
        known = queries.slips_waiting_count(actor)
        cache.set(name, known, KEPT_SECONDS)
    return known


def slips(request: HttpRequest) -> HttpResponse:
    """GET /desk/deliveries/slips/?box=&q="""
    actor = worker(request, VIEW)
    box, text = request.GET.get("box", ""), request.GET.get("q", "").strip()[:40]
    box = box if box in BOXES else "in"
    labels = {"in": _("等我签收"), "out": _("我交出的"), "all": _("全部单据")}
    here = reverse("desk-slips")
    context = {
        "page": paged(request, queries.slips_for(actor, box=box, text=text)),
        "tabs": [Tab(labels[each], f"{here}?box={each}", current=each == box and not text) for each in BOXES],
        "text": text,
    }
    return page_or_fragment(request, "desk/deliveries/slips.html", "_slips", context)


def new(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/deliveries/slips/new/"""
    actor = worker(request, PASS_ON)
    errors: dict[str, Any] = {}
    if request.method == "POST":
        wanted = [UUID(each) for each in request.POST.getlist("piece")[:MOST_LINES] if len(each) == 36]
        to = directory.organisation(request.POST.get("to", "") or "-").code if request.POST.get("to") else ""
        try:
            with turn(request, "deliveries.hand_over") as this:
                if this.is_new:
                    this.answer(slip=actions.hand_over(wanted, to=to, actor=actor).pk)
                made = this.answered["slip"]
            return go("desk-slip", made, said="handed")
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = refusal.fields
    found = list(queries.pieces_to_hand_over(actor)[:MOST_LINES])
    heaps = queries.destinations_of(found)
    bodies = directory.organisations({code for code in heaps if code} | {piece.holder_id for piece in found})
    context = {
        "heaps": [
            {"to": bodies.get(code), "code": code, "pieces": pieces, "home": bodies.get(pieces[0].holder_id)}
            for code, pieces in sorted(heaps.items(), key=lambda heap: (not heap[0], heap[0]))
        ],
        "errors": errors,
    }
    return render(request, "desk/deliveries/slip_new.html", context, status=422 if errors else 200)


@with_devices
def slip(request: HttpRequest, slip: int) -> HttpResponse:
    """GET, POST /desk/deliveries/slips/<serial>/"""
    actor = worker(request, VIEW)
    found = queries.slip_for(actor, slip)
    lines = list(found.lines.select_related("piece__case").order_by("pk"))
    errors: dict[str, Any] = {}
    if request.method == "POST":
        answers = {
            line.pk: Answer(
                request.POST.get(f"line-{line.pk}") != "refused", request.POST.get(f"reason-{line.pk}", "")[:200]
            )
            for line in lines
        }
        try:
            with turn(request, "deliveries.sign_slip", slip=slip) as this:
                if this.is_new:
                    actions.sign_slip(found, answers=answers, signature=Signature(actor.name, Way.ACCOUNT), actor=actor)
                    cache.delete(f"desk.slips.{actor.key}")
            return go("desk-slip", slip, said="signed")
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = refusal.fields
    context = {
        "slip": found,
        "rows": [
            {
                "line": line,
                "status": f"deliveries.{line.state}",
                "is_refused": request.POST.get(f"line-{line.pk}") == "refused",
                "reason": request.POST.get(f"reason-{line.pk}", ""),
                "error": errors.get(f"reason-{line.pk}", ""),
            }
            for line in lines
        ],
        "errors": errors,
        "may_sign": found.state == "waiting"
        and found.made_by != actor.key
        and may(actor, "deliveries.sign_for", found),
        "holds": queries.signature_holds(found, queries.content_of(found)) if found.signed_at else True,
        "status": f"deliveries.{found.state}",
        "copies": sum(line.copies for line in lines),
    }
    return render(request, "desk/deliveries/slip.html", context, status=422 if errors else 200)


def slip_paper(request: HttpRequest, slip: int) -> HttpResponse:
    """GET /desk/deliveries/slips/<serial>.pdf"""
    found = queries.slip_for(worker(request, VIEW), slip)
    return paper(queries.slip_pdf(found), name=f"{found.title} {found.number}.pdf")

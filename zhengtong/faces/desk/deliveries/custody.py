"""Originals taken in and given back against a signature; and a list of who holds what now."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation.access import may
from zhengtong.foundation.refusals import Refused
from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.paging import paged
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.deliveries import actions, queries
from zhengtong.topics.deliveries.actions import Original

from ..devices import with_devices
from ..people import worker
from ..turns import turn
from .signing import signature_from

VIEW = "deliveries.view"
KINDS = ("original", "file", "result")
MORE = 3  # empty lines for papers that are not on the list of materials


def browse(request: HttpRequest) -> HttpResponse:
    """GET /desk/deliveries/custody/?q=&kind=&mine="""
    actor = worker(request, VIEW)
    kind, text, mine = request.GET.get("kind", ""), request.GET.get("q", "").strip()[:120], "mine" in request.GET
    kind = kind if kind in KINDS else ""
    here = reverse("desk-custody-all")
    words = {"original": _("申请人原件"), "file": _("纸质案卷"), "result": _("办理结果")}
    tabs = [Tab(_("全部"), here, current=not (kind or mine)), Tab(_("我手里的"), f"{here}?mine=1", current=mine)]
    context = {
        "page": paged(request, queries.pieces_for(actor, kind=kind, text=text, mine=mine)),
        "tabs": [*tabs, *(Tab(words[each], f"{here}?kind={each}", current=kind == each) for each in KINDS)],
        "text": text,
    }
    return page_or_fragment(request, "desk/deliveries/custody_all.html", "_pieces", context)


@with_devices
def custody(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /desk/deliveries/custody/<number>/"""
    actor = worker(request, "deliveries.custody")
    case = cases.case_for(actor, number)
    errors: dict[str, Any] = {}
    if request.method == "POST":
        gives_back = "_return" in request.POST
        try:
            with turn(request, "deliveries.custody", number=number) as this:
                if this.is_new:
                    done = _returned(request, actor, case) if gives_back else _taken(request, actor, case)
                    this.answer(slip=done.pk)
                slip = this.answered["slip"]
            return go("desk-slip", slip, said="returned-originals" if gives_back else "taken")
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = refusal.fields
    context = {
        "case": case,
        "errors": errors,
        "lines": _lines(request, case),
        "held": queries.originals_in_custody(actor, case),
        "pieces": queries.pieces_of_case(actor, case),
        "may_take": may(actor, "deliveries.take", case),
        "signer": request.POST.get("signature-signer", "") or _visitor_of(case),
        "way": request.POST.get("signature-way", ""),
    }
    return render(request, "desk/deliveries/custody.html", context, status=422 if errors else 200)


def _visitor_of(case: Any) -> str:
    """Who most likely stands here; a firm does not sign by itself."""
    if case.operator_id:
        return str(case.operator.name)
    return str(case.applicant_name) if case.applicant.kind == "person" else ""


def _lines(request: HttpRequest, case: Any) -> list[dict[str, Any]]:
    """The materials of the case, to be ticked where the original stays here; and room for others."""
    names = cases.paper_names(case)
    lines = []
    for number, name in enumerate([*names, *([""] * MORE)]):
        lines.append({
            "number": number,
            "name": request.POST.get(f"name-{number}", name),
            "copies": request.POST.get(f"copies-{number}", "1"),
            "is_chosen": str(number) in request.POST.getlist("original"),
            "is_free": not name,
        })  # fmt: skip
    return lines


def _taken(request: HttpRequest, actor: Any, case: Any) -> Any:
    sent = request.POST
    chosen = []
    for number in sent.getlist("original")[:50]:
        name, copies = sent.get(f"name-{number}", "").strip()[:200], sent.get(f"copies-{number}", "1").strip()
        if name:
            chosen.append(Original(name, int(copies) if copies.isascii() and copies.isdigit() else 0))
    return actions.take_originals(case, originals=chosen, signature=signature_from(request, actor), actor=actor)


def _returned(request: HttpRequest, actor: Any, case: Any) -> Any:
    wanted = [UUID(each) for each in request.POST.getlist("piece") if len(each) == 36]
    return actions.return_originals(case, pieces=wanted, signature=signature_from(request, actor), actor=actor)

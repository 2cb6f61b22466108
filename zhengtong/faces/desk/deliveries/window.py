"""The issuing window: what is ready, found by any number the applicant has, handed out against card and signature."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.access import may
from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.files.responses import paper
from zhengtong.foundation.refusals import NotFound, Refused
from zhengtong.foundation.ui import Tab, page_or_fragment
from zhengtong.foundation.ui.paging import Paged, paged
from zhengtong.foundation.ui.said import go
from zhengtong.topics.deliveries import actions, queries
from zhengtong.topics.deliveries.actions import Receiver

from ..devices import with_devices
from ..people import worker
from ..turns import turn
from .signing import signature_from

VIEW, ISSUE = "deliveries.view", "deliveries.issue"
PILES = ("ready", "late", "awaited", "issued")


@with_devices
def window(request: HttpRequest) -> HttpResponse:
    """GET /desk/deliveries/?q=&pile="""
    actor = worker(request, ISSUE)
    pile, text = request.GET.get("pile", ""), request.GET.get("q", "").strip()[:60]
    pile = pile if pile in PILES else "ready"
    page = paged(request, queries.deliveries_for(actor, pile=pile, text=text))
    if text and len(page.rows) == 1 and not page.previous:
        return go("desk-delivery", page.rows[0].case.number)
    days, today = queries.remind_days(), clock.today()
    labels = {"ready": _("可以领取"), "late": _("逾期未取"), "awaited": _("等待部门交回"), "issued": _("已发放")}
    here = reverse("desk-deliveries")
    context = {
        "page": Paged([_row(each, days, today) for each in page.rows], page.previous, page.next, page.is_cut),
        "tabs": [Tab(labels[each], f"{here}?pile={each}", current=each == pile and not text) for each in PILES],
        "pile": pile,
        "text": text,
        "days": days,
    }
    return page_or_fragment(request, "desk/deliveries/window.html", "_ready", context)


def _row(delivery: Any, days: int, today: Any) -> dict[str, Any]:
    is_late = delivery.state == "ready" and queries.waits_too_long(
        delivery.ready_at.astimezone(CHINA).date(), days=days, today=today
    )
    return {"delivery": delivery, "status": "deliveries.late" if is_late else f"deliveries.{delivery.state}"}


@with_devices
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /desk/deliveries/<number>/"""
    actor = worker(request, ISSUE)
    delivery = queries.delivery_for(actor, number)
    errors: dict[str, Any] = {}
    posts = "_post" in request.POST
    if request.method == "POST":
        sent = request.POST
        try:
            with turn(request, "deliveries.issue", number=number) as this:
                if this.is_new and posts:
                    actions.post_result(delivery, tracking=sent.get("tracking", "")[:60], actor=actor)
                elif this.is_new:
                    receiver = Receiver(
                        sent.get("receiver_name", "")[:120], sent.get("receiver_number", "")[:40], "agent" in sent
                    )
                    signature = signature_from(request, actor)
                    actions.issue_result(delivery, receiver=receiver, signature=signature, actor=actor)
            return go("desk-delivery", number, said="posted" if posts else "issued")
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = refusal.fields
    context = {
        "delivery": delivery,
        "case": delivery.case,
        "status": f"deliveries.{delivery.state}",
        "before": queries.hands_before(actor, delivery),
        "may_issue": delivery.state == "ready" and may(actor, "deliveries.issue", delivery),
        "originals": queries.originals_in_custody(actor, delivery.case),
        "errors": errors,
        "sent": request.POST,
        "signer": request.POST.get("signature-signer", ""),
        "holds": queries.signature_holds(delivery, queries.proof_content(delivery)) if delivery.signed_at else True,
    }
    return render(request, "desk/deliveries/issue.html", context, status=422 if errors else 200)


def proof(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/deliveries/<number>/proof.pdf"""
    delivery = queries.delivery_for(worker(request, VIEW), number)
    if delivery.issued_at is None:
        raise NotFound
    return paper(queries.proof_pdf(delivery), name=f"送达回证 {number}.pdf")

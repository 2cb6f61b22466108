"""Pay for a case: what it costs and why, where to pay, whether it has come, the treasury's receipt.

The browser only opens pages: whether money came is heard from the provider, who is asked when the payer comes back.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from zhengtong.foundation.files.responses import paper
from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.links import paying
from zhengtong.foundation.links.ports import ports
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.ui import page_or_fragment
from zhengtong.foundation.ui.said import go
from zhengtong.topics.payments import actions
from zhengtong.topics.payments import queries as payments

from .people import citizen, key_of


@never_cache
def bill(request: HttpRequest, number: str) -> HttpResponse:
    """GET /payments/<number>/?back=1"""
    actor = citizen(request)
    found = payments.bill_for(actor, number)
    is_back = request.GET.get("back") == "1"
    if is_back:
        actions.ask_soon(found, actor=actor)
    page = payments.bill_page(actor, found)
    context: dict[str, Any] = {"page": page, "bill": found, "is_back": is_back, "case": found.case}
    return page_or_fragment(request, "portal/payments/bill.html", "_state", context)


@require_POST
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """POST /payments/<number>/renew/"""
    actor = citizen(request)
    found = payments.bill_for(actor, number)
    with once(actor, key_of(request), action="payments.renew", body={"number": number}) as turn:
        if turn.is_new:
            turn.answer(number=actions.renew_bill(found, actor=actor).number)
    return go("payment", turn.answered["number"])


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """GET /payments/<number>/receipt.pdf: the file as the treasury's platform gave it."""
    actor = citizen(request)
    found = payments.bill_page(actor, payments.bill_for(actor, number)).receipt
    if found is None or found.file is None:
        raise NotFound
    return paper(payments.receipt_content(found), name=found.file.name)


@never_cache
def simulated(request: HttpRequest, order: str) -> HttpResponse:
    """GET, POST /simulators/payments/<order>/: where one "pays" as long as the provider is simulated."""
    known = paying.order(order) if ports.get("payment-provider").is_simulated else None
    if known is None:
        raise NotFound
    back = reverse("payment", args=[order.rpartition("-")[0]]) + "?back=1"
    if request.method == "POST":
        if request.POST.get("then") == "pay":
            paying.pay(order)
            paying.notify(order)
        return HttpResponseRedirect(back)
    context = {"order": known, "yuan": payments.yuan(known["amount"]), "back": back}
    return render(request, "portal/payments/simulated.html", context)

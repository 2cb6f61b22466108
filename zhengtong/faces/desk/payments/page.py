"""One bill: charges, money that came and went, and the forms for what the actor may do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation.access import Actor
from zhengtong.foundation.files.responses import paper
from zhengtong.foundation.refusals import NotFound
from zhengtong.topics.payments import queries as payments

from ..people import worker

WAYS = ("cash", "pos")


def detail(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/payments/<number>/"""
    actor = worker(request, "payments.view")
    return shown(request, actor, number)


def shown(request: HttpRequest, actor: Actor, number: str, *, errors: dict[str, Any] | None = None) -> HttpResponse:
    """The page, with what was wrong with a form, if anything."""
    bill = payments.bill_for(actor, number)
    page = payments.bill_page(actor, bill)
    context = {
        "bill": bill,
        "page": page,
        "ways": [(way, payments.WAYS[way]) for way in WAYS],
        "errors": errors or {},
        "sent": request.POST,
    }
    return render(request, "desk/payments/detail.html", context, status=422 if errors else 200)


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/payments/<number>/receipt.pdf"""
    actor = worker(request, "payments.view")
    found = payments.bill_page(actor, payments.bill_for(actor, number)).receipt
    if found is None or found.file is None:
        raise NotFound
    return paper(payments.receipt_content(found), name=found.file.name)

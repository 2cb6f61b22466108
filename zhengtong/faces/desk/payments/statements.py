"""Days compared with the provider's statement; a day can be fetched again."""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation import clock
from zhengtong.foundation.outbox.jobs import defer
from zhengtong.foundation.refusals import NotFound
from zhengtong.foundation.ui.asked import day_asked
from zhengtong.foundation.ui.paging import paged
from zhengtong.foundation.ui.said import go
from zhengtong.topics.payments import queries as payments

from ..people import worker
from ..turns import turn

OLDEST = timedelta(days=400)


def compare(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/payments/statements/: POST fetches a day's statement, which a job does."""
    actor = worker(request, "payments.manage")
    if request.method == "POST":
        day = day_asked(request.POST.get("day", ""))
        if day is None or not clock.today() - OLDEST <= day <= clock.today():
            raise NotFound
        with turn(request, "payments.compare") as once, transaction.atomic():
            if once.is_new:
                defer("payments.fetch_statement", day=day.isoformat())
        return go("desk-payment-statements", said="payment-compare")
    page = paged(request, payments.statements_for(actor))
    days = [
        (statement, [one | {"ours_yuan": _yuan(one["ours"]), "theirs_yuan": _yuan(one["theirs"])} for one in found])
        for statement in page.rows
        for found in [statement.differences]
    ]
    context = {"page": page, "days": days, "yesterday": clock.today() - timedelta(days=1), "today": clock.today()}
    return render(request, "desk/payments/statements.html", context)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else payments.yuan(fen)

"""Served in a vertical system too: every value ready to be carried across, its number and outcome kept here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation.access import may
from zhengtong.foundation.refusals import Forbidden, Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..people import worker
from ..turns import turn


def elsewhere(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /desk/cases/<number>/elsewhere/; `show` opens one masked value and puts that on record."""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    if not may(actor, "cases.enter_elsewhere", case):
        raise Forbidden(verb="cases.enter_elsewhere")
    errors: dict[str, Any] = {}
    shown, value = request.POST.get("show", ""), ""
    if request.method == "POST":
        try:
            with turn(request, "cases.elsewhere", number=number) as this:
                if shown:
                    value = actions.reveal_value(case, path=shown, actor=actor)
                elif this.is_new:
                    _enter(request, case, actor)
            if not shown:
                return go("desk-case", number, said="elsewhere")
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = refusal.fields
    context = {
        "case": case,
        "rows": cases.carried_across(cases.case_page(actor, case)),
        "shown": shown,
        "value": value,
        "may_reveal": may(actor, "cases.reveal", case),
        "errors": errors,
        "sent": request.POST,
    }
    return render(request, "desk/cases/elsewhere.html", context, status=422 if errors else 200)


def _enter(request: HttpRequest, case: Any, actor: Any) -> None:
    sent = request.POST
    actions.enter_elsewhere(
        case, system=sent.get("system", ""), number=sent.get("number", ""), outcome=sent.get("outcome", ""), actor=actor
    )

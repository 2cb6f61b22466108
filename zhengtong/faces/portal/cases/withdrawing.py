"""Withdraw an application, or take it back to change it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from zhengtong.foundation.idempotency.actions import once
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..people import citizen, key_of

LONGEST_REASON = 200


def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks once more, POST withdraws: /cases/<number>/withdraw/"""
    actor = citizen(request)
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
        with once(actor, key_of(request), action="cases.withdraw", body={"number": number, "reason": reason}) as turn:
            if turn.is_new:
                actions.withdraw_case(cases.case_for(actor, number), opinion=reason, actor=actor)
        return go("case", number, said="withdrawn")
    return render(request, "portal/cases/withdraw.html", {"case": cases.case_for(actor, number)})


@require_POST
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """POST /cases/<number>/take-back/: a draft again, as if it had not been sent."""
    actor = citizen(request)
    with once(actor, key_of(request), action="cases.take_back", body={"number": number}) as turn:
        if turn.is_new:
            draft = actions.take_back_case(cases.case_for(actor, number), actor=actor)
            turn.answer(draft=str(draft.pk))
    return go("draft", turn.answered["draft"], said="taken-back")

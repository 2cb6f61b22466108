"""Gaps on a case: note one beside those of the others, take one back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..people import worker
from ..turns import turn


@require_POST
def note_gap(request: HttpRequest, number: str) -> HttpResponse:
    """POST /desk/cases/<number>/gaps/"""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    with turn(request, "cases.note_gap", number=number) as this:
        if this.is_new:
            actions.note_gap(
                case, key=request.POST.get("key", ""), what=request.POST.get("what", ""),
                remedy=request.POST.get("remedy", ""), actor=actor,
            )  # fmt: skip
    return go("desk-case", number, said="gap-noted")


@require_POST
def drop_gap(request: HttpRequest, number: str, gap: int) -> HttpResponse:
    """POST /desk/cases/<number>/gaps/<id>/drop/"""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    with turn(request, "cases.drop_gap", number=number, gap=gap) as this:
        if this.is_new:
            actions.drop_gap(case, gap=gap, actor=actor)
    return go("desk-case", number, said="gap-dropped")

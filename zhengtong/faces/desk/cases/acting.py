"""Do something with a case: the verb is the last part of the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation.refusals import N_, NotFound, Refused
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import queries as cases

from ..people import worker
from ..turns import turn
from .answering import answer
from .checking import findings_in
from .deeds import DEEDS, what_was_said
from .page import opinions_of
from .panel import button, panel


class NotNow(Refused):
    """Refused: the case stands elsewhere by now, or this is not for this post."""

    code = "case_deed_not_open"
    message = N_("这件办件现在不能由您办理这一步。")
    remedy = N_("它可能已经由同事办理，请回到办件页查看最新进度。")


def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """GET, POST /desk/cases/<number>/<verb>/"""
    actor = worker(request, "cases.view")
    deed = DEEDS.get(verb)
    if deed is None:
        raise NotFound
    if verb == "request_correction":
        return go("desk-case-correction", number)
    case = cases.case_for(actor, number)
    if verb == "answer_correction":
        return answer(request, actor, case)
    errors: dict[str, Any] = {}
    page = cases.case_page(actor, case)
    if request.method == "POST":
        said = what_was_said(deed, request.POST, page.item.points)
        try:
            with turn(request, f"cases.{verb}", number=number) as this:
                if this.is_new:
                    deed.do(case, **said, actor=actor)
            return go("desk-case", number, said=verb)
        except Refused as refusal:
            if not refusal.fields:
                raise
            errors = refusal.fields
    elif verb not in page.verbs:
        raise NotNow
    context = {
        "case": case,
        "page": page,
        "panel": panel(actor, page, points=_points(page, request.POST)),
        "button": button(verb, case, actor),
        "opinions": opinions_of(page),
        "errors": errors,
        "sent": request.POST,
        "verdicts": cases.VERDICTS.items(),
        "proposals": cases.PROPOSALS.items(),
    }
    return render(request, "desk/cases/act.html", context, status=422 if errors else 200)


def _points(page: cases.CasePage, sent: Any) -> list[Any]:
    """The checklist as it was kept; what was just sent and not taken stands over it."""
    just = {one.point: one for one in findings_in(sent, page.item.points)}
    kept = cases.checklist(page, cases.findings_of(page.case))
    return [
        cases.Point(one.text, just[one.text].verdict, just[one.text].remark) if one.text in just else one
        for one in kept
    ]

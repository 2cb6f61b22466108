"""Words of one's own, beside those of the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.refusals import N_
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..people import worker
from ..turns import turn

KINDS = {"opinion": N_("审查意见"), "decision": N_("签批意见"), "gap": N_("缺漏"), "refusal": N_("不予的理由")}


def phrases(request: HttpRequest) -> HttpResponse:
    """GET, POST /desk/cases/phrases/"""
    actor = worker(request, "cases.view")
    if request.method == "POST":
        text, kind, dropped = (request.POST.get(name, "").strip() for name in ("text", "kind", "drop"))
        with turn(request, "cases.phrases") as this:
            if this.is_new and dropped.isdigit():
                actions.drop_phrase(int(dropped), actor=actor)
            elif this.is_new and text and kind in KINDS:
                actions.keep_phrase(text, kind=kind, actor=actor)
        if request.headers.get("Accept") == "application/json":
            return HttpResponse(status=204)
        return go("desk-phrases", said="phrase")
    mine = cases.my_phrases(actor)
    kinds = [
        (kind, _(words), cases.house_phrases(kind), [one for one in mine if one.kind == kind])
        for kind, words in KINDS.items()
    ]
    return render(request, "desk/cases/phrases.html", {"kinds": kinds})

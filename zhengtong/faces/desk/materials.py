"""The papers of a case as the applicant's store keeps them: read the last day on the paper, and note it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from zhengtong.foundation.access import may
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import Forbidden
from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.materials import actions
from zhengtong.topics.materials import queries as materials

from .people import worker
from .turns import turn


@never_cache
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """GET, POST /desk/materials/<number>/ : `material` and `valid_to`, empty where the paper names no last day."""
    actor = worker(request, "cases.view")
    if not may(actor, "materials.check"):
        raise Forbidden(verb="materials.check")
    case = cases.case_for(actor, number)
    lines = {line.file.digest: line for line in cases.case_page(actor, case).materials if line.file}
    papers = materials.stored_of(case.applicant_id, list(lines))
    error, asked = "", request.POST.get("material", "")
    if request.method == "POST":
        chosen = next((paper for paper in papers.values() if str(paper.pk) == asked), None)
        text = request.POST.get("valid_to", "")
        try:
            last = date.fromisoformat(text) if text else None
        except ValueError:
            error = _("日期没有填对。")
        if chosen is not None and not error:
            with turn(request, "materials.check", number=number) as once:
                if once.is_new:
                    where = directory.organisation(case.acceptor_id).name
                    actions.check_material(chosen, valid_to=last, where=where, actor=actor)
            return go("desk-materials", number, said="material-checked")
    context = {
        "case": case,
        "rows": [(paper, lines[digest]) for digest, paper in papers.items()],
        "error": error,
        "asked": asked,
    }
    return render(request, "desk/materials/of_case.html", context, status=422 if error else 200)

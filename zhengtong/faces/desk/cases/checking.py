"""The checklist of a review: read from what was sent, kept while the review goes on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from zhengtong.foundation.ui.said import go
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

from ..people import worker
from ..turns import turn

VERDICTS = tuple(cases.VERDICTS)


def findings_in(sent: Any, points: tuple[str, ...]) -> list[Any]:
    """What was chosen on each point; points left open are left out."""
    return [
        actions.Checked(point, verdict, sent.get(f"remark-{number}", "").strip()[:300])
        for number, point in enumerate(points)
        if (verdict := sent.get(f"verdict-{number}", "")) in VERDICTS
    ]


@require_POST
def keep_findings(request: HttpRequest, number: str) -> HttpResponse:
    """POST /desk/cases/<number>/checklist/; the page's script sends it at each change and stays where it is."""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    points = cases.points_of(case)
    with turn(request, "cases.keep_findings", number=number) as this:
        if this.is_new:
            actions.keep_findings(case, findings=findings_in(request.POST, points), actor=actor)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return go("desk-case", number, said="checked")

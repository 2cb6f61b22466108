"""The page of one case: who and what, form, materials, progress beside opinions, papers, and the panel."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor, may
from zhengtong.foundation.ui import TimelineStep
from zhengtong.foundation.ui.said import FIELD
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.credentials import queries as credentials

from ..devices import with_devices
from ..lights import AT_INTAKE
from ..people import worker
from .panel import panel
from .viewing import viewer

STATES: Any = {"done": "done", "now": "current", "ahead": "future", "refused": "refused"}


@with_devices
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/cases/<number>/?m=<material>&p=<page>; htmx turns the pages of the viewer alone."""
    actor = worker(request, "cases.view")
    case = cases.case_for(actor, number)
    page = cases.case_page(actor, case)
    looked = actions.look_at_case(case, actor=actor)
    look = viewer(request, page, looked=looked)
    if request.headers.get("HX-Target") == "look" and look:
        return render(request, "desk/cases/_viewer.html", {"look": look, "case": case})
    return render(request, "desk/cases/detail.html", _context(request, actor, page, looked) | {"look": look})


def _context(request: HttpRequest, actor: Actor, page: cases.CasePage, looked: datetime | None) -> dict[str, Any]:
    """The page as the actor may see it; what came since he last looked is marked."""
    case = page.case
    at_intake = case.status in AT_INTAKE
    findings = [] if at_intake else cases.findings_of(case)
    gaps = cases.gaps_of(case) if at_intake else []
    return {
        "page": page,
        "case": case,
        "panel": panel(actor, page, points=cases.checklist(page, findings)),
        "findings": findings,
        "gaps": gaps,
        "may_note": cases.may_note_gaps(actor, case),
        "may_issue": "request_correction" in page.verbs,
        "may_carry": may(actor, "cases.enter_elsewhere", case),
        "gap_phrases": cases.phrases_at_hand(actor, "gap") if at_intake else (),
        "fields": _fields(page) if at_intake else [],
        "corrections": cases.corrections_of(page),
        "looked": looked,
        "verdicts": cases.VERDICTS.items(),
        "verdict_words": cases.VERDICTS,
        "proposals": cases.PROPOSALS.items(),
        "proposal_words": cases.PROPOSALS,
        "status": f"cases.{case.status}",
        "steps": steps_of(page.moments, is_provisional=case.due_provisional),
        "opinions": opinions_of(page),
        "papers": papers_of(case, page.notices),
        "credential": issued_on(case, page.item),
        "applicant": case.applicant,
        "is_to_print": request.GET.get(FIELD, "").startswith("submitted"),
    }


def _fields(page: cases.CasePage) -> list[tuple[str, str]]:
    """The questions a gap may be about, each once."""
    parts = page.item.form.parts
    keys = dict.fromkeys(row.path.partition("-")[0] for section in page.form for row in section.rows)
    return [(key, parts[key].title) for key in keys if key in parts]


def issued_on(case: Any, item: Any) -> Any:
    """The licence the case resulted in; the counter prints it."""
    return credentials.issued_on_case(case.number) if item.credential_type and case.decided_at else None


def steps_of(moments: list[Any], *, is_provisional: bool) -> list[TimelineStep]:
    """The topic's timeline as the component shows it; opinions stand beside it."""
    return [
        TimelineStep(
            title=_(moment.title), state=STATES[moment.state], at=moment.at, due=moment.by, where=moment.who,
            is_provisional=bool(is_provisional and moment.by),
        )
        for moment in moments
    ]  # fmt: skip


def opinions_of(page: cases.CasePage) -> list[Any]:
    """What was written at each step, in order."""
    return [step for step in page.steps if step.opinion or step.proposal]


def papers_of(case: Any, notices: list[Any]) -> list[dict[str, Any]]:
    """The latest paper of each kind, in the order in which they were issued."""
    latest = {notice.kind: notice for notice in notices}
    return [{"notice": one, "title": cases.notice_title(case.nature, kind)} for kind, one in latest.items()]

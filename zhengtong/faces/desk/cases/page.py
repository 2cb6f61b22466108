"""The page of one case: who and what, form, materials, progress beside opinions, papers, and the panel."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.ui import TimelineStep
from zhengtong.foundation.ui.said import FIELD
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.credentials import queries as credentials

from ..people import worker
from .panel import panel

STATES: Any = {"done": "done", "now": "current", "ahead": "future", "refused": "refused"}


def detail(request: HttpRequest, number: str) -> HttpResponse:
    """GET /desk/cases/<number>/"""
    actor = worker(request, "cases.view")
    return shown(request, actor, cases.case_for(actor, number))


def shown(request: HttpRequest, actor: Actor, case: Any) -> HttpResponse:
    """The page as the actor may see it."""
    page = cases.case_page(actor, case)
    context = {
        "page": page,
        "case": case,
        "panel": panel(actor, page),
        "status": f"cases.{case.status}",
        "steps": steps_of(page.moments, is_provisional=case.due_provisional),
        "opinions": opinions_of(page),
        "papers": papers_of(case, page.notices),
        "credential": issued_on(case, page.item),
        "applicant": case.applicant,
        "is_to_print": request.GET.get(FIELD, "").startswith("submitted"),
    }
    return render(request, "desk/cases/detail.html", context)


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
    return [step for step in page.steps if step.opinion]


def papers_of(case: Any, notices: list[Any]) -> list[dict[str, Any]]:
    """The latest paper of each kind, in the order in which they were issued."""
    latest = {notice.kind: notice for notice in notices}
    return [{"notice": one, "title": cases.notice_title(case.nature, kind)} for kind, one in latest.items()]

"""The page of one case, and what is said right after submitting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengtong.foundation.ui import Upload
from zhengtong.foundation.ui.formats import duration
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.credentials import queries as credentials
from zhengtong.topics.deliveries import queries as deliveries
from zhengtong.topics.items import queries as items
from zhengtong.topics.ratings import queries as ratings

from ..people import citizen
from .words import now_of, outcome_of, steps_of

DECIDED_FOR = ("granted", "delivered", "archived")


def detail(request: HttpRequest, number: str) -> HttpResponse:
    """GET /cases/<number>/"""
    actor = citizen(request)
    case = cases.case_for(actor, number)
    page = cases.case_page(actor, case)
    now = now_of(case)
    context: dict[str, Any] = {
        "page": page,
        "reads": True,
        "case": case,
        "now": now,
        "steps": steps_of(page.moments, case, page.item),
        "notices": [
            {"notice": notice, "title": cases.notice_title(case.nature, notice.kind)} for notice in page.notices
        ],
        "materials": [_upload(line) for line in page.materials],
        "outcome": outcome_of(case, page.notices),
        "may_withdraw": "withdraw" in page.verbs,
        "take_back_until": cases.take_back_until(actor, case),
        "credential": credentials.credential_of_case(actor, number) if case.result_number else None,
        "invitation": ratings.cases_to_rate(actor).filter(pk=number).first() if case.ended_at else None,
        "track_url": cases.track_url(case),
        "pickup_code": deliveries.code_of(actor, case) if case.decided_at else "",
    }
    return render(request, "portal/cases/detail.html", context)


def _upload(line: Any) -> dict[str, Any]:
    file = None
    if line.file_id:
        file = Upload(line.file_name, line.file_size, "clean", path=f"/files/{line.file_id}/")
    return {"line": line, "files": [file] if file else []}


def submitted(request: HttpRequest, number: str) -> HttpResponse:
    """GET /cases/<number>/submitted/"""
    actor = citizen(request)
    case = cases.case_for(actor, number)
    version = items.version(case.item_version_id)
    promised = version.promised_limit or version.statutory_limit
    context = {
        "case": case,
        "now": now_of(case),
        "version": version,
        "take_back_until": cases.take_back_until(actor, case),
        "limit": duration(promised),
        "track_url": cases.track_url(case),
    }
    return render(request, "portal/cases/submitted.html", context)

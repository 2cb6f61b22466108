"""The papers of a case, set when asked for."""

from django.http import HttpRequest, HttpResponse

from zhengtong.foundation.files.responses import paper
from zhengtong.topics.cases import queries as cases

from ..people import citizen


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """GET /cases/<number>/receipt.pdf"""
    case = cases.case_for(citizen(request), number)
    return paper(cases.receipt_pdf(case), name=f"收件凭证 {number}.pdf")


def notice(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """GET /cases/<number>/notices/<kind>.pdf"""
    actor = citizen(request)
    case = cases.case_for(actor, number)
    found = cases.notice_for(actor, case, kind)
    title = cases.notice_title(case.nature, kind)
    return paper(cases.notice_pdf(case, found), name=f"{title} {number}.pdf")
